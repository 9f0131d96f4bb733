"""See `_cuts.c`."""

from collections.abc import Callable, Mapping

VERSION: int

def cuts(
    text: str,
    found: list[tuple[int, int, int]],
    ends: list[tuple[int, int, int]],
    limit: int,
    classes: bytes,
    kinds: Mapping[str, int],
    judge: Callable[[tuple[int, int]], bool],
    sizes: tuple[int, int, int, int, int, int],
    /,
) -> list[tuple[int, int, bool, bool]] | None:
    """At most `limit` cuts, in order, for the matches `found` in a text, of which `ends` may end spans.

    `classes` has the bits of each character up to U+20FF, `kinds` those of a word before a full stop, and
    `judge` is `Sentences.ended_by`. `sizes` are the sizes of a fragment: aimed at, at most, and from which on
    it ends with its paragraph; then characters of a word, of spans that are near, and of what is read before
    a full stop. None where a character beyond U+20FF is looked at, or a match has more than 64 bits.
    """
