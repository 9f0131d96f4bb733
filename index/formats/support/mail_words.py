"""Words of mail headers: encoded ones (RFC 2047), also broken, and raw bytes that declare no encoding."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator

from index.encoding import ESCAPE, decode_declared, decode_text
from index.extracted import ReadError

LONGEST_HEADER = 100_000
"""Characters: of a longer header the rest is left out."""

_ESCAPE = ESCAPE.decode()
_ENCODED = re.compile(r"=\?(?P<charset>[^?*\s]{1,40})(?:\*[^?\s]*)?\?(?P<form>[bBqQ])\?(?P<text>[^?]*)\?=")
_QUOTED = re.compile(rb"=([0-9A-Fa-f]{2})")
_MARKS = re.compile(r"[\"(),.:;<>@\[\]\\]")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")

Decoder = Callable[[bytes], str]
"""Decodes bytes of which nothing is declared."""


class UndeclaredText:
    """Decodes what declares no encoding in a message: all of it as UTF-8, or in one other encoding.

    That is the `charset` that another part declares, else the one that all such bytes together show.
    `guessed` names the latter once it was used.
    """

    def __init__(self, charset: str, undeclared: bytes) -> None:
        self._charset = charset
        self._undeclared = undeclared.replace(b"\0", b"")
        self.guessed = ""

    def __call__(self, data: bytes) -> str:
        data = data.replace(b"\0", b"")
        try:
            if ESCAPE in data:
                found = decode_text(data)
                self.guessed = found.guessed
                return found.text
            return data.decode("utf-8")
        except (UnicodeDecodeError, ReadError):
            pass
        try:
            if self._charset:
                return decode_declared(data, self._charset).text
            self.guessed = decode_text(self._undeclared + b"\n" + data).guessed
            return data.decode(self.guessed or "cp1252", "replace")
        except ReadError:
            return data.decode("latin-1")


def header_text(raw: str, decoder: Decoder) -> str:
    """A header as text. Bytes that are no ASCII are surrogates in `raw`, as `email` leaves them."""
    raw = raw[:LONGEST_HEADER]
    if "=?" not in raw:
        return _unescaped(raw, decoder)
    pieces: list[str] = []
    at, between = 0, ""
    word: tuple[str, bytes] | None = None  # charset and bytes of the encoded words since the last other text
    for match, charset, data in _encoded_words(raw):
        between = raw[at : match.start()]
        if word and not between.strip() and word[0] == charset:
            word = (charset, word[1] + data)  # a character may be split over two words
        else:
            pieces += [_decoded(word), between if between.strip() or not word else ""]
            word = (charset, data)
        at = match.end()
    pieces += [_decoded(word), raw[at:]]
    return _unescaped("".join(pieces), decoder)


def with_marks_encoded(raw: str) -> str:
    """An address header whose encoded words hold no mark that separates addresses, as some programs wrote."""

    def encoded(word: re.Match[str]) -> str:
        if word["form"] in "bB":
            return word[0]
        text = _MARKS.sub(lambda mark: f"={ord(mark[0]):02X}", word["text"]).replace(" ", "_")
        return f"=?{word['charset']}?Q?{text}?="

    return _ENCODED.sub(encoded, raw)


def _encoded_words(raw: str) -> Iterator[tuple[re.Match[str], str, bytes]]:
    for match in _ENCODED.finditer(raw):
        text = match["text"].encode("ascii", "surrogateescape") if _is_bytes(match["text"]) else b""
        if match["form"] in "qQ":
            data = _QUOTED.sub(lambda code: bytes([int(code[1], 16)]), text.replace(b"_", b" "))
        else:
            letters = _NOT_BASE64.sub("", match["text"])
            letters = letters[:-1] if len(letters) % 4 == 1 else letters
            try:
                data = base64.b64decode(letters + "=" * (-len(letters) % 4))
            except binascii.Error:
                data = text
        yield match, match["charset"].lower(), data


def raw_bytes(raw: str) -> bytes:
    """The bytes beyond ASCII in a header as `email` gives it, if it declares nothing of them."""
    escaped = (char for char in raw[:LONGEST_HEADER] if "\udc80" <= char <= "\udcff")
    return raw[:LONGEST_HEADER].encode("ascii", "surrogateescape") if any(escaped) and _is_bytes(raw) else b""


def _is_bytes(text: str) -> bool:
    return all(ord(char) < 128 or "\udc80" <= char <= "\udcff" for char in text)


def _decoded(word: tuple[str, bytes] | None) -> str:
    if word is None:
        return ""
    try:
        return decode_declared(word[1], word[0]).text
    except ReadError:
        return word[1].decode("latin-1")


def _unescaped(raw: str, decoder: Decoder) -> str:
    """The text with its surrogates decoded, as runs of the bytes that they stand for."""
    if _ESCAPE in raw and _is_bytes(raw):
        return decoder(raw.encode("ascii", "surrogateescape"))
    if raw.isascii() or not any("\udc80" <= char <= "\udcff" for char in raw):
        return raw
    if _is_bytes(raw):
        return decoder(raw.encode("ascii", "surrogateescape"))
    runs = re.split("([\udc80-\udcff]+)", raw)
    return "".join(
        decoder(run.encode("ascii", "surrogateescape")) if at % 2 else run for at, run in enumerate(runs)
    )
