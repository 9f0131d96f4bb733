"""Guards the numbers that are raised by hand when stored results become stale.

A version guard renders what its number stands for (analysed texts, stored documents …) as named parts.
golden/versions.toml holds the number and a digest of each part, and `check` compares:

| parts | number | `check` |
|---|---|---|
| unchanged | unchanged | passes |
| changed | unchanged | fails, also with --update: the number must be raised |
| any | raised | fails until --update has written the number and the digests |
| any | lowered | fails |
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden" / "versions.toml"


@dataclass(frozen=True, slots=True)
class VersionGuard:
    """Compares with the golden file, and rewrites it where `update` is set."""

    update: bool
    golden: Path = GOLDEN

    def check(self, constant: str, number: int, parts: Mapping[str, str]) -> None:
        """Check one number; `constant` is its dotted name, such as `search.schema.FORMAT`.

        Raises AssertionError, which names the parts that changed and the remedy.
        """
        stored = tomllib.loads(self.golden.read_text(encoding="utf-8"))
        known = stored.get(constant, {"number": 0, "digests": {}})
        digests = {name: hashlib.sha256(text.encode()).hexdigest()[:16] for name, text in parts.items()}
        names = sorted(digests.keys() | known["digests"].keys())
        changed = [name for name in names if digests.get(name) != known["digests"].get(name)]
        assert number >= known["number"], f"{constant} is lower than before: it was {known['number']}."
        if number > known["number"] and self.update:
            self._write(stored | {constant: {"number": number, "digests": digests}})
            return
        assert not changed or number > known["number"], (
            f"Results that {constant} stands for have changed: {', '.join(changed)}. If this is intended, "
            f"raise {constant} to {number + 1}, so that stored results are rebuilt, and run pytest --update."
        )
        assert number == known["number"], f"{constant} has been raised: run pytest with --update."

    def _write(self, versions: Mapping[str, Mapping[str, object]]) -> None:
        lines = ["# Written by pytest --update; see tests/versions.py.\n"]
        for constant, version in sorted(versions.items()):
            digests = version["digests"]
            assert isinstance(digests, dict)
            lines += [f'\n["{constant}"]\nnumber = {version["number"]}\n\n["{constant}".digests]\n']
            lines += [f'"{name}" = "{digest}"\n' for name, digest in sorted(digests.items())]
        self.golden.write_text("".join(lines), encoding="utf-8")
