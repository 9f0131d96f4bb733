"""RIS: a record for each document, for Zotero, EndNote, Mendeley and others."""

from collections.abc import Iterable, Iterator

from search.citation import ris
from search.document import Document
from search.export.csl_items import csl_items
from search.export.format import ExportContext, ExportFormat


def _pieces(documents: Iterable[Document], context: ExportContext) -> Iterator[bytes]:
    for item in csl_items(documents, context):
        yield f"{ris(item)}\r\n".encode("utf-8", "replace")


RIS = ExportFormat("ris", "RIS", "ris", _pieces)
