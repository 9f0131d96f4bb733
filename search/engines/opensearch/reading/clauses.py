"""Clauses of OpenSearch's query language (its "query DSL"), as the JSON objects that they are sent as."""

from collections.abc import Sequence
from typing import Any

Clause = dict[str, Any]

NOTHING: Clause = {"match_none": {}}
EVERYTHING: Clause = {"match_all": {}}


def term(field: str, value: str | int) -> Clause:
    """The documents with a term in a field."""
    return {"term": {field: value}}


def terms(field: str, values: Sequence[str]) -> Clause:
    """The documents with one of some terms in a field; they score nothing."""
    return {"terms": {field: list(values)}} if values else NOTHING


def existing(field: str) -> Clause:
    """The documents with a value in a field."""
    return {"exists": {"field": field}}


def lacking(field: str) -> Clause:
    """The documents without a value in a field."""
    return {"bool": {"must_not": [existing(field)]}}


def between(field: str, **bounds: int) -> Clause:
    """The documents with a number within bounds (`gt`, `gte`, `lte`) in a field."""
    return {"range": {field: bounds}}


def either(clauses: Sequence[Clause]) -> Clause:
    """The documents that match any of the clauses; scores add up."""
    return at_least(1, clauses)


def at_least(least: int, clauses: Sequence[Clause]) -> Clause:
    """The documents that match so many of the clauses, 1 or more; scores add up."""
    if least > len(clauses):
        return NOTHING
    if len(clauses) == 1:
        return clauses[0]
    return {"bool": {"should": list(clauses), "minimum_should_match": least}}


def filtering(clauses: Sequence[Clause]) -> Clause:
    """The documents that match all of the clauses; they score nothing."""
    return {"bool": {"filter": list(clauses or [EVERYTHING])}}


def constant(score: float, clause: Clause) -> Clause:
    """The documents of a clause, all with this score."""
    return {"constant_score": {"filter": clause, "boost": score}}


def best_of(clauses: Sequence[Clause]) -> Clause:
    """The documents that match any of the clauses, with the best of their scores."""
    if len(clauses) == 1:
        return clauses[0]
    return {"dis_max": {"queries": list(clauses)}} if clauses else NOTHING


def phrase(field: str, words: Sequence[str]) -> Clause:
    """The documents with these words in a row."""
    return term(field, words[0]) if len(words) == 1 else {"match_phrase": {field: " ".join(words)}}


def near(field: str, one: str, other: str, distance: int, *, ordered: bool) -> Clause:
    """The documents with two words at most `distance` positions apart, the second behind if `ordered`.

    An interval holds both words; its gaps are the positions between them.
    """
    rule = {"query": f"{one} {other}", "max_gaps": distance - 1, "ordered": ordered or one == other}
    return {"intervals": {field: {"match": rule}}}
