"""URL parameters of what is asked about one document: the search in it, documents like it, its citation."""

from collections.abc import Iterable
from dataclasses import replace

from search.citation.formats import FORMATS
from search.parameters.parameter import OneOf, Parameter, ParameterTable, WholeNumber
from search.parameters.question import (
    EXPAND,
    MATCH,
    MAX_PER_PAGE,
    PAGE,
    PER_PAGE,
    QUERY,
    QUERY_TEXT,
    question_of,
)
from search.request import Question
from search.suggestions.similar import DEFAULT_SIMILAR, MAX_SIMILAR

WITHIN = ParameterTable(
    (
        replace(QUERY, kind=replace(QUERY_TEXT, worded=True), required=True, otherwise=""),
        MATCH,
        EXPAND,
        PAGE,
        replace(PER_PAGE, default=MAX_PER_PAGE),
    )
)
"""The parameters of a search within a document."""
SIMILAR_TO = ParameterTable(
    (Parameter("limit", f"1–{MAX_SIMILAR} documents at most", WholeNumber(MAX_SIMILAR), DEFAULT_SIMILAR),)
)
"""The parameters of similar documents."""
CITED_AS = ParameterTable(
    (
        Parameter(
            "format",
            "the format: `text`, `ris`, `bibtex` or `csl`",
            OneOf(tuple(FORMATS)),
            "text",
            example="ris",
        ),
    )
)
"""The parameters of a citation."""


def parse_within(pairs: Iterable[tuple[str, str]]) -> Question:
    """The question to search one document for. Raises ParameterError."""
    return question_of([(PER_PAGE.name, MAX_PER_PAGE), *WITHIN.read(pairs)])


def parse_similar(pairs: Iterable[tuple[str, str]]) -> int:
    """The number of similar documents wanted at most. Raises ParameterError."""
    return next((limit for _, limit in SIMILAR_TO.read(pairs)), DEFAULT_SIMILAR)


def parse_citation(pairs: Iterable[tuple[str, str]]) -> str:
    """The name of the format in which a citation is wanted. Raises ParameterError."""
    return next((form for _, form in CITED_AS.read(pairs)), "text")
