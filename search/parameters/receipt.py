"""The parameters of a receipt: its format, and those of the search that it is about."""

from collections.abc import Iterable
from functools import cache

from search.parameters.parameter import OneOf, Parameter, ParameterTable, split_off
from search.parameters.question import question_of, search_parameters
from search.request import Question
from search.schema import Schema

FORMAT = Parameter("format", "`json`, or `text` to be pasted", OneOf(("json", "text")), "json")


@cache
def receipt_parameters(schema: Schema) -> ParameterTable:
    """The parameters of a receipt: those of the search, and its format."""
    search = search_parameters(schema)
    return ParameterTable((*search.parameters, FORMAT), search.place)


def parse_receipt(pairs: Iterable[tuple[str, str]], schema: Schema) -> tuple[Question, str]:
    """The search that a receipt is asked for, and its format. Raises ParameterError."""
    form, search = split_off(receipt_parameters(schema).read(pairs), FORMAT)
    return question_of(search).whole, form
