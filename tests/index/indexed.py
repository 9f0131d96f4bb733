"""Files to index, and what an index holds of them."""

import json
from pathlib import Path
from typing import Any

from index.runs.manifest import MANIFEST_KEY, manifest_of
from search.document import Document
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


def ids(engine: MemoryEngine) -> set[str]:
    """The ids that the manifest lists."""
    return {entry.id for entry in manifest_of(engine.commit_data(MANIFEST_KEY)).documents()}


def counts(report: Any) -> tuple[int, int, int, int]:
    """Documents added, changed, unchanged and removed."""
    return report.added, report.changed, report.unchanged, report.removed
