"""See `_word_places.c`."""

from collections.abc import Mapping
from typing import Any

VERSION: int

def places(
    text: str,
    patterns: tuple[bytes, ...],
    kinds: bytes,
    numbers: bool,
    most: int,
    meanings: Mapping[str, Any],
    /,
) -> tuple[list[tuple[int, int, Any]], bool] | None:
    """The places of a text where words may match, in order; None if there are more than `most`.

    A place is the start and end of a word and what it means, where that is not nothing; or, with None, an
    offset from which to tokenize on and the complement of that of a character of the word. The second value
    says whether there are none of these, and all meanings are integers. `kinds` says of each character up to
    U+20FF what it is (`word_places`). `numbers`: some patterns have digits. Also None for a text with lone
    surrogates.
    """
