"""The receipt of a search with its addresses, and the parameters that ask for it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

from search.answer import Answer, DateCertainty
from search.api.parameter import OneOf, Parameter, ParameterTable, split_off
from search.api.parameters import question_of, search_parameters
from search.api.urls import receipt_api_url, search_api_url, search_url
from search.receipt.receipt import Receipt, ReceiptLinks, receipt
from search.request import Question
from search.schema import Schema
from search.settings import Site

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


def receipt_now(answer: Answer, dates: DateCertainty | None, site: Site) -> Receipt:
    """The receipt of an answer that was just given, from `site`; `dates` are the counts of its question."""
    whole, base = answer.question.whole, site.base_url
    links = ReceiptLinks(
        html=base + search_url(whole),
        json=base + search_api_url(whole),
        receipt=base + receipt_api_url(whole),
    )
    return receipt(answer, dates, archive=site.title, searched=datetime.now(UTC), links=links)
