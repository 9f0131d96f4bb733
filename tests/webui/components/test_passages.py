"""Which passages of a result are shown at once, and where they begin and end.

1. The passage with most of the query's words; a second where it adds words; text before other fields.
2. Those without a match are neither shown nor unfolded; all others are one of both.
3. A passage is cut to its matches: what is marked at first is among what is surely seen.
"""

from hypothesis import given
from hypothesis import strategies as st

from search.answer import Highlight
from webui.components.passages import SHOWN, around_matches, divided

SEEN, LONGEST = 130, 206


def passage(words: int, field: str = "body") -> Highlight:
    return Highlight(field, f"{field} {words}", ((0, 4),), words)


def test_1_one_passage_where_it_has_all_words() -> None:
    summary, both, third = passage(0b01, "summary"), passage(0b11), passage(0b10)
    assert divided([summary, both, third]) == ([both], [summary, third])


def test_1_two_where_the_second_adds_words() -> None:
    first, second, third = passage(0b01), passage(0b01), passage(0b110)
    assert divided([first, second, third]) == ([third, first], [second])


def test_1_text_before_other_fields() -> None:
    author, body = passage(0b1, "author"), passage(0b1)
    assert divided([author, body]) == ([body], [author])
    assert divided([author]) == ([author], [])


@given(st.lists(st.integers(0, 15)))
def test_2_every_passage_with_a_match_is_shown_or_unfolded(words: list[int]) -> None:
    passages = [
        Highlight("body", f"{number} word", ((0, 1),) if bits else (), bits)
        for number, bits in enumerate(words)
    ]
    shown, unfolded = divided(passages)
    assert len(shown) <= SHOWN
    assert sorted([*shown, *unfolded], key=passages.index) == [item for item in passages if item.ranges]


def test_3_a_late_match_is_led_up_to() -> None:
    text = "It was a long sentence that said nothing of it for many words, and again for many words, "
    text += "and then, after so many words that none would have read them, spoke of war."
    start = text.index("war")
    cut = around_matches(Highlight("body", text, ((start, start + 3),), 1))
    assert cut.text.startswith("… ")
    assert cut.html.endswith("spoke of <mark>war</mark>.")
    assert len(cut.text) < SEEN


@given(st.text("ab \u4e2d", min_size=200, max_size=330), st.sets(st.integers(0, 190), min_size=1, max_size=6))
def test_3_wherever_matches_are(text: str, starts: set[int]) -> None:
    found = Highlight("body", text, tuple((start, start + 1) for start in sorted(starts)), 1)
    cut = around_matches(found)
    assert cut.ranges[0][1] <= SEEN
    assert len(cut.text) <= LONGEST
    kept = cut.text.removeprefix("… ").removesuffix(" …")
    assert kept in text
    assert cut.text.startswith("… ") or text.startswith(kept)
    assert cut.text.endswith(" …") or text.endswith(kept)
    marked = [found.text[a:b] for a, b in found.ranges]
    assert " ".join(cut.text[a:b] for a, b in cut.ranges) in " ".join(marked)


def test_3_a_match_is_never_divided() -> None:
    text = "war " + "x" * 400
    assert around_matches(Highlight("body", text, ((0, 3), (4, 404)), 1)).html == "<mark>war</mark> …"
    assert around_matches(Highlight("body", text, ((0, 404),), 1)).text == text
