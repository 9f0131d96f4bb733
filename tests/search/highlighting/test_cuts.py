"""Where texts are cut to show their matches, found in C.

1. The cuts are those that Python chooses, whatever the text and its matches.
2. Time grows with the length of a text and the number of its matches.
3. Wrong arguments are errors; what C cannot tell is left to Python.
4. It is used where it was compiled from the source that is there, unless OPIS_PURE_PYTHON is set.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.highlighting import cuts as module
from search.highlighting.cuts import cuts
from search.highlighting.cutter import Cutter
from search.highlighting.spans import Match
from tests.compiled import compiled_module
from tests.in_time import in_processor_time

PIECES = st.sampled_from(
    [
        *("war", "War", "peace", "Mr", "No", "Art", "vol", "U.S", "J.-P", "etc", "éa", "École", "x" * 50),
        *("1951", "12", "IV", "3", "٣", "[3]", "[12345]", "[", "]", "'", "”", "»)", "“", "¿", "—", "\0"),
        *(".", ".", ". ", "?", "! ", "…", "؟ ", "...", "?!. ", ".” ", ".[4] ", ";", ",", "(", "α", "Ω"),
        *(" ", " ", " ", "  ", "\n", "\n\n", "\n \n", "\t", "\xa0", "\u2003", "\x1c", "\r\n", " " * 60),
    ]
)
REGULAR = st.lists(
    st.sampled_from(["war ", "treaty ", "peace", ". ", "The ", "Mr. ", "\n\n", ", "]), max_size=400
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=300).map("".join),
    REGULAR.map("".join),
    st.text('aB.! \n"”“9é', max_size=200),
    st.text(max_size=60),
    st.lists(st.sampled_from(["。", "北 ", "war. ", "№", "\ud800"]), max_size=30).map("".join),
)
LANGUAGES = st.sampled_from(["English", "German", "French", ""])


@pytest.fixture(scope="module", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The module as its source is now, in use."""
    made = compiled_module("search.highlighting._cuts", tmp_path_factory.mktemp("compiled"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_cuts", made)
        patch.delenv("OPIS_PURE_PYTHON", raising=False)
        assert module.is_compiled()
        patch.setattr(module, "_is_compiled", True)
        yield made


@st.composite
def matched(draw: st.DrawFn) -> tuple[str, list[Match]]:
    """A text, and matches that never overlap: words of it, or any ranges."""
    text = draw(TEXTS)
    if draw(st.booleans()):
        ranges = [word.span() for word in re.finditer(r"\w+", text)]
        kept = draw(st.lists(st.booleans(), min_size=len(ranges), max_size=len(ranges)))
        ranges = [found for found, is_kept in zip(ranges, kept, strict=True) if is_kept]
    else:
        edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=40)))
        ranges = list(pairwise(edges))[:: draw(st.integers(1, 2))]
    bits = st.integers(1, 15) | st.sampled_from([1 << 63, 1 << 64, (1 << 64) - 1])
    return text, [(start, end, draw(bits)) for start, end in ranges]


@pytest.mark.slow
@given(matched(), st.integers(1, 4), LANGUAGES)
@settings(max_examples=1500, deadline=None)
def test_1_cuts_are_those_of_python(case: tuple[str, list[Match]], limit: int, language: str) -> None:
    text, found = case
    assert cuts(text, found, limit, language) == (Cutter(text, found, language).best(limit) if found else [])


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("One. The war. Two.", True, True),
        ("He said nothing of it to Mr. War at all. " * 20, True, True),
        ("nothing " * 60 + "war " + "nothing " * 60, False, False),
    ],
)
def test_1_it_says_where_sentences_are_whole(text: str, begins: bool, ends: bool) -> None:
    at = text.lower().index("war")
    [cut] = cuts(text, [(at, at + 3, 1)], 3, "English")
    assert (cut.begins, cut.ends) == (begins, ends)


@pytest.mark.parametrize("unit", ["war ", "war. ", "war\n\n", ".", " ", "war" + "." * 50])
def test_2_time_is_linear(unit: str) -> None:
    text = unit * 50_000
    found = [(word.start(), word.end(), 1) for word in re.finditer("war", text)] or [(9, 10, 1)]
    with in_processor_time(1):
        cuts(text, found, 3, "English")


def test_3_characters_beyond_the_table(compiled: ModuleType) -> None:
    found = [(0, 3, 1)]
    assert asked(compiled, "war.", found) == [(0, 4, True, True)]
    assert asked(compiled, "war 北。", found) is None
    assert asked(compiled, "war. " * 2000 + "北。", found) is not None
    assert asked(compiled, "war.", [(0, 3, 1 << 64)]) is None
    assert cuts("war 北。", found, 3, "English") == [(0, 6, True, True)]


def test_3_wrong_arguments(compiled: ModuleType) -> None:
    for found in ([(0, 3)], [3], [("a", "b", "c")], [(0, 3, -1.5)]):
        with pytest.raises(TypeError):
            asked(compiled, "war.", found)
    with pytest.raises(ValueError, match="classes"):
        compiled.cuts("war", [], [], 3, b"", {}, bool, SIZES)
    with pytest.raises(KeyError):
        compiled.cuts("war. War", [(0, 3, 1)], [(0, 3, 1)], 3, CLASSES, {}, bool, SIZES)
    with pytest.raises(ZeroDivisionError):
        compiled.cuts("war. War", [(0, 3, 1)], [(0, 3, 1)], 3, CLASSES, {"war": 2}, lambda _: 1 / 0, SIZES)


def test_4_whether_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert module.is_compiled()
    with monkeypatch.context() as patch:
        patch.setenv("OPIS_PURE_PYTHON", "1")
        assert not module.is_compiled()
    with monkeypatch.context() as patch:
        patch.setattr(module, "_VERSION", 0)
        assert not module.is_compiled()
    monkeypatch.setattr(module, "_cuts", None)
    assert not module.is_compiled()


CLASSES = vars(module)["_classes"]()
SIZES = vars(module)["_SIZES"]


def asked(compiled: ModuleType, text: str, found: Sequence[object]) -> object:
    """What the module gives of a text without abbreviations."""
    return compiled.cuts(text, found, found, 3, CLASSES, {"war": 0}, bool, SIZES)
