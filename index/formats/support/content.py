"""The bytes of a file that is read into memory whole, and the cleaning of text."""

import re

from index.extracted import ReadError
from index.sources.files import SourceFile

MAX_WHOLE_BYTES = 256 << 20
"""The largest file that is read into memory whole."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_ASCII_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n"})
_NONCHARACTERS = b"\xef"  # the first byte of those in UTF-8


def read_bytes(file: SourceFile, limit: int = 0) -> bytes:
    """The content of a file. Raises ReadError if it exceeds `limit` or MAX_WHOLE_BYTES, and OSError."""
    limit = limit or MAX_WHOLE_BYTES
    with file.path.open("rb") as stream:
        data = stream.read(limit + 1) if file.path.stat().st_size <= limit else b""
    if len(data) > limit or (not data and file.path.stat().st_size > limit):
        raise ReadError(f"It is larger than {limit >> 20} MB, the most that is read of such a file.")
    return data


def clean(text: str) -> str:
    """A text that can be stored: surrogates joined or replaced, control characters removed."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    else:  # most texts have nothing to remove, which bytes tell ten times faster
        if _NONCHARACTERS not in data and len(data.translate(None, _ASCII_CONTROLS)) == len(data):
            return text
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
