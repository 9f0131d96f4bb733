"""The receipt of a search as the foot of the results page shows it."""

from dataclasses import dataclass

from search.api.urls import receipt_api_url
from search.receipt.receipt import Receipt
from search.receipt.text import receipt_lines
from search.request import Question
from search.schema import Schema


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """The lines, each a label and a text, and the receipt's addresses as text and as JSON."""

    lines: tuple[tuple[str, str], ...]
    text_url: str
    json_url: str


def receipt_view(receipt: Receipt, question: Question, schema: Schema) -> ReceiptView:
    """The view of the receipt of a question."""
    lines = tuple(receipt_lines(receipt, schema))
    return ReceiptView(lines, receipt_api_url(question, "text"), receipt_api_url(question))
