"""Decoding of text: by its byte order mark, else as strict UTF-8, else as Windows-1252."""

import codecs

from index.extracted import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def marked_encoding(data: bytes) -> str | None:
    """The encoding of a byte order mark; None without one."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def decode(data: bytes) -> str:
    """The decoded text, with `\\n` as line ends. Raises ReadError if the bytes are not text."""
    if encoding := marked_encoding(data):
        text = _strict(data, encoding)
    elif b"\0" in data:
        raise ReadError("It holds binary data, not text.")
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = _strict(data, "cp1252")
    if "\0" in text:
        raise ReadError("It holds binary data, not text.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        tried = "UTF-8 or Windows-1252" if encoding == "cp1252" else encoding.removesuffix("-sig").upper()
        raise ReadError(f"Its text is not {tried}: byte {error.start + 1} is invalid.") from error
