"""`index.formats.VERSION` is raised when a reader gives another result for the same file."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from index import formats
from index.extracted import BadRecord, Extracted
from tests.files import read
from tests.index.formats.samples import SAMPLES
from tests.versions import VersionGuard


def rendered(found: Extracted | BadRecord) -> str:
    """A result as text, without the order of its keys."""
    if isinstance(found, BadRecord):
        return f"bad record {found.number}"
    passages = "\n".join(map(repr, found.passages))
    mappings = sorted(found.fields.items()), sorted(found.extra.items())
    return f"{found.number} {found.header} {found.signed!r} {mappings}\n{passages}"


def results(folder: Path, files: Mapping[str, bytes]) -> str:
    found = (one for name, data in files.items() for one in read(folder / name, data))
    return "\n\n".join(map(rendered, found))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_version_stands_for_what_readers_give(
    tmp_path: Path, version_guard: VersionGuard, name: str
) -> None:
    """Checked for each format by itself, since a new one needs no raised number."""
    parts = {file: results(tmp_path, {file: data}) for file, data in SAMPLES[name].items()}
    version_guard.check(f"index.formats.VERSION for {name}", formats.VERSION, parts)


READERS = [form for form in formats.FORMATS if not form.unpack]


@pytest.mark.parametrize("form", READERS, ids=lambda form: form.name)
def test_each_format_has_a_sample(form: formats.Format, tmp_path: Path) -> None:
    for name, data in SAMPLES[form.name].items():
        path = tmp_path / name
        assert read(path, data)
        assert path.name.endswith(form.all_suffixes)
