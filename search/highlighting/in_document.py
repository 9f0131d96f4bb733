"""Where in one document does a query match? Its hits in order, and how often each of its terms matches."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from search.analysis.analyzer import Analyzer
from search.analysis.stem import parts_of
from search.answer import Highlight, UnderstoodQuery
from search.document import Document
from search.highlighting.blocks import cover, numbered
from search.highlighting.fragmenter import fragments
from search.highlighting.matcher import DocumentMatches, match_ranges
from search.highlighting.query_terms import query_terms
from search.query.traversal import leaves
from search.query.tree import AnyOf, Exact, Leaf, Phrase, Query, Term
from search.results import CharRange, IndexInfo, TermCount

MAX_TERMS = 10
"""Terms of a query that are counted in a document at most."""


@dataclass(frozen=True, slots=True)
class InDocumentAnswer:
    """The matches of a query in one document; `terms` count the matches of each term alone in its body."""

    document: Document
    query: UnderstoodQuery
    matches: DocumentMatches
    terms: tuple[TermCount, ...]
    index: IndexInfo


@dataclass(frozen=True, slots=True)
class BodyHit:
    """One match in a body: the characters `start` to `end`, its number from 1, and a fragment around it.

    `page` is empty if pages are not known. `paragraph` is its number from 1, or 0 in headings, list items
    and tables.
    """

    number: int
    start: int
    end: int
    text: str
    page: str
    paragraph: int
    context: Highlight


def body_hits(document: Document, matches: Sequence[CharRange], offset: int, limit: int) -> Iterator[BodyHit]:
    """The hits for a body's `matches`: `limit` of them, from `offset` (0-based) on."""
    body = document.body
    blocks = list(numbered(cover(document.blocks, body)))
    starts = [block.start for block, _, _ in blocks]
    for number, (start, end) in enumerate(matches[offset : offset + limit], offset + 1):
        _, paragraph, page = blocks[max(bisect_right(starts, start) - 1, 0)]
        [context] = fragments("body", body, [(start, end, 1)], 1, document.text_language)
        yield BodyHit(number, start, end, body[start:end], page, paragraph, context)


def term_counts(
    body: str, matches: Sequence[CharRange], query: Query, analyzer: Analyzer
) -> tuple[TermCount, ...]:
    """How many matches each term of a query has alone in a body; `matches` are those of the whole query.

    Terms that name a field or a date are left out, since they cannot match in the body.
    """
    words: Counter[str] = Counter()
    stems: Counter[str] = Counter()
    phrases: dict[str, int] = {}  # matches of several words, the only ones in which a phrase can match
    for text, times in Counter(body[start:end] for start, end in matches).items():
        pairs = analyzer.pairs(text)
        for word, stem in pairs:
            words[word] += times
            stems[stem] += times
        if len(pairs) > 1:
            phrases[text] = times

    def count(leaf: Leaf) -> int:
        match leaf:
            case Term(stem):
                return sum(stems[part] for part in parts_of(stem))
            case Exact(word):
                return words[word]
            case AnyOf(alternatives) if not any(isinstance(item, Term) for item in alternatives):
                return sum(words[word] for word in {item.word for item in alternatives})
            case Phrase(distance=0):
                terms = query_terms(leaf, "body")
                return sum(
                    times * len(match_ranges(text, terms, analyzer)) for text, times in phrases.items()
                )
            case _:
                return len(match_ranges(body, query_terms(leaf, "body"), analyzer))

    leaves_by_text = {str(leaf): leaf for leaf in leaves(query) if _in_body(leaf)}
    return tuple(TermCount(typed, count(leaf)) for typed, leaf in islice(leaves_by_text.items(), MAX_TERMS))


def _in_body(leaf: Leaf) -> bool:
    match leaf:
        case AnyOf(alternatives):
            return any(not item.field for item in alternatives)
        case Term() | Exact() | Phrase():
            return not leaf.field
        case _:
            return False
