"""Which words that are typed without a space belong together? Hyphens, addresses and numbers join them.

`Sino-Soviet` and `smith@example.org` are phrases; in `war,peace` and `war—peace` each word is by itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.analysis.analyzer import Token
from search.analysis.characters import is_unspaced

_HYPHEN = r"[-\u2010-\u2013]"
_JOINS = re.compile(rf"{_HYPHEN}|(?!\.\.)[@._/\\:]{{1,3}}|[\"\u05f3\u05f4]?")
LETTERS_AND_NUMBER = re.compile(r"([a-z]{1,6})(\d{1,5}[a-z]?)")
"""A folded word such as u2, mig15 or fo371."""
_IS_HYPHEN = re.compile(_HYPHEN)
_SEPARATES_DIGITS = re.compile(r"[.,/]|\s")


@dataclass(frozen=True, slots=True)
class JoinedWords:
    """Tokens that are one word or one phrase.

    `as_word`: others may write them as one word, or with other signs between them: `re-election`,
    `12.000`; not an address or the number of a file.
    """

    tokens: Sequence[Token]
    as_word: bool = False


def joined_words(text: str, tokens: Sequence[Token]) -> Iterator[JoinedWords]:
    """The tokens of a text without spaces, divided where what stands between two of them joins nothing.

    Where one of them is a letter, a number or an ideograph, all are joined, as in a shelfmark or a time.
    """
    gaps = [text[one.end : other.start] for one, other in pairwise(tokens)]
    whole = any(map(_is_letter_number_or_ideograph, tokens))
    start = 0
    for end, gap in enumerate([*gaps, None] if tokens else [], 1):
        if gap is None or not (whole or _JOINS.fullmatch(gap)):
            run = tokens[start:end]
            yield JoinedWords(run, _is_as_word(run, gaps[start : end - 1]))
            start = end


def _is_letter_number_or_ideograph(token: Token) -> bool:
    return len(token.word) == 1 or any(map(str.isdigit, token.word)) or is_unspaced(token.word)


def _is_as_word(tokens: Sequence[Token], gaps: Sequence[str]) -> bool:
    if all(map(_IS_HYPHEN.fullmatch, gaps)) or _is_shelfmark(tokens, gaps):
        return True
    return all(token.word.isdigit() for token in tokens) and all(map(_SEPARATES_DIGITS.fullmatch, gaps))


def _is_shelfmark(tokens: Sequence[Token], gaps: Sequence[str]) -> bool:
    """Letters and a number without a space, and numbers behind a slash: FO371/92770 may be FO 371/92770."""
    first, *numbers = tokens
    return (
        LETTERS_AND_NUMBER.fullmatch(first.word) is not None
        and all(token.word.isdigit() for token in numbers)
        and all(gap == "/" for gap in gaps)
    )
