"""The stemmers: Snowball's own (PyStemmer), with the method of an NLTK stemmer, and caches of stems.

`Stems` are those of an archive's default language, `LanguageStems` those of documents in another language:
only words in the letters of that language have other stems, which are marked.
"""

import re
import sys
from collections.abc import Callable
from threading import local

import Stemmer

from search.analysis.characters import is_unspaced
from search.analysis.russian import name_stem
from search.analysis.stem import marked
from search.analysis.text_languages import AS_WRITTEN, LETTERS, script_of

_ORDINAL = re.compile("([0-9]+)(?:st|nd|rd|th)")
_ENDINGS = ("s", "ed", "ing", "y", "i", "e", "l", "er", "ator", "ion", "nt", "ism", "ic", "ogist")
"""An English word that ends in none of these is its own stem; a table saves the stemmer for the others."""
_CACHE_SIZE = 500_000
_LANGUAGE_CACHE_SIZE = 50_000  # of each other language: archives may have many


class SnowballStemmer:
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

    size = _CACHE_SIZE

    def __init__(self, language: str) -> None:
        super().__init__()
        self._stem = _stemmer(language)
        self._cyrillic = SnowballStemmer("russian").stem

    def __missing__(self, word: str) -> str:
        if len(self) >= self.size:
            self.clear()
        self[word] = stem = sys.intern(self._stem_of(word) or word)
        return stem

    def of(self, written: str, word: str) -> str:
        """The stem of a word as written, which is folded to `word`: with a capital it may be a name."""
        return (written[0].isupper() and name_stem(word)) or self[word]

    def _stem_of(self, word: str) -> str:
        if word.isascii():
            return self._stem(word)
        if is_unspaced(word):
            return word
        return self._cyrillic(word) if LETTERS["Cyrillic"].match(word) else self._stem(word)


class LanguageStems(Stems):
    """Cache: folded word -> stem, in documents of another language than the archive's `default`.

    Words in the letters of the language are stemmed by its stemmer, or left as written, and marked with
    `tag`; all others are stemmed as by default. Cyrillic words are always stemmed as Russian, without a mark.
    """

    size = _LANGUAGE_CACHE_SIZE

    def __init__(self, language: str, tag: str, default: Stems) -> None:
        super(Stems, self).__init__()
        self._stem, self._tag, self._default = _stemmer(language), tag, default
        self._letters = LETTERS[script_of(language)]

    def _stem_of(self, word: str) -> str:
        if self._letters.match(word) and not LETTERS["Cyrillic"].match(word):
            return marked(self._tag, self._stem(word) or word)
        return self._default[word]


def _stemmer(language: str) -> Callable[[str], str]:
    if language == AS_WRITTEN:
        return str
    stem = SnowballStemmer(language).stem
    return _english(stem) if language == "english" else stem


def _english(stem: Callable[[str], str]) -> Callable[[str], str]:
    """The stemmer, called only for words that it may change; the stem of the ordinal 38th is 38."""

    def ordinal_or_word(word: str) -> str:
        if word.endswith(_ENDINGS):
            return stem(word)
        ordinal = _ORDINAL.fullmatch(word) if word[:1].isdigit() else None
        return ordinal[1] if ordinal else word

    return ordinal_or_word
