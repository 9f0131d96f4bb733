"""BibTeX: an entry for each document, in UTF-8, under keys that are unique in the file."""

from collections.abc import Iterable, Iterator

from search.citation import bibtex, citation_key
from search.document import Document
from search.export.csl_items import csl_items
from search.export.format import ExportContext, ExportFormat


def _pieces(documents: Iterable[Document], context: ExportContext) -> Iterator[bytes]:
    for item in csl_items(documents, context):
        yield f"{bibtex(item, citation_key(item))}\n".encode("utf-8", "replace")


BIBTEX = ExportFormat("bibtex", "BibTeX", "bib", _pieces)
