"""JSON Lines: one whole document a line, with the keys of the document endpoint but `parts`.

The parts of a document are documents of their own, which name it as their `parent`.
"""

from collections.abc import Iterable, Iterator

import msgspec

from search.api.document_payload import document_payload
from search.document import Document
from search.export.format import ExportContext, ExportFormat


def _pieces(documents: Iterable[Document], context: ExportContext) -> Iterator[bytes]:
    encode = msgspec.json.Encoder().encode
    for document in documents:
        payload = msgspec.structs.asdict(document_payload(document))
        del payload["parts"]
        payload["url"] = context.permalink(document.id)
        yield encode(payload) + b"\n"


JSON_LINES = ExportFormat("jsonl", "JSON Lines", "jsonl", _pieces)
