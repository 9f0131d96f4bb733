"""The lists of the health report for pipes: one file, or one group of files or names, a line."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence

from index.runs.manifest import MANIFEST_KEY, manifest_of
from index.runs.report import on_one_line
from search.commit_data.health_report import HEALTH_KEY, HealthReport
from search.engines import Engine

_DOCUMENTS: Mapping[str, Callable[[HealthReport], Sequence[str]]] = {
    "undated": lambda health: health.undated,
    "date-not-understood": lambda health: health.date_not_understood,
    "no-author": lambda health: health.no_author,
    "no-title": lambda health: health.no_title,
    "no-text": lambda health: health.no_text,
    "boilerplate": lambda health: [entry.id for entry in health.boilerplate],
}
_GROUPS = ("duplicates",)
_SOURCES = ("failed", "remarks", "skipped")
LISTS = (*_DOCUMENTS, *_GROUPS, "name-candidates", *_SOURCES)
"""The names of the lists."""


def listed(name: str, engine: Engine) -> Iterator[str]:
    """The lines of a list of the index.

    Documents are the paths of their files, each once, those of duplicates separated by tabs; what is no
    document is named as the report names it, names of one person as a line of aliases.txt.
    """
    health = HealthReport.from_bytes(engine.commit_data(HEALTH_KEY)) or HealthReport()
    if name in _DOCUMENTS:
        paths = _paths(engine)
        lines: Iterator[str] = (paths.get(doc_id, doc_id) for doc_id in _DOCUMENTS[name](health))
    elif name in _GROUPS:
        paths = _paths(engine)
        lines = ("\t".join(paths.get(doc_id, doc_id) for doc_id in group) for group in health.duplicates)
    elif name == "name-candidates":
        lines = ("; ".join(names) for names in health.name_candidates)
    else:
        lines = (problem.source for problem in getattr(health, name))
    return iter(dict.fromkeys("\t".join(map(on_one_line, line.split("\t"))) for line in lines))


def _paths(engine: Engine) -> dict[str, str]:
    """Id of a document -> the path of its file."""
    files = manifest_of(engine.commit_data(MANIFEST_KEY)).files()
    return {
        entry.id: root if root.endswith(f"/{name}") and _is_file(root, name) else f"{root}/{name}"
        for (root, name), file in files
        for entry in file.documents
    }


def _is_file(root: str, name: str) -> bool:
    """Whether the root of a source is its one file, and no folder."""
    return "/" not in name and not os.path.isdir(root)
