"""See `_word_places.c`."""

VERSION: int

def places(
    text: str, patterns: tuple[bytes, ...], kinds: bytes, numbers: bool, most: int, /
) -> list[tuple[int, int]] | None:
    """The places of a text where words may match, in order; None if there are more than `most`.

    A place is the start and end of a word, or an offset from which to tokenize on and the complement of
    that of a character of the word. `kinds` says of each character up to U+20FF what it is (`word_places`).
    `numbers`: some patterns have digits. Also None for a text with lone surrogates.
    """
