"""What the guard of hand-raised numbers lets pass."""

from pathlib import Path

import pytest

from tests.versions import VersionGuard

NAME = "module.VERSION"


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """A golden file that knows version 1 of `NAME`, whose one part is "a"."""
    path = tmp_path / "versions.toml"
    path.write_text("")
    VersionGuard(update=True, golden=path).check(NAME, 1, {"part": "a"})
    return path


def test_an_unchanged_result_passes(golden: Path) -> None:
    VersionGuard(update=False, golden=golden).check(NAME, 1, {"part": "a"})


@pytest.mark.parametrize("update", [False, True])
@pytest.mark.parametrize("parts", [{"part": "b"}, {}, {"part": "a", "other": "a"}])
def test_a_changed_result_needs_a_raised_number(golden: Path, update: bool, parts: dict[str, str]) -> None:
    before = golden.read_text()
    with pytest.raises(AssertionError, match=f"raise {NAME} to 2"):
        VersionGuard(update=update, golden=golden).check(NAME, 1, parts)
    assert golden.read_text() == before


def test_a_raised_number_is_written_with_its_results(golden: Path) -> None:
    with pytest.raises(AssertionError, match="--update"):
        VersionGuard(update=False, golden=golden).check(NAME, 2, {"part": "b"})
    VersionGuard(update=True, golden=golden).check(NAME, 2, {"part": "b"})
    VersionGuard(update=False, golden=golden).check(NAME, 2, {"part": "b"})


def test_a_number_is_never_lowered(golden: Path) -> None:
    with pytest.raises(AssertionError, match="lower"):
        VersionGuard(update=True, golden=golden).check(NAME, 0, {"part": "a"})
