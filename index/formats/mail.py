"""Mail: a message in a file of its own (EML), or many in one (MBOX)."""

import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

from index.extracted import BadRecord, Extracted, Passage, ReadError, Values
from index.formats import text
from index.formats.format import ReadContext
from index.formats.support import properties
from index.formats.support.content import clean, read_bytes
from index.formats.support.markup import parse_html, passages_of
from index.sources.files import SourceFile

MAX_MESSAGE_BYTES = 64 << 20
"""The longest message that is read, with its attachments."""

_LONGEST_HEADER = 100_000  # characters
_MOST_ADDRESSES = 500
_MOST_ATTACHMENTS = 100
_MOST_PARTS = 5000
_LONGEST_PART_HEADER = 4000  # bytes; the library takes its time over longer ones
_PART_HEADER = re.compile(rb"^Content-[\w-]+:[^\n]*(?:\n[ \t][^\n]*)*", re.MULTILINE | re.IGNORECASE)
_PART = re.compile(rb"^--", re.MULTILINE)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def read(file: SourceFile, _context: ReadContext) -> Iterable[Extracted]:
    """The message of a file. Raises ReadError if it cannot be parsed."""
    yield _message(read_bytes(file, MAX_MESSAGE_BYTES))


def read_mbox(file: SourceFile, context: ReadContext) -> Iterable[Extracted | BadRecord]:
    """The messages of a mailbox, numbered from 1; one that cannot be parsed is a BadRecord."""
    number = 0
    for number, data in enumerate(_split(file), 1):
        if not context.shard.holds(number):
            continue
        try:
            yield BadRecord(number, data) if isinstance(data, str) else _message(data, number)
        except ReadError as error:
            yield BadRecord(number, str(error))
    if not number and file.path.stat().st_size:
        raise ReadError("It holds no message: no line begins with 'From '.")


def _split(file: SourceFile) -> Iterator[bytes | str]:
    """The bytes of each message between `From ` lines; for one that is too long, the reason as text."""
    pieces: list[bytes] | None = None
    size = 0
    blank = True
    with file.path.open("rb") as stream:
        while line := stream.readline(1 << 20):
            if blank and line.startswith(b"From "):
                if pieces is not None:
                    yield _joined(pieces, size)
                pieces, size = [], 0
            elif pieces is not None:
                size += len(line)
                if size <= MAX_MESSAGE_BYTES:
                    pieces.append(line)
            blank = not line.strip(b"\r\n")
    if pieces is not None:
        yield _joined(pieces, size)


def _joined(pieces: list[bytes], size: int) -> bytes | str:
    if size > MAX_MESSAGE_BYTES:
        return f"The message is longer than {MAX_MESSAGE_BYTES >> 20} MB."
    return _QUOTED_FROM.sub(rb"\1", b"".join(pieces))


def _message(data: bytes, number: int = 0) -> Extracted:
    if b"multipart/" in data.lower() and len(_PART.findall(data)) > _MOST_PARTS:
        raise ReadError(f"The message has more than {_MOST_PARTS} parts.")
    bounded = _PART_HEADER.sub(lambda match: match[0][:_LONGEST_PART_HEADER], data)
    try:
        message = message_from_bytes(bounded, policy=policy.default)
        return _document(message, number)
    except (ReadError, OSError):
        raise
    except Exception as error:  # the library has many errors for what no program should send
        raise ReadError(f"The message is broken ({type(error).__name__}: {error}).") from error


def _document(message: EmailMessage, number: int) -> Extracted:
    headers: dict[str, str] = {}
    for name, value in message.raw_items():
        lower = name.lower()
        headers[lower] = (
            f"{headers[lower]}, {value}" if lower in {"to", "cc"} & headers.keys() else str(value)
        )
    fields: dict[str, Values] = {
        "title": _decoded(headers.get("subject", "")),
        "authors": _people(headers.get("from", "")),
        "recipients": _people(headers.get("to", ""), headers.get("cc", "")),
        "date": _day(headers.get("date", "")),
    }
    attached = [
        properties.one_line(part.get_filename()) or part.get_content_type()
        for part, _ in zip(message.iter_attachments(), range(_MOST_ATTACHMENTS), strict=False)
    ]
    extra = {"attachments": "; ".join(attached), "message_id": _decoded(headers.get("message-id", ""))}
    return Extracted(
        _text(message),
        {name: value for name, value in fields.items() if value},
        {name: value for name, value in extra.items() if value},
        number,
        header=False,
    )


def _text(message: EmailMessage) -> tuple[Passage, ...]:
    """The passages of the plain text part, else of the HTML part."""
    part = message.get_body(("plain", "html"))
    if part is None:
        return ()
    data = part.get_payload(decode=True)
    charset = str(part.get_content_charset() or "utf-8")
    content = _decoded_bytes(data if isinstance(data, bytes) else b"", charset)
    if part.get_content_subtype() != "html":
        return text.plain(content)
    root = parse_html(content)
    return () if root is None else passages_of(root)


def _decoded_bytes(data: bytes, charset: str) -> str:
    try:
        return clean(data.decode(charset))
    except (LookupError, UnicodeError, ValueError):
        return clean(data.decode("utf-8" if charset == "utf-8" else "cp1252", "replace"))


def _decoded(raw: str) -> str:
    """The value of a header with its encoded words (RFC 2047) decoded."""
    try:
        return properties.one_line(str(make_header(decode_header(raw[:_LONGEST_HEADER]))))
    except (HeaderParseError, MessageError, LookupError, UnicodeError, ValueError):
        return properties.one_line(raw[:_LONGEST_HEADER])


def _people(*raw: str) -> tuple[str, ...]:
    """The display names in address headers; the address where there is no name."""
    values = [" ".join(value[:_LONGEST_HEADER].split()) for value in raw if value]
    pairs = getaddresses(values)[:_MOST_ADDRESSES]
    names = (_decoded(name) or properties.one_line(address) for name, address in pairs)
    return tuple(dict.fromkeys(filter(None, names)))


def _day(raw: str) -> str:
    """The day of sending in the sender's time zone; the header as it is written if it is not a date."""
    try:
        return parsedate_to_datetime(raw).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return _decoded(raw)
