"""JSON Lines: one whole document a line, with the keys of the document endpoint but `parts`.

The parts of a document are documents of their own, which name it as their `parent`.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec

from search.api.document_payload import document_payload
from search.document import Document
from search.export.format import ExportContext, ExportFormat

_encode = msgspec.json.Encoder().encode
_UNESCAPED = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xa8\xa9]")
"""UTF-8 of what JSON need not escape: controls, and line ends of Unicode, as `str.splitlines` has them."""
_SIGNS = (b"\xc2", b"\xe2\x80\xa8", b"\xe2\x80\xa9", b"\x7f")
"""What a line with any of them has: found faster than by the pattern, which few lines are read with."""


def json_line(value: object) -> bytes:
    """A value as JSON on a line that is one for every reader, and commands no terminal."""
    line: bytes = _encode(value)
    if any(sign in line for sign in _SIGNS):
        line = _UNESCAPED.sub(_escape, line)
    return line + b"\n"


def _escape(found: re.Match[bytes]) -> bytes:
    return f"\\u{ord(found[0].decode()):04x}".encode()


def _pieces(documents: Iterable[Document], context: ExportContext) -> Iterator[bytes]:
    for document in documents:
        payload = msgspec.structs.asdict(document_payload(document))
        del payload["parts"]
        payload["url"] = context.permalink(document.id)
        yield json_line(payload)


JSON_LINES = ExportFormat("jsonl", "JSON Lines", "jsonl", _pieces)
