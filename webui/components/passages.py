"""Which passages of a result are shown at once, and where do they begin? So that results can be scanned.

The first is the passage with most of the query's words; a second is shown where it has words that the first
lacks. Each is cut to its matches, for two lines of it are shown.
"""

from collections.abc import Iterable, Sequence

from search.answer import Highlight
from search.results import CharRange

OF_TEXT = ("summary", "body")
"""The fields that are text; others say what a document is."""
SHOWN = 2
"""Passages that are shown at once, at most."""

_SEEN = 130  # characters that are surely seen in the lines shown, but on the narrowest screens
_LONGEST = 200  # characters that two of the longest lines may have
_LEAD = 45  # characters before the first match of a passage that was cut
_BEFORE, _AFTER = "… ", " …"


def divided(passages: Iterable[Highlight]) -> tuple[list[Highlight], list[Highlight]]:
    """The passages to show at once, and those to unfold, in their order, each cut to its matches.

    Passages without a match are in neither.
    """
    matching = [passage for passage in passages if passage.ranges]
    preferred = sorted(matching, key=lambda passage: passage.field not in OF_TEXT)
    shown: list[Highlight] = []
    seen = 0
    for _ in range(min(SHOWN, len(matching))):
        best = max(preferred, key=lambda passage: (passage.words & ~seen).bit_count())
        if shown and not best.words & ~seen:
            break
        shown.append(best)
        seen |= best.words
    shown_at_all = [id(passage) for passage in shown]
    unfolded = [passage for passage in matching if id(passage) not in shown_at_all]
    return [around_matches(passage) for passage in shown], [around_matches(passage) for passage in unfolded]


def around_matches(passage: Highlight) -> Highlight:
    """About two lines of the passage, from shortly before the matches of which most are near each other."""
    return _ended(_begun(passage))


def _begun(passage: Highlight) -> Highlight:
    first = _densest(passage.text, passage.ranges)
    if passage.ranges[-1][1] <= _SEEN or first <= len(_BEFORE) + _LEAD:
        return passage
    space = passage.text.find(" ", first - _LEAD, first)
    start = space + 1 if space >= 0 else first - _LEAD
    start = max([start, *(end for begin, end in passage.ranges if begin < start < end)])
    shift = len(_BEFORE) - start
    ranges = tuple((begin + shift, end + shift) for begin, end in passage.ranges if begin >= start)
    return Highlight(passage.field, _BEFORE + passage.text[start:], ranges, passage.words)


def _ended(passage: Highlight) -> Highlight:
    if len(passage.text) <= _LONGEST + len(_AFTER):
        return passage
    space = passage.text.rfind(" ", _SEEN, _LONGEST)
    end = space if space >= 0 else _LONGEST
    end = min([end, *(begin for begin, stop in passage.ranges if begin < end < stop)])
    end = max(end, passage.ranges[0][1])
    if end >= len(passage.text):
        return passage
    ranges = tuple(found for found in passage.ranges if found[1] <= end)
    return Highlight(passage.field, passage.text[:end].rstrip() + _AFTER, ranges, passage.words)


def _densest(text: str, ranges: Sequence[CharRange]) -> int:
    """The offset of the match behind which most distinct words are marked within what is seen."""

    def distinct(start: int) -> int:
        near = (text[a:b].casefold() for a, b in ranges if start <= a and b <= start + _SEEN - _LEAD)
        return len(set(near))

    return max((start for start, _ in ranges), key=distinct)
