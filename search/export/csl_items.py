"""Documents as CSL items, which reference managers' formats are written from."""

from collections.abc import Iterable, Iterator

from search.citation.citation import csl_item
from search.citation.csl import CslItem
from search.document import Document
from search.export.format import ExportContext


def csl_items(documents: Iterable[Document], context: ExportContext) -> Iterator[CslItem]:
    """The items of documents, in their order."""
    for document in documents:
        yield csl_item(
            document,
            context.permalink(document.id),
            context.day,
            archive_title=context.archive_title,
            parent_title=context.title_of(document.parent) if document.parent else "",
        )
