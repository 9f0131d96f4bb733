"""How is a text of a language stemmed? By a stemmer of its own, as written, or as by default."""

import re
from functools import lru_cache

import Stemmer

from search.analysis.folding import fold
from search.languages import Script, language

STEMMERS = tuple(name for name in Stemmer.algorithms() if "porter" not in name)
"""The languages that have a stemmer."""
AS_WRITTEN = "as written"
"""In place of a stemmer's name: the words of languages in Latin letters for which there is none."""

LETTERS: dict[Script, re.Pattern[str]] = {
    "Latin": re.compile("[A-Za-z\u00aa-\u02af\u1d00-\u1eff\ua720-\ua7ff]"),
    "Arabic": re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]"),
    "Armenian": re.compile("[\u0530-\u058f]"),
    "Cyrillic": re.compile("[\u0400-\u052f]"),
    "Devanagari": re.compile("[\u0900-\u097f]"),
    "Greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "Hebrew": re.compile("[\u0590-\u05ff]"),
    "Tamil": re.compile("[\u0b80-\u0bff]"),
}
"""The letters of the scripts for which there are stemmers, to be matched with the first of a folded word."""

_NOT_LATIN = frozenset(
    """
    amharic aramaic assamese belarusian bengali bulgarian burmese chinese coptic dzongkha georgian gujarati
    hebrew japanese kannada kazakh khmer korean kyrgyz lao macedonian malayalam marathi mongolian oriya pashto
    punjabi sanskrit sinhala slavonic syriac tajik tatar telugu thai tibetan urdu uyghur
    """.split()  # noqa: SIM905 - names are easier to read and to add to as one text
)
"""A word in the name of each language without a file that is not written in Latin letters."""


def script_of(stemmer: str) -> Script:
    """The script of a stemmer's language, as its file in search/languages/ states it."""
    return language(stemmer).script


@lru_cache
def stemmer_of(text_language: str) -> str:
    """Which of the STEMMERS, or AS_WRITTEN, stems texts of a language; "" for that of the archive.

    `text_language` is its English name, or a word of it: Old French is French.
    """
    words = fold(text_language).split()
    known = next((word for word in words if word in STEMMERS), "")
    return known if known or not words or not all(map(_is_latin, words)) else AS_WRITTEN


def _is_latin(name: str) -> bool:
    return language(name).script == "Latin" and name not in _NOT_LATIN
