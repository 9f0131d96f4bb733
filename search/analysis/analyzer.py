"""From text to tokens, the same for documents, queries and highlights.

A visible pipe of three steps: an NLTK tokenizer finds the words and where they stand, `fold` evens
out case, accents and apostrophes, NLTK's Snowball stemmer cuts endings. One word in, one token
out: stop words stay, so positions are those of the text.
"""

import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import filterfalse
from pathlib import Path

from search.analysis.characters import APOSTROPHES, JOINERS, is_ideograph
from search.analysis.chunk_cache import Pieces
from search.errors import SettingsError

RULES = 3
"""The number of the analysis: raised when tokenizing, folding or stemming changes, which makes indexes stale.

tests/search/test_versions.py fails until it is.
"""

MAX_WORD = 64
"""Longer words (base64, ruled lines) are cut to so many characters, in documents and queries alike."""

_CYRILLIC = re.compile("[\u0400-\u052f]")
_FOLDED_SCRIPTS = ("LATIN", "GREEK")
_LATIN_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n"}
    | {"ŧ": "t", "ĸ": "k", "ſ": "s", "ß": "ss", "ə": "e", "ƒ": "f", "ɨ": "i", "ʉ": "u", "ƶ": "z"}
)
_DROPPED = str.maketrans("", "", APOSTROPHES + JOINERS)
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s$", re.IGNORECASE)
_ORDINAL = re.compile("([0-9]+)(?:st|nd|rd|th)")
_ENDINGS = ("s", "ed", "ing", "y", "i", "e", "l", "er", "ator", "ion", "nt", "ism", "ic")
"""English words without one of these are their own stem; to ask the stemmer takes 10 µs."""
_BETWEEN_INITIALS = re.compile(r"\.\s*")
_CACHE_SIZE = 500_000


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: folded, its stem, and the characters `start` to `end` it stands at."""

    word: str
    stem: str
    start: int
    end: int


class Analyzer:
    """The pipe for one language; safe to share between threads.

    Raises SettingsError for a language that NLTK has no Snowball stemmer for.
    """

    def __init__(self, language: str = "english") -> None:
        # NLTK takes 0.3 s to import: only those who analyse pay.
        from nltk.stem.snowball import SnowballStemmer  # noqa: PLC0415

        from search.analysis.tokenizer import WordTokenizer  # noqa: PLC0415

        if language not in SnowballStemmer.languages:
            known = ", ".join(lang for lang in SnowballStemmer.languages if lang != "porter")
            raise SettingsError(f"There is no stemmer for the language {language!r}; choose one of {known}.")
        self.language = language
        self.stop_words = stop_words(language)
        self.tokenizer = WordTokenizer()
        stem = SnowballStemmer(language).stem
        cut = _apostrophes_dropped
        if language == "english":
            stem, cut = _english(stem), _possessive_cut
        self._cut, self._stems = cut, Stems(stem, SnowballStemmer("russian").stem)
        self._forms = Forms(self._folded, self._stems)
        self._pieces = Pieces(self._pairs)

    def tokens(self, text: str) -> Iterator[Token]:
        """The tokens of a text, in order."""
        forms = self._met()
        for start, end in self.tokenizer.span_tokenize(text):
            word, stem = forms[text[start:end]]
            yield Token(word, stem, start, end)

    def words(self, text: str) -> list[tuple[str, str]]:
        """The (word, stem) pairs of a text, in order: `tokens` without the places, for indexing."""
        return list(map(self._met().__getitem__, self.tokenizer.tokenize(text)))

    def terms(self, text: str) -> tuple[str, str]:
        """The folded words of a text, and their stems, with a space between two: `words` for indexing."""
        return self._pieces.terms(text)

    def _pairs(self, text: str) -> Iterator[tuple[str, str]]:
        """As `words`, without remembering how they were written."""
        for written in self.tokenizer.tokenize(text):
            word = self._folded(written)
            yield word, self._stems[word]

    def _folded(self, written: str) -> str:
        return (_even(fold(self._cut(written))) or written)[:MAX_WORD]

    def split(self, text: str) -> list[str]:
        """All of a text in pieces: every second one is a word as written, the others stand between."""
        return self.tokenizer.split(text)

    def forms(self, written: Iterable[str]) -> "Forms":
        """The forms of these words and of others met before: how what is searched may be written."""
        forms = self._met()
        for word in filterfalse(forms.__contains__, written):
            forms.add(word)
        return forms

    def stem(self, word: str) -> str:
        """The stem of one folded word."""
        return self._met()[word][1]

    def _met(self) -> "Forms":
        if len(self._forms) >= _CACHE_SIZE:  # anew, for other threads may be reading this one
            self._forms = Forms(self._folded, self._stems)
        return self._forms


class Stems(dict[str, str]):
    """Folded word -> stem. Stemming is slow and texts repeat themselves."""

    def __init__(self, stem: Callable[[str], str], cyrillic: Callable[[str], str]) -> None:
        super().__init__()
        self._stem, self._cyrillic = stem, cyrillic

    def __missing__(self, word: str) -> str:
        if len(self) >= _CACHE_SIZE:
            self.clear()
        self[word] = stem = sys.intern(self._stem_of(word) or word)
        return stem

    def _stem_of(self, word: str) -> str:
        if is_ideograph(word):
            return word
        bare = word.replace(".", "")  # U.S.S.R. has the stem of USSR
        return self._cyrillic(bare) if _CYRILLIC.match(bare) else self._stem(bare)


class Forms(dict[str, tuple[str, str]]):
    """Word as written -> (folded word, stem).

    And the way back: `of_word` folded word -> as written, `of_stem` stem -> folded words.
    """

    def __init__(self, fold_word: Callable[[str], str], stems: Stems) -> None:
        super().__init__()
        self._fold, self._stems = fold_word, stems
        self.of_word: dict[str, list[str]] = {}
        self.of_stem: dict[str, list[str]] = {}

    def __missing__(self, written: str) -> tuple[str, str]:
        return self.add(written)

    def add(self, written: str) -> tuple[str, str]:
        """Fold and stem a word."""
        word = sys.intern(self._fold(written))
        stem = self._stems[word]
        self.of_word.setdefault(word, []).append(written)
        words = self.of_stem.setdefault(stem, [])
        if word not in words:
            words.append(word)
        self[written] = form = word, stem  # last, for other threads may be asking
        return form


def _even(word: str) -> str:
    """The word with its initials spaced alike, and without the commas between thousands."""
    if "." in word:
        return _BETWEEN_INITIALS.sub(".", word).rstrip(".")
    return word.replace(",", "")


def fold(word: str) -> str:
    """One word without case, Latin and Greek accents, ligatures and apostrophes; й stays й, ё is е."""
    word = word.translate(_DROPPED)
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    kept: list[str] = []
    bare = False  # whether marks on the last letter are dropped
    for char in decomposed:
        if unicodedata.combining(char):
            if not bare and not (char == "\u0308" and kept and kept[-1] == "е"):
                kept.append(char)
        else:
            bare = unicodedata.name(char, "").startswith(_FOLDED_SCRIPTS)
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LATIN_LETTERS)


@lru_cache
def stop_words(language: str) -> frozenset[str]:
    """The folded stop words of a language (the Snowball project's lists); empty where it has none."""
    path = Path(__file__).parent / "stopwords" / f"{language}.txt"
    if not path.exists():
        return frozenset()
    return frozenset(fold(word) for word in path.read_text(encoding="utf-8").split())


def _possessive_cut(word: str) -> str:
    return _POSSESSIVE.sub("", word)


def _english(stem: Callable[[str], str]) -> Callable[[str], str]:
    """The stemmer, to which the 38th is 38, and which is not asked in vain."""

    def ordinal_or_word(word: str) -> str:
        if word.endswith(_ENDINGS):
            return stem(word)
        ordinal = _ORDINAL.fullmatch(word)
        return ordinal[1] if ordinal else word

    return ordinal_or_word


def _apostrophes_dropped(word: str) -> str:
    return word
