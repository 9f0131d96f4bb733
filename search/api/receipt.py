"""The receipt of a search that was just made, with its addresses."""

from datetime import UTC, datetime

from search.answer import Answer, DateCertainty
from search.api.urls import receipt_api_url, search_api_url, search_url
from search.receipt.receipt import Receipt, ReceiptLinks, receipt
from search.settings import Site


def receipt_now(answer: Answer, dates: DateCertainty | None, site: Site) -> Receipt:
    """The receipt of an answer that was just given, from `site`; `dates` are the counts of its question."""
    whole, base = answer.question.whole, site.base_url
    links = ReceiptLinks(
        html=base + search_url(whole),
        json=base + search_api_url(whole),
        receipt=base + receipt_api_url(whole),
    )
    return receipt(answer, dates, archive=site.title, searched=datetime.now(UTC), links=links)
