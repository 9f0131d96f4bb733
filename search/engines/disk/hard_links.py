"""A new commit begins as the files of the one before: as links, for files that are written never change."""

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from search.engines.disk import checksums
from search.engines.disk import commit_data as notes

_OWN = {"manifest.json", checksums.NAME}  # every directory has its own
_WRITTEN_ANEW = {notes.NAME}  # by whichever store


def share(source: Path, target: Path, rewritten: Collection[str]) -> tuple[set[str], set[str]]:
    """Put the files of one index into another's directory; those `rewritten` by a commit as copies.

    Returns the names of files that are the same in both, and of those among them that are links; where
    the file system has no links, there are none, and all are copies.
    """
    same: set[str] = set()
    linked: set[str] = set()
    for file in source.iterdir():
        if file.name in _OWN or file.name.endswith(".lock"):
            continue
        if file.name in _WRITTEN_ANEW or file.name in rewritten:
            shutil.copyfile(file, target / file.name)
            continue
        same.add(file.name)
        if _is_linked(file, target / file.name):
            linked.add(file.name)
    return same, linked


def _is_linked(source: Path, target: Path) -> bool:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without links, or with too many
        shutil.copyfile(source, target)
        return False
    return True
