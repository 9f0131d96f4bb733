"""CSL-JSON: an array with an item for each document, for Zotero, Pandoc and citeproc."""

from collections.abc import Iterable, Iterator

from search.citation import csl_json
from search.document import Document
from search.export.csl_items import csl_items
from search.export.format import ExportContext, ExportFormat


def _pieces(documents: Iterable[Document], context: ExportContext) -> Iterator[bytes]:
    before = b"["
    for item in csl_items(documents, context):
        yield before + b"\n" + csl_json(item).encode()
        before = b","
    yield b"[]\n" if before == b"[" else b"\n]\n"


CSL = ExportFormat("csl", "CSL-JSON", "json", _pieces)
