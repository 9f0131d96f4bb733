"""A language as its file states it: words that other modules read, and what each list of them is for."""

import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

Script = Literal["Latin", "Arabic", "Armenian", "Cyrillic", "Devanagari", "Greek", "Hebrew", "Tamil", "other"]
"""A script in which some language has a stemmer, or any other."""


class Words(tuple[str, ...]):
    """Words in the order of the file, where they are one text with spaces between them."""

    __slots__ = ()


class Names(tuple[tuple[str, ...], ...]):
    """The names of months or weekdays in their order; of each all forms, in the file with a slash between.

    The first form of each is its name in the nominative; others are cases and abbreviations.
    """

    __slots__ = ()


class Dates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How dates are written."""

    months: Names = Names()
    """Names of the twelve months from January, or none."""
    mail_months: Names = Names()
    """Their abbreviations, read in the `Date` field of mails alone: some are words of other languages."""
    weekdays: Names = Names()
    """Names of the seven weekdays from Monday, or none."""
    before_day: Words = Words()
    """Words before the number of a day: `le` 14 juillet, `den` 3. Juli."""
    after_day: Words = Words()
    """What is written to the number of a day: 1`er`."""
    before_month: Words = Words()
    """Words between day and month: 4 `de` julio; with an apostrophe, if the month follows at once."""
    before_year: Words = Words()
    """Words between month and year: julio `de` 1951."""
    after_year: Words = Words()
    """Words behind a year: 1951 `г.`"""
    until: Words = Words()
    """Words between the first and the last day: 3. `bis` 5. Juli."""
    circa: Words = Words()
    """Words that make the date behind them approximate: `um` 1900."""
    undated: tuple[str, ...] = ()
    """Statements that there is no date; an abbreviation has its full stops: `o. D.`"""


class Letters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How it is said who wrote to whom, in queries and in titles of documents. Words are in lower case."""

    before_sender: Words = Words()
    """Words of queries before a sender; none that stands within names, as `de`."""
    before_recipient: Words = Words()
    """Words of queries before a recipient."""
    kinds: Words = Words()
    """What is sent: behind one of these, a lone "from" or "to" has a sender or recipient behind it."""
    titles: Words = Words()
    """Titles of persons, which archives often leave out of names."""
    turns: tuple[str, ...] = ()
    """Words of titles between a sender and a recipient."""
    letter_from: tuple[str, ...] = ()
    """The beginnings of titles before a sender: `Brief von`."""
    letter_to: tuple[str, ...] = ()
    """The beginnings of titles before a recipient: `Brief an`."""


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language. What its file does not state is empty."""

    name: str
    """Its English name."""
    tag: str = ""
    """Its tag in BCP 47: the code of ISO 639-1, where it has one."""
    script: Script = "Latin"
    """The letters that it is written in; only words in these are stemmed by its stemmer."""
    names: tuple[str, ...] = ()
    """Its other codes, and what it is called in other languages and in other words."""
    stop_words: Words = Words()
    """Words without meaning of their own, as they are written or folded."""
    elided: Words = Words()
    """Words that lose their last vowel before another, without it: `l`, `dell`."""
    articles: Words = Words()
    """Articles before which titles are not filed; with an apostrophe, if the next word follows at once."""
    conjunctions: Words = Words()
    """Words for "and" between names."""
    conjunctions_in_names: Words = Words()
    """Those that stand within a surname as well: Ortega `y` Gasset."""
    abbreviations: Words = Words()
    """Abbreviations after whose full stop no sentence begins; without the full stop."""
    numbered: Words = Words()
    """Those after which none begins with a number: `No.` 5."""
    ordinals: bool = False
    """Whether a number with a full stop is an ordinal number: the `3.` Juli."""
    classifications: tuple[str, ...] = ()
    """Security classifications that stand on a line of their own."""
    spellings: dict[str, str] = {}
    """Letters for which others are written where a letter is missing: `ä` as `ae`."""
    dates: Dates = Dates()
    letters: Letters = Letters()
    labels: dict[str, tuple[str, ...]] = {}
    """By field of a document, the labels that announce it in a header block."""
    common_labels: dict[str, tuple[str, ...]] = {}
    """Labels that are common words as well: they count only beside others."""


def language(name: str) -> Language:
    """The language of a name ("German" or "german"); without a file, it has its name alone."""
    path = _files().get(name.lower())
    return _read(path) if path else Language(name)


@cache
def languages() -> tuple[Language, ...]:
    """All languages that have a file, in the order of their names."""
    return tuple(map(language, sorted(_files())))


@cache
def _files() -> dict[str, Path]:
    """The files by the names of languages in lower case."""
    return {path.stem: path for path in Path(__file__).parent.glob("*.toml")}


@cache
def _read(path: Path) -> Language:
    """The language of a file. Raises msgspec.ValidationError for a key that is unknown or of another type."""
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Language, dec_hook=_words)


def _words(kind: type, value: Any) -> object:
    if not isinstance(value, str):
        raise msgspec.ValidationError(f"Expected words with spaces between them, got {value!r}")
    words = value.split()
    return Words(words) if kind is Words else Names(tuple(word.split("/")) for word in words)


def words_of_all(words: Callable[[Language], Iterable[str]]) -> tuple[str, ...]:
    """The words that this finds in any language, each once, the longest first, as a pattern tries them."""
    found = {word for item in languages() for word in words(item)}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))
