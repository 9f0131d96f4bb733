"""Does a run remove most of a source? A disk that is not mounted looks like a folder that was emptied.

A run is refused if it removes all documents of a source, or more than half of them and more than 20. Where a
folder has become a file, or a file a folder, all that it had is removed. Documents that are withheld, or
whose file has another name now, are not counted.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping

from index.runs.manifest.comparison import documents_before, gone_documents, keeps_any
from index.runs.manifest.entries import Place
from index.runs.manifest.next_manifest import NextManifest
from search.errors import RemovalRefused

_MANY = 20
"""Documents: as many can be removed from a source that keeps some."""


def check_removal(
    manifest: NextManifest, roots: Iterable[str], moved: Container[str], told: Mapping[Place, int]
) -> None:
    """Raise RemovalRefused if one of the roots loses too much in a run.

    `moved` are ids of documents that have another id now; `told` says of how many documents of a file
    their removal was asked for, by withholding them.
    """
    lost = Counter(place for place, doc_id in gone_documents(manifest) if doc_id not in moved)
    for root in roots:
        gone = sum(max(0, count - told.get(place, 0)) for place, count in lost.items() if place[0] == root)
        if not gone:
            continue
        had = documents_before(manifest, root)
        if not keeps_any(manifest, root) or (gone > _MANY and 2 * gone > had):
            raise RemovalRefused(
                f"{gone:,} of the {had:,} documents of {root} would be removed from the index, since they "
                "are not there any more; restore them, or use --allow-removal if they are meant to go.",
                root,
            )
