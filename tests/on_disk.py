"""Where an index on disk keeps what."""

from pathlib import Path


def live(root: Path) -> Path:
    """The live directory."""
    return root / (root / "CURRENT").read_text()


def names(root: Path) -> list[str]:
    """What is in an index's folder."""
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if not path.name.endswith(".lock"))
