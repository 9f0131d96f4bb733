"""Letters that some languages write as two where a letter is missing: ä as ae, å as aa (their `spellings`).

Where two languages have a letter each for the same two (ö and ø for oe), the first stands for both.
"""

from functools import cache

from search.analysis.folding import fold
from search.languages import languages


@cache
def _digraphs() -> dict[str, str]:
    """Letter -> the two letters for it, in all languages."""
    return {letter: two for item in languages() for letter, two in sorted(item.spellings.items())}


@cache
def _table() -> dict[int, str]:
    return str.maketrans(_digraphs())


def with_digraphs(word: str) -> str:
    """A word in lower case with two letters for each umlaut: müller as mueller."""
    return word.translate(_table())


@cache
def letters_of(two: str) -> str:
    """The letters that are written as these two, the first of which stands for all: öø of oe."""
    return "".join(sorted(letter for letter, written in _digraphs().items() if written == two))


@cache
def umlauts_of_digraphs() -> dict[str, str]:
    """Two letters -> the letter for them."""
    return {two: letters_of(two)[0] for two in sorted(_digraphs().values())}


@cache
def umlauts_of_vowels() -> tuple[dict[str, str], ...]:
    """Vowel -> the letter whose sign was left out; of a vowel with several such letters, a table for each."""
    tables: list[dict[str, str]] = []
    for letter in sorted(umlauts_of_digraphs().values()):
        vowel = fold(letter)
        table = next((table for table in tables if vowel not in table), None)
        if table is None:
            tables.append(table := {})
        table[vowel] = letter
    return tuple(tables)
