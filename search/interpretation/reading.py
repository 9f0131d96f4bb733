"""One thing that a query may mean, and how documents that fit it come first."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from search.answer import InterpretationKind
from search.query.scoring import Statistics, score_bound
from search.query.simplification import simplify
from search.query.tree import And, Boost, Query
from search.request import Filter

Span = tuple[int, int]
"""Where a part of a query begins and ends, `end` excluded."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the part `text` of a query may mean. Users are offered it as a `search.results.Interpretation`.

    The more queries of `preferred` a document matches, the further up it stands. `filters`, in place of that
    part, find such documents alone: `rest` is the query without it. A reading without filters is not offered.
    """

    kind: InterpretationKind
    text: str
    preferred: tuple[Query, ...]
    filters: tuple[Filter, ...] = ()
    rest: str = ""


def preferring(query: Query, readings: Iterable[Reading], statistics: Statistics, among: Query) -> Query:
    """The query, with documents that fit more readings before those that fit fewer, whatever else they score.

    A date or direction counts only for documents that match `among`: all of the query. A document whose title
    the query is comes before all others.
    """
    bonus = float(ceil(score_bound(query, statistics)) or 1)
    ranks = 1
    for reading in sorted(readings, key=lambda reading: reading.kind == "title"):
        for fits in reading.preferred:
            preferred = simplify(And((among, fits))) if reading.kind != "title" else fits
            query = Boost(query, preferred, bonus * ranks if reading.kind == "title" else bonus)
            ranks += 1
    return query


def without(text: str, *spans: Span) -> str:
    """A text without the characters of these spans, and without a parenthesis that loses its partner."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    if text.count("(") != text.count(")"):
        text = text.replace("(", " ").replace(")", " ")
    return " ".join(text.split())
