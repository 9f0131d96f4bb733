"""The best span is the first in the order of ranks, whatever words are shown already."""

from hypothesis import given
from hypothesis import strategies as st

from search.highlighting.spans import Match, Span, best_span, candidate_spans

GAPS = st.lists(
    st.tuples(st.integers(1, 150), st.integers(1, 12), st.integers(1, 7)), min_size=1, max_size=40
)


def matches_with(gaps: list[tuple[int, int, int]]) -> list[Match]:
    """Matches so far apart, so long, and of such words."""
    found: list[Match] = []
    at = 0
    for gap, length, words in gaps:
        found.append((at + gap, at + gap + length, words))
        at += gap + length
    return found


@given(GAPS.map(matches_with), st.integers(0, 7), st.tuples(st.integers(0, 3000), st.integers(0, 400)))
def test_the_best_span(found: list[Match], shown: int, window: tuple[int, int]) -> None:
    start, length = window
    spans = candidate_spans(found)
    left = [rest for span in spans for rest in span.outside((start, start + length))]
    for some in filter(None, (spans, left)):
        assert best_span(some, shown) == min(some, key=lambda span: rank(span, shown))


def rank(span: Span, shown: int) -> tuple[int, int, int, int]:
    """Most words not yet shown, most words, the shortest, the earliest."""
    fresh, all_words = span.words & ~shown, span.words
    return -fresh.bit_count(), -all_words.bit_count(), span.last - span.start, span.start
