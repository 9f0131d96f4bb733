"""The stemmers: Snowball's own (PyStemmer), behind NLTK's interface of a stemmer."""

import re
import sys
from collections.abc import Callable
from threading import local

import Stemmer
from nltk.stem.api import StemmerI

from search.analysis.characters import is_unspaced
from search.analysis.russian import name_stem

LANGUAGES = tuple(name for name in Stemmer.algorithms() if "porter" not in name)
"""The languages that have a stemmer."""

_CYRILLIC = re.compile("[\u0400-\u052f]")
_ORDINAL = re.compile("([0-9]+)(?:st|nd|rd|th)")
_ENDINGS = ("s", "ed", "ing", "y", "i", "e", "l", "er", "ator", "ion", "nt", "ism", "ic", "ogist")
"""An English word that ends in none of these is its own stem; a table saves the stemmer for the others."""
_CACHE_SIZE = 500_000


class SnowballStemmer(StemmerI):  # type: ignore[misc]
    """The Snowball stemmer of a language; safe to share between threads."""

    def __init__(self, language: str) -> None:
        self._of_thread = _OfThread(language)

    def stem(self, token: str) -> str:
        """The stem of a folded word."""
        stem: str = self._of_thread.stem(token)
        return stem


class _OfThread(local):
    """What one thread stems with, for a stemmer of PyStemmer has a state."""

    def __init__(self, language: str) -> None:
        self.stem = Stemmer.Stemmer(language, 0).stemWord  # without its cache: `Stems` is one


class Stems(dict[str, str]):
    """Cache: folded word -> stem. Cyrillic words are stemmed as Russian, whatever the language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        stem = SnowballStemmer(language).stem
        self._stem = _english(stem) if language == "english" else stem
        self._cyrillic = SnowballStemmer("russian").stem

    def __missing__(self, word: str) -> str:
        if len(self) >= _CACHE_SIZE:
            self.clear()
        self[word] = stem = sys.intern(self._stem_of(word) or word)
        return stem

    def of(self, written: str, word: str) -> str:
        """The stem of a word as written, which is folded to `word`: with a capital it may be a name."""
        return (written[0].isupper() and name_stem(word)) or self[word]

    def _stem_of(self, word: str) -> str:
        if is_unspaced(word):
            return word
        return self._cyrillic(word) if _CYRILLIC.match(word) else self._stem(word)


def _english(stem: Callable[[str], str]) -> Callable[[str], str]:
    """The stemmer, called only for words that it may change; the stem of the ordinal 38th is 38."""

    def ordinal_or_word(word: str) -> str:
        if word.endswith(_ENDINGS):
            return stem(word)
        ordinal = _ORDINAL.fullmatch(word)
        return ordinal[1] if ordinal else word

    return ordinal_or_word
