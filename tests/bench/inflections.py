"""Known items in any language: words of a page, asked for in other inflected forms.

Where the page says *Datei*, *Dateien* is asked: a form with the same stem which other pages of the language
have, and this one has not. So a page is found only if the stems of its language are searched. Stop words are
not asked for, nor words that stand in English pages as well, which do not tell a page from its translations.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import log
from random import Random

from search.analysis.analyzer import Analyzer
from tests.bench.known_items import KnownItem
from tests.bench.manpages import Page

WORDS, QUERIES = (2, 3), 3
"""Words of a query, and queries of a page."""
ITEMS = 300
"""Queries of a language at most."""

_TELLING = 12  # a query's words are drawn from so many words of a page, those that tell most
_FEWEST, _MOST = 2, 0.2  # pages that have a word which is asked for: their number, and their share of all
_WORD = re.compile(r"(?<![\w/.-])[^\W\d_]{5,}(?![\w/.-])")  # no part of a path, an option or a file's name


def words_of(pages: Iterable[Page]) -> frozenset[str]:
    """The words of pages, in lower case."""
    return frozenset(word.casefold() for page in pages for word in _WORD.findall(page.text))


def inflected_items(
    pages: Sequence[Page], left_out: AbstractSet[str] = frozenset(), seed: int = 1951
) -> list[KnownItem]:
    """Queries for each page of one language that has enough words: the same for the same pages.

    None of them holds a word that is `left_out`.
    """
    [language] = {page.language for page in pages}
    analyzer, random = Analyzer(language), Random(seed)
    left_out = left_out | analyzer.stop_words
    counts = [Counter(map(str.casefold, _WORD.findall(page.text))) for page in pages]
    having = Counter(word for count in counts for word in count)
    stems = {word: _stem(word, analyzer) for word in having}
    by_stem: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(having):
        by_stem[stems[word]].append(word)
    frequencies = Counter(stem for count in counts for stem in {stems[word] for word in count})

    def asked(page: Page, count: Mapping[str, int]) -> Iterator[KnownItem]:
        title = {stem for _, stem in analyzer.pairs(page.name)}
        tells = {word: count[word] * log(len(pages) / frequencies[stems[word]]) for word in count}
        by_rank = sorted(count, key=lambda word: (-tells[word], word))
        telling = dict.fromkeys(stems[word] for word in by_rank if stems[word] not in title)
        choices = [
            others
            for stem in telling
            if _FEWEST <= frequencies[stem] <= _MOST * len(pages)
            and (others := [word for word in by_stem[stem] if word not in count and word not in left_out])
        ][:_TELLING]
        if len(choices) > max(WORDS):
            for _ in range(QUERIES):
                words = [random.choice(others) for others in random.sample(choices, random.choice(WORDS))]
                yield KnownItem(language, " ".join(words), page.id)

    items = [item for page, count in zip(pages, counts, strict=True) for item in asked(page, count)]
    return random.sample(items, min(ITEMS, len(items)))


def _stem(word: str, analyzer: Analyzer) -> str:
    return analyzer.pairs(word)[-1][1]
