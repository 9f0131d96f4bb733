"""Hard-link the previous generation's immutable files into the new one; copy what will be rewritten."""

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from search.engines.disk import checksums, commit_data

_OWN = {"manifest.json", checksums.NAME}  # each generation writes its own
_ALWAYS_REWRITTEN = {commit_data.NAME}  # by every store


def link_files(source: Path, target: Path, rewritten: Collection[str]) -> tuple[set[str], set[str]]:
    """Put the files of one generation into another's directory, those `rewritten` by a commit as copies.

    Returns the names of the files that will be the same in both, and of those among them that are links:
    where the file system has no links, all are copies.
    """
    same: set[str] = set()
    linked: set[str] = set()
    for file in source.iterdir():
        if file.name in _OWN or file.name.endswith(".lock"):
            continue
        if file.name in _ALWAYS_REWRITTEN or file.name in rewritten:
            shutil.copyfile(file, target / file.name)
            continue
        same.add(file.name)
        if _link(file, target / file.name):
            linked.add(file.name)
    return same, linked


def _link(source: Path, target: Path) -> bool:
    """Link a file, or copy it where that is impossible; whether it is a link."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without links, or with too many
        shutil.copyfile(source, target)
        return False
    return True
