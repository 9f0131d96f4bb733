"""Files to index, and what an index holds of them."""

import json
from pathlib import Path
from typing import Any

from index.runs.manifest.entries import DocumentEntry
from index.runs.manifest.states import MANIFEST_KEY, manifest_of
from search.document import Document
from search.engines import Engine
from search.engines.memory.engine import MemoryEngine


def write(folder: Path, **texts: str) -> None:
    """Text files by their names without suffix."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)


def write_records(path: Path, *records: dict[str, Any] | str) -> None:
    """A file of JSON Lines; a text is written as it is."""
    lines = (record if isinstance(record, str) else json.dumps(record) for record in records)
    path.write_text("\n".join(lines))


def document(engine: MemoryEngine, doc_id: str) -> Document:
    """The document with an id, which there is."""
    (found,) = engine.get_many([doc_id])
    assert found is not None
    return found


def entries(engine: Engine) -> dict[str, DocumentEntry]:
    """The documents that the manifest lists, by id."""
    with manifest_of(engine.local_folder(), engine.commit_data(MANIFEST_KEY)) as manifest:
        return {entry.id: entry for entry in manifest.documents()}


def ids(engine: Engine) -> set[str]:
    """The ids that the manifest lists."""
    return set(entries(engine))


def counts(report: Any) -> tuple[int, int, int, int]:
    """Documents added, changed, unchanged and removed."""
    return report.added, report.changed, report.unchanged, report.removed
