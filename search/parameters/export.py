"""The parameters of an export: its format, and those of a search that say which documents in which order."""

from collections.abc import Iterable
from functools import cache

from search.citation.formats import FORMATS
from search.parameters.parameter import OneOf, Parameter, ParameterTable, split_off
from search.parameters.question import SORT, matching_parameters, question_of
from search.request import Question
from search.schema import Schema

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    **{name: FORMATS[name].media_type for name in ("ris", "bibtex", "csl")},
}
"""The formats of `search.export`, each with its media type."""

FORMAT = Parameter(
    "format",
    f"the format of the file, one of {', '.join(f'`{name}`' for name in MEDIA_TYPES)}",
    OneOf(tuple(MEDIA_TYPES)),
    required=True,
    example="csv",
)


@cache
def export_parameters(schema: Schema) -> ParameterTable:
    """The parameters of an export; it has no pages, facets and highlights."""
    return ParameterTable((FORMAT, *matching_parameters(schema), SORT), "in an export")


def parse_export(pairs: Iterable[tuple[str, str]], schema: Schema) -> tuple[Question, str]:
    """The search whose documents are wanted, and the name of the format. Raises ParameterError."""
    form, search = split_off(export_parameters(schema).read(pairs), FORMAT)
    return question_of(search), form
