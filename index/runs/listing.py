"""The lists of the health report for pipes: one file, or one group of files or names, a line."""

import os
from collections.abc import Iterator, Mapping

from index.runs.health.collection_health import duplicate_groups
from index.runs.health.same_person import name_candidates
from index.runs.manifest.findings import Attention
from index.runs.manifest.manifest import Manifest
from index.runs.manifest.states import MANIFEST_KEY, manifest_of
from index.runs.report import on_one_line
from search.commit_data.health_report import HEALTH_KEY, HealthReport, MostlyBoilerplate, SourceProblem
from search.engines import Engine

_DOCUMENTS: Mapping[str, Attention] = {
    "undated": Attention.UNDATED,
    "date-not-understood": Attention.DATE_NOT_UNDERSTOOD,
    "no-author": Attention.NO_AUTHOR,
    "no-title": Attention.NO_TITLE,
    "no-text": Attention.NO_TEXT,
    "boilerplate": Attention.BOILERPLATE,
}
_SOURCES = ("failed", "remarks", "skipped")
LISTS = (*_DOCUMENTS, "duplicates", "name-candidates", *_SOURCES)
"""The names of the lists."""


def listed(name: str, engine: Engine) -> Iterator[str]:
    """The lines of a list of the index, each once.

    Documents are the paths of their files, those of duplicates separated by tabs; what is no document is
    named as the report names it, names of one person as a line of aliases.txt. Where the manifest is lost,
    lists are as long as in the report, and documents are named by their ids.
    """
    seen: set[str] = set()
    with manifest_of(engine.local_folder(), engine.commit_data(MANIFEST_KEY)) as manifest:
        for line in _lines(name, engine, manifest):
            if line not in seen:
                seen.add(line)
                yield "\t".join(map(on_one_line, line.split("\t")))


def _lines(name: str, engine: Engine, manifest: Manifest) -> Iterator[str]:
    if manifest.run and name in _DOCUMENTS:
        yield from (_path(manifest, entry.id) for entry in manifest.needing(_DOCUMENTS[name]))
    elif manifest.run and name == "duplicates":
        for group in duplicate_groups(manifest):
            yield "\t".join(_path(manifest, doc_id) for doc_id in group)
    elif manifest.run and name == "name-candidates":
        yield from ("; ".join(names) for names in name_candidates(manifest.authors()))
    else:
        health = HealthReport.from_bytes(engine.commit_data(HEALTH_KEY)) or HealthReport()
        yield from map(_reported, getattr(health, name.replace("-", "_")))


def _reported(entry: str | tuple[str, ...] | MostlyBoilerplate | SourceProblem) -> str:
    """An entry of a list of the health report as a line."""
    match entry:
        case MostlyBoilerplate():
            return entry.id
        case SourceProblem():
            return entry.source
        case tuple():
            return "\t".join(entry)
        case _:
            return entry


def _path(manifest: Manifest, doc_id: str) -> str:
    """The path of a document's file."""
    root, name = manifest.place_of(doc_id) or ("", "")
    return root if root.endswith(f"/{name}") and _is_file(root, name) else f"{root}/{name}"


def _is_file(root: str, name: str) -> bool:
    """Whether the root of a source is its one file, and no folder."""
    return "/" not in name and not os.path.isdir(root)
