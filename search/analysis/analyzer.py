"""The analyzer: a tokenizer and two token filters.

The tokenizer finds the words and their character offsets, `folding` gives a word one form however it is
written, and a Snowball stemmer removes endings. Every word becomes one token. Stop words are kept, so that
positions are those of the text.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import filterfalse

from search.analysis.chunk_cache import Room
from search.analysis.chunk_table import cached_terms
from search.analysis.folding import fold, folded
from search.analysis.stem import Stem
from search.analysis.text_languages import STEMMERS
from search.errors import SettingsError
from search.languages import language

RULES = 9
"""The number of the analysis: raised when tokenizing, folding or stemming changes, which makes indexes stale.

tests/search/test_versions.py fails until it is.
"""

_CACHE_SIZE = 500_000
_LANGUAGE_CACHE_SIZE = 50_000  # of each other language of an archive
_SHORT_VALUE = 100  # characters of a text whose terms are cached: names, titles, collections
_SHORT_VALUES = 10_000


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: folded, its stem, and its character offsets (`end` excluded)."""

    word: str
    stem: Stem
    start: int
    end: int


class Analyzer:
    """The analysis of texts in one language; safe to share between threads.

    In an archive of several languages, one analyzer is of its default language, and there is one for each
    other language of documents (`in_language`): it folds words in the same way and stems them in its own.

    Each method serves one use:

    | method | gives | for |
    |---|---|---|
    | `tokens` | tokens with character offsets | queries, highlighting |
    | `pairs` | (folded word, stem) of each token | names and short texts, where offsets do not matter |
    | `index_terms` | all folded words and all stems, as two strings | indexing documents: it caches chunks |
    | `path_term` | a path as one term | fields of paths |
    | `whole_term` | a text as one term | whole titles |
    | `split` | the text itself, divided into words and what stands between them | highlighting whole texts |
    | `forms` | a table from words as written to (folded word, stem), and back | highlighting whole texts |

    Raises SettingsError for a language without a Snowball stemmer.
    """

    def __init__(self, language: str = "english") -> None:
        # The tables of the tokenizer take 0.1 s, so they are made only where a text is analysed.
        from search.analysis.stemmer import Stems  # noqa: PLC0415
        from search.analysis.tokenizer import WordTokenizer  # noqa: PLC0415

        if language not in STEMMERS:
            known = ", ".join(STEMMERS)
            raise SettingsError(f"There is no stemmer for the language {language!r}; choose one of {known}.")
        self.language = language
        self.tag = ""
        self.stop_words = stop_words(language)
        self.tokenizer = WordTokenizer()
        self._is_english = language == "english"
        self._stems = Stems(language)
        self._size = _CACHE_SIZE
        self._room_of_others = Room()
        self._make_caches(Room())

    def in_language(self, language: str, tag: str) -> "Analyzer":
        """The analyzer of documents in another language: one with a stemmer, or AS_WRITTEN.

        Words are folded as in all documents, so that exact words and phrases match in any language. `tag`
        marks its stems. Its caches are smaller; all other languages share the room of one for chunks.
        """
        from search.analysis.stemmer import LanguageStems  # noqa: PLC0415

        other = copy(self)
        other.language, other.tag, other.stop_words = language, tag, stop_words(language)
        other._stems = LanguageStems(language, tag, self._stems)
        other._size = _LANGUAGE_CACHE_SIZE
        other._make_caches(self._room_of_others)
        return other

    def _make_caches(self, room: Room) -> None:
        self._forms = Forms(self._form)
        self._terms = cached_terms(self._uncached_pairs, room)
        self._short_terms = lru_cache(maxsize=_SHORT_VALUES)(self._terms)

    def is_dispensable(self, word: str) -> bool:
        """Whether a query in this language can do without a folded word."""
        return word in self.stop_words

    def tokens(self, text: str) -> Iterator[Token]:
        """The tokens of a text, in order."""
        forms = self._current_forms()
        for start, end in self.tokenizer.span_tokenize(text):
            word, stem = forms[text[start:end]]
            yield Token(word, stem, start, end)

    def written_words(self, text: str) -> Iterator[tuple[str, str, int]]:
        """Each word of a text as written, with its stem and its frequency, in the order of the text."""
        forms = self._current_forms()
        for written, times in Counter(self.tokenizer.tokenize(text)).items():
            yield written, forms[written][1], times

    def pairs(self, text: str) -> list[tuple[str, str]]:
        """The (folded word, stem) pair of each token of a text, in order."""
        return list(map(self._current_forms().__getitem__, self.tokenizer.tokenize(text)))

    def index_terms(self, text: str) -> tuple[str, str]:
        """The terms to index: the folded words of a text, and their stems, each a space-joined string."""
        return self._short_terms(text) if len(text) <= _SHORT_VALUE else self._terms(text)

    def path_term(self, path: str) -> str:
        """The one term of a path: `Box 1/Folder 3` gives `/box_1/folder_3`; empty without a segment.

        The words of a segment are joined by `_` and the segments by `/`, which stand in no word: the term
        of a path is never that of a word.
        """
        segments = (segment for segment in path.split("/") if segment.strip())
        return "".join(f"/{self._segment(segment)}" for segment in segments)

    def path_terms(self, path: str) -> tuple[str, str]:
        """The term to index of a path, as word and as stem (see `index_terms`)."""
        term = self.path_term(path)
        return term, term

    def whole_term(self, text: str) -> str:
        """The one term of a text as a whole: its folded words, joined by `_`; empty without words."""
        return self.index_terms(text)[0].replace(" ", "_")

    def whole_terms(self, text: str) -> tuple[str, str]:
        """The term to index of a text as a whole; it has no stem (see `index_terms`)."""
        return self.whole_term(text), ""

    def _segment(self, text: str) -> str:
        """The folded words of one segment of a path; without words, its characters."""
        words, _ = self.index_terms(text)
        return "_".join((words or fold(text)).split())

    def _uncached_pairs(self, text: str) -> Iterator[tuple[str, str]]:
        """As `pairs`, but keeps the words out of `forms`."""
        is_word = text.isascii() and text.isalnum()  # as most are of which this is asked
        return map(self._form, (text,) if is_word else self.tokenizer.tokenize(text))

    def _form(self, written: str) -> tuple[str, str]:
        """A word as written, folded, and its stem."""
        word = folded(written, possessive=self._is_english)
        return word, self._stems.of(written, word)

    def split(self, text: str) -> list[str]:
        """All of a text, divided: every second string is a word as written, the others are between words."""
        return self.tokenizer.split(text)

    def forms(self, written: Iterable[str]) -> "Forms":
        """The forms of these words, and of others that were analysed before."""
        forms = self._current_forms()
        for word in filterfalse(forms.__contains__, written):
            forms.add(word)
        return forms

    def stem(self, word: str) -> str:
        """The stem of one folded word."""
        return self._stems[word]

    def stem_as_written(self, written: str) -> str:
        """The stem of one word as written: with a capital, a Russian word may be a name."""
        return self._current_forms()[written][1]

    def _current_forms(self) -> "Forms":
        if len(self._forms) >= self._size:  # a new one, because other threads may be reading this one
            self._forms = Forms(self._form)
        return self._forms


class Forms(dict[str, tuple[str, str]]):
    """Cache: word as written -> (folded word, stem).

    Its inverse: `of_word` maps a folded word to the words as written, `of_stem` a stem to them.
    """

    def __init__(self, form: Callable[[str], tuple[str, str]]) -> None:
        super().__init__()
        self._form = form
        self.of_word: dict[str, list[str]] = {}
        self.of_stem: dict[str, list[str]] = {}

    def __missing__(self, written: str) -> tuple[str, str]:
        return self.add(written)

    def add(self, written: str) -> tuple[str, str]:
        """Fold and stem a word."""
        word, stem = map(sys.intern, self._form(written))
        self.of_word.setdefault(word, []).append(written)
        self.of_stem.setdefault(stem, []).append(written)
        self[written] = form = word, stem  # last: another thread that finds it finds the inverse, too
        return form


@lru_cache
def stop_words(name: str) -> frozenset[str]:
    """The folded stop words of a language, of its file in search/languages/; empty if it has none."""
    return frozenset(map(fold, language(name).stop_words))
