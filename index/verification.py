"""Is the index as it was written? The result of `opis-index --verify`."""

import msgspec

from index.runs.manifest.states import manifest_damage
from search.engines import open_engine
from search.settings import Settings


class Verification(msgspec.Struct, frozen=True):
    """The result for the index at an address.

    `updated` is when the index was written (RFC 3339), empty if it is damaged; `problems` are sentences, and
    `note` is one on what was not read but checked in another way.
    """

    index: str
    files: int
    bytes: int
    updated: str
    problems: tuple[str, ...]
    note: str = ""

    def to_json(self) -> str:
        """One JSON object, keys as above."""
        return msgspec.json.encode(self).decode()

    def to_screen(self) -> str:
        """The result as text, with the command that repairs a damaged index."""
        if not self.problems:
            files = "1 file" if self.files == 1 else f"{self.files:,} files"
            written = f", written {self.updated}" if self.updated else ""
            whole = f"The index {self.index} is whole: {files}, {_size(self.bytes)}{written}."
            return f"{whole}\n{self.note}" if self.note else whole
        return "\n".join(
            [
                f"The index {self.index} is damaged:",
                *(f"  {problem}" for problem in self.problems),
                f"Rebuild it with: opis-index SOURCE --rebuild --index {self.index}",
            ]
        )


def verify(url: str, settings: Settings) -> Verification:
    """Compare every file of an index with its checksum, and check its manifest.

    Raises EngineError if there is no index to read.
    """
    engine = open_engine(url, settings.schema)
    try:
        found = engine.verify()
        problems = (*found.problems, *filter(None, [manifest_damage(engine.local_folder())]))
        updated = "" if problems else engine.info().updated
    finally:
        engine.close()
    return Verification(url, found.files, found.bytes, updated, problems, found.note)


def _size(number: float) -> str:
    for unit in ("bytes", "KB", "MB"):
        if number < 1000:  # decimal, as disks are sold
            return f"{number:.0f} {unit}"
        number /= 1000
    return f"{number:.1f} GB"
