"""The bytes of a file, as many of them as a reader can hold at once."""

import re

from index.extracted import ReadError
from index.sources.files import SourceFile

LARGEST = 256 << 20
"""No file that has to be held whole is larger, in bytes."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")


def read_bytes(file: SourceFile, largest: int = 0) -> bytes:
    """The content of a file. Raises ReadError if it is larger than `largest` (LARGEST), and OSError."""
    largest = largest or LARGEST
    with file.path.open("rb") as stream:
        data = stream.read(largest + 1) if file.path.stat().st_size <= largest else b""
    if len(data) > largest or (not data and file.path.stat().st_size > largest):
        raise ReadError(f"It is larger than {largest >> 20} MB, the most that is read of such a file.")
    return data


def clean(text: str) -> str:
    """A text as it can be kept: halves of characters joined or replaced, control characters gone."""
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
