"""Decoding of text: by its byte order mark, as strict UTF-8, as declared, else as its letters tell."""

import codecs
import re
from dataclasses import dataclass

from index.encoding.guess import another_encoding, guess, guess_utf16
from index.extracted import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
              "shift-jis": "cp932", "euc-kr": "cp949", "iso8859-9": "cp1254"}  # fmt: skip
"""Encodings read as the larger ones that programs mean by them (https://encoding.spec.whatwg.org/#names)."""
_NO_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
_DAMAGED = 0.1  # invalid sequences for each valid one beyond ASCII: more are no UTF-8
_LEADS = bytes(range(0xC2, 0xF5))  # bytes with which UTF-8 begins a character beyond ASCII
_CONTROLS = bytes([*range(0x08), *range(0x0E, 0x1A), *range(0x1C, 0x20)])
_MOST_CONTROLS = 0.02  # of the bytes of a text
_DIRECTION = re.compile(r"-[ie]$")  # iso-8859-8-i: in which order right-to-left text is stored
ESCAPE = b"\x1b$"
"""With which ISO 2022 announces characters of two bytes; in other texts it does not occur."""

_BINARY = "It holds binary data, not text."


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with `\\n` as line ends; `guessed` names its encoding if nothing but its letters told it."""

    text: str
    guessed: str = ""


def marked_encoding(data: bytes) -> str | None:
    """The encoding of a byte order mark; None without one."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def decode(data: bytes) -> str:
    """The text of `decode_text`."""
    return decode_text(data).text


def decode_text(data: bytes) -> Decoded:
    """Decode bytes of which nothing is declared. Raises ReadError if they are not text.

    What is valid UTF-8 is UTF-8, for text in another encoding hardly ever is. In UTF-8 that is damaged in
    places, invalid sequences become U+FFFD.
    """
    if marked := marked_encoding(data):
        try:
            return Decoded(_text(data.decode(marked)))
        except UnicodeDecodeError as error:
            name = marked.removesuffix("-sig").upper()
            raise ReadError(f"Its text is not {name}: byte {error.start + 1} is invalid.") from error
    if ESCAPE in data and (escaped := _escaped(data)):
        return escaped
    if b"\0" not in data:
        try:
            return Decoded(_text(data.decode("utf-8")))
        except UnicodeDecodeError:
            pass
        damaged = data.decode("utf-8", "replace")
        if damaged.count("\ufffd") <= _DAMAGED * _count(data, _LEADS):
            return Decoded(_text(damaged), "utf-8")
    return _guessed(data)


def decode_declared(data: bytes, declared: str) -> Decoded:
    """Decode bytes that declare an encoding, unless that is unknown, invalid or plainly false.

    Raises ReadError if they are not text.
    """
    codec = _codec(declared)
    if not codec or marked_encoding(data):
        return decode_text(data)
    try:
        text = data.decode(codec)
    except (UnicodeError, ValueError):
        return decode_text(data)
    if data.isascii() or codec == "utf-8":
        return Decoded(_text(text))
    try:
        return Decoded(_text(data.decode("utf-8")))
    except UnicodeDecodeError:
        better = another_encoding(data, codec)
    return Decoded(_text(data.decode(better)), better) if better else Decoded(_text(text))


def _escaped(data: bytes) -> Decoded | None:
    """Text in which escape sequences announce Japanese or Korean characters (ISO 2022); else None."""
    for name in ("iso2022-jp-2", "iso2022-kr"):
        try:
            return Decoded(_text(data.decode(name)), name)
        except UnicodeDecodeError:
            pass
    return None


def _codec(declared: str) -> str:
    """Python's name for a declared encoding; "" for one that is unknown, or no encoding of texts."""
    declared = declared.strip().lower()
    for spelling in (declared, declared.removeprefix("x-"), _DIRECTION.sub("", declared)):
        try:
            name = codecs.lookup(spelling).name.replace("_", "-")
            b"a".decode(name)  # which raises LookupError for base64 and the like
        except (LookupError, UnicodeError, ValueError):
            continue
        return "" if name in _NO_CHARSETS else _WEB_NAMES.get(name, name)
    return ""


def _guessed(data: bytes) -> Decoded:
    if b"\0" in data:
        encoding = guess_utf16(data)
    else:
        encoding = guess(data) if _count(data, _CONTROLS) <= _MOST_CONTROLS * len(data) else None
    if not encoding:
        raise ReadError(_BINARY)
    return Decoded(_text(data.decode(encoding)), encoding)


def _count(data: bytes, wanted: bytes) -> int:
    """How many bytes are among those wanted."""
    return len(data) - len(data.translate(None, wanted))


def _text(text: str) -> str:
    if "\0" in text:
        raise ReadError(_BINARY)
    return text.replace("\r\n", "\n").replace("\r", "\n")
