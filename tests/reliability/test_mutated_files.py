"""Good files among damaged ones are all indexed; the whole is `make soak`, this a small part of it."""

from pathlib import Path

import pytest

from search.schema import Schema
from tests.in_time import in_time
from tests.index.formats.samples import SAMPLES
from tests.soak import soak


@pytest.fixture(scope="module")
def schema() -> Schema:
    return Schema()


@pytest.mark.parametrize("name", SAMPLES)
def test_good_files_survive_among_mutations(name: str, tmp_path: Path, schema: Schema) -> None:
    with in_time(120):
        soaked = soak(name, tmp_path, 25, "a part", schema)
    assert soaked.missing == ()
    assert soaked.oddities == []
