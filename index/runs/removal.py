"""Does a run remove most of a source? A disk that is not mounted looks like a folder that was emptied.

A run is refused if it removes all documents of a source, or more than half of them and more than 20. Where a
folder has become a file, or a file a folder, all that it had is removed. Documents that are withheld, or
whose file has another name now, are not counted.
"""

import posixpath
from collections.abc import Collection, Iterable, Mapping, Set

from index.runs.manifest import FileEntry, Manifest, Place
from search.errors import RemovalRefused

_MANY = 20
"""Documents: as many can be removed from a source that keeps some."""


def check_removal(
    before: Manifest, roots: Iterable[str], after: Manifest, moved: Collection[str], told: Mapping[Place, int]
) -> None:
    """Raise RemovalRefused if one of the roots loses too much between two manifests.

    `moved` are ids of documents that have another id now; `told` says of how many documents of a file
    their removal was asked for, by withholding them.
    """
    live = {entry.id for entry in after.documents()}.union(moved)
    for root in roots:
        files = before.roots.get(root, {})
        had = sum(len(file.documents) for file in files.values())
        gone = sum(max(0, _gone(file, live) - told.get((root, name), 0)) for name, file in files.items())
        present = after.roots.get(root, {})
        left = any(file.documents for file in present.values()) and not _is_another(root, files, present)
        if gone and (not left or (gone > _MANY and 2 * gone > had)):
            raise RemovalRefused(
                f"{gone:,} of the {had:,} documents of {root} would be removed from the index, since they "
                "are not there any more; restore them, or use --allow-removal if they are meant to go.",
                root,
            )


def _gone(file: FileEntry, live: Set[str]) -> int:
    return sum(entry.id not in live for entry in file.documents)


def _is_another(root: str, before: Collection[str], after: Collection[str]) -> bool:
    """Whether a source that was a folder is a file now, or the other way round, by the names of its files."""
    alone = [posixpath.basename(root)]  # a SOURCE that is a file has one, by its own name
    return set(before).isdisjoint(after) and alone in (list(before), list(after))
