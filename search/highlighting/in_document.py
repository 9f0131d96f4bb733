"""Where in this document? Every hit of a query inside it, in order, and what each of its terms adds."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from search.analysis.analyzer import Analyzer
from search.document import Document
from search.highlighting.blocks import cover, numbered
from search.highlighting.fragmenter import FRAGMENT, fragments
from search.highlighting.matcher import Reading, find
from search.highlighting.query_terms import wanted_in
from search.query.tree import AnyOf, Exact, Leaf, Phrase, Query, Term, as_typed, leaves
from search.results import CharRange, Highlight, IndexInfo, TermCount, UnderstoodQuery

MAX_TERMS = 10
"""Terms of a query that are counted in a document."""

_AROUND = 2 * FRAGMENT  # characters either side of a hit in which its passage is looked for


@dataclass(frozen=True, slots=True)
class Within:
    """A document read with a query: what matched in it, and how often each term alone is in its body."""

    document: Document
    query: UnderstoodQuery
    reading: Reading
    terms: tuple[TermCount, ...]
    index: IndexInfo


@dataclass(frozen=True, slots=True)
class BodyHit:
    """One hit in a body: the characters `start` to `end`, numbered from 1, and the passage it stands in.

    `page` is empty and `paragraph` 0 where it has none: headings, list items and tables are not numbered.
    """

    number: int
    start: int
    end: int
    text: str
    page: str
    paragraph: int
    context: Highlight


def body_hits(document: Document, matches: Sequence[CharRange], offset: int, limit: int) -> Iterator[BodyHit]:
    """The hits of a body that `matches` says, `limit` of them from the one after `offset` on."""
    body = document.body
    blocks = list(numbered(cover(document.blocks, body)))
    starts = [block.start for block, _, _ in blocks]
    for number, (start, end) in enumerate(matches[offset : offset + limit], offset + 1):
        _, paragraph, page = blocks[max(bisect_right(starts, start) - 1, 0)]
        first = max(start - _AROUND, 0)
        piece = body[first : end + _AROUND]
        [context] = fragments("body", piece, [(start - first, end - first)], 1)
        yield BodyHit(number, start, end, body[start:end], page, paragraph, context)


def term_counts(
    body: str, matches: Sequence[CharRange], query: Query, analyzer: Analyzer
) -> tuple[TermCount, ...]:
    """How many hits in a body each term of a query would have alone; `matches` are those of all together.

    Terms that name a field or a date are left out: they have none in the body.
    """
    words: Counter[str] = Counter()
    stems: Counter[str] = Counter()
    rows: list[str] = []  # hits of several words, where alone a phrase can be
    for start, end in matches:
        pairs = analyzer.words(body[start:end])
        words.update(word for word, _ in pairs)
        stems.update(stem for _, stem in pairs)
        if len(pairs) > 1:
            rows.append(body[start:end])

    def count(leaf: Leaf) -> int:
        match leaf:
            case Term(stem):
                return stems[stem]
            case Exact(word):
                return words[word]
            case AnyOf(alternatives):
                return sum(words[word] for word in {item.word for item in alternatives})
            case Phrase(distance=0):
                wanted = wanted_in(leaf, "body")
                return sum(len(find(row, wanted, analyzer)) for row in rows)
            case _:
                return len(find(body, wanted_in(leaf, "body"), analyzer))

    terms = {as_typed(leaf): leaf for leaf in leaves(query) if _in_body(leaf)}
    return tuple(TermCount(said, count(leaf)) for said, leaf in islice(terms.items(), MAX_TERMS))


def _in_body(leaf: Leaf) -> bool:
    match leaf:
        case AnyOf(alternatives):
            return any(not item.field for item in alternatives)
        case Term() | Exact() | Phrase():
            return not leaf.field
        case _:
            return False
