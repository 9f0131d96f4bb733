"""JSON Lines: one whole document a line, with the keys of the document endpoint but `parts`.

The parts of a document are documents of their own, which name it as their `parent`.
"""

from collections.abc import Iterable, Iterator

import msgspec

from search.api.document_payload import document_payload
from search.document import Document
from search.export.format import ExportContext, ExportFormat

_encode = msgspec.json.Encoder().encode
_LINE_ENDS = {end.encode(): f"\\u{ord(end):04x}".encode() for end in "\x85\u2028\u2029"}
"""What ends a line for some readers, such as `str.splitlines`, though not in JSON -> its escape."""


def json_line(value: object) -> bytes:
    """A value as JSON on a line that is one for every reader."""
    line: bytes = _encode(value)
    for end, escape in _LINE_ENDS.items():
        line = line.replace(end, escape)
    return line + b"\n"


def _pieces(documents: Iterable[Document], context: ExportContext) -> Iterator[bytes]:
    for document in documents:
        payload = msgspec.structs.asdict(document_payload(document))
        del payload["parts"]
        payload["url"] = context.permalink(document.id)
        yield json_line(payload)


JSON_LINES = ExportFormat("jsonl", "JSON Lines", "jsonl", _pieces)
