"""How are the words of a query analysed? As those of documents in all languages that an archive holds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from search.analysis.analyzer import Analyzer, Token
from search.analysis.stem import Stem, joint_stem

Frequencies = Callable[[Sequence[Stem]], Mapping[Stem, int]]
"""The document frequency of each of some stems, in the live commit of an index."""

FEW = 1 / 200
"""A share of the documents with a stop word: if no more are in languages in which it is none, they quote it.

It is then left out of queries nevertheless.
"""

_CACHED = 20_000  # words whose stems are kept


class QueryAnalyzer(Protocol):
    """What queries, expansions and suggestions need of an analyzer; `Analyzer` is one, for one language."""

    def tokens(self, text: str) -> Iterator[Token]:
        """The tokens of a text, in order."""

    def pairs(self, text: str) -> Sequence[tuple[str, Stem]]:
        """The (folded word, stem) pair of each token of a text, in order."""

    def stem(self, word: str) -> Stem:
        """The stem of one folded word."""

    @property
    def stop_words(self) -> frozenset[str]:
        """The folded stop words of all its languages."""

    def is_dispensable(self, word: str) -> bool:
        """Whether a query can do without a folded word, as it is a word of no language."""

    def path_term(self, path: str) -> str:
        """A path as one term."""

    def whole_term(self, text: str) -> str:
        """A text as one term."""


class JointAnalyzer:
    """The analyzer of queries to an archive of several languages, with the analyzer of each.

    The first is that of the default language.

    A word has a part of its stem for each language in which documents have it. `frequencies` says which do.
    """

    def __init__(self, analyzers: Sequence[Analyzer], frequencies: Frequencies) -> None:
        self._analyzers, self._frequencies = tuple(analyzers), frequencies
        self._default = self._analyzers[0]
        self.stop_words = frozenset[str]().union(*(analyzer.stop_words for analyzer in analyzers))
        self.path_term, self.whole_term = self._default.path_term, self._default.whole_term
        self._known = lru_cache(maxsize=_CACHED)(self._with_documents)
        self._stem_as_written = lru_cache(maxsize=_CACHED)(self._as_written)
        self._judged = lru_cache(maxsize=_CACHED)(self._is_stop_word)

    def tokens(self, text: str) -> Iterator[Token]:
        """The tokens of a text, in order."""
        for token in self._default.tokens(text):
            stem = self._stem_as_written(text[token.start : token.end])
            yield Token(token.word, stem, token.start, token.end)

    def pairs(self, text: str) -> list[tuple[str, Stem]]:
        """The (folded word, stem) pair of each token of a text, in order."""
        return [(token.word, token.stem) for token in self.tokens(text)]

    def stem(self, word: str) -> Stem:
        """The stem of one folded word."""
        return self._known(tuple(analyzer.stem(word) for analyzer in self._analyzers))

    def is_dispensable(self, word: str) -> bool:
        """Whether a folded word is a stop word in every language whose documents have it.

        *hat* is none where English documents have it beside German ones.
        """
        return word in self.stop_words and self._judged(word)

    def _is_stop_word(self, word: str) -> bool:
        stems = self._in_languages(word)
        found = self._frequencies([*stems])
        others = sum(found[stem] for stem, is_stop_word in stems.items() if not is_stop_word)
        return others <= FEW * sum(found[stem] for stem in stems)

    def _in_languages(self, word: str) -> dict[str, bool]:
        """The stems of a word, each with whether it is a stop word in a language of this stem."""
        stems: dict[str, bool] = {}
        for analyzer in self._analyzers:
            stem = analyzer.stem(word)
            stems[stem] = stems.get(stem, False) or word in analyzer.stop_words
        return stems

    def _as_written(self, written: str) -> Stem:
        return self._known(tuple(analyzer.stem_as_written(written) for analyzer in self._analyzers))

    def _with_documents(self, parts: tuple[str, ...]) -> Stem:
        """The parts that documents have; of a word that no document has, that of the default language."""
        distinct = tuple(dict.fromkeys(parts))
        if len(distinct) == 1:
            return distinct[0]
        found = self._frequencies(distinct)
        return joint_stem([part for part in distinct if found[part]] or distinct[:1])
