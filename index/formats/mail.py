"""Mail: a message in a file of its own (EML), or many in one (MBOX)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from typing import IO

from index.encoding import Decoded, decode_declared, decode_text
from index.extracted import BadRecord, Extracted, Passage, ReadError, Values
from index.formats import text
from index.formats.attachments import attachments
from index.formats.format import ReadContext
from index.formats.support import properties
from index.formats.support.content import clean, read_bytes
from index.formats.support.mail_date import day_sent
from index.formats.support.mail_words import (
    LONGEST_HEADER,
    UndeclaredText,
    header_text,
    raw_bytes,
    with_marks_encoded,
)
from index.formats.support.markup import page_text, parse_html, passages_of
from index.metadata.names import addresses_in
from index.sources.files import SourceFile

MAX_MESSAGE_BYTES = 64 << 20
"""The longest message that is read, with its attachments."""

_SHOWN = ("subject", "from", "to", "cc", "date")  # headers
_MOST_ADDRESSES = 500
_MOST_NAMED = 100  # attachments
_MOST_PARTS = 5000
_LONGEST_PART_HEADER = 4000  # bytes; the library takes its time over longer ones
_PART_HEADER = re.compile(rb"^Content-[\w-]+:[^\n]*(?:\n[ \t][^\n]*)*", re.MULTILINE | re.IGNORECASE)
_PART = re.compile(rb"^--", re.MULTILINE)
_AT = re.compile(r"^([\w.+-]+) at ([\w-]+(?:\.[\w-]+)+)")  # as archives of mailing lists write an address
_LONGEST_LINE = 1 << 20  # bytes
_ENVELOPE = re.compile(rb"From \S.* (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) +[A-Z][a-z]{2} +\d{1,2} +\d\d:\d\d")
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:")
_BY_PROGRAMS = {"message-id", "mime-version", "received", "return-path", "delivered-to", "in-reply-to"}
_ZONE = re.compile(r"\d:\d\d (?:[+-]\d{4}|[A-Z]{3,4})\b")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def is_message(text: str) -> bool:
    """Whether a text begins with the header of a message that was sent: a sender, and what programs add."""
    fields: dict[str, str] = {}
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if colon and _FIELD.fullmatch(f"{name}:".encode()):
            fields.setdefault(name.lower(), value)
        elif not line[:1].isspace() or not line.strip() or not fields:
            break
    sent_by_program = _BY_PROGRAMS & fields.keys() or _ZONE.search(fields.get("date", ""))
    return bool({"from", "return-path"} & fields.keys() and sent_by_program and len(fields) > 2)


def is_mailbox(text: str) -> bool:
    """Whether a text begins with a line that separates messages, and a header below it."""
    line, _, following = text.partition("\n")
    return bool(_ENVELOPE.match(line.encode()) and _FIELD.match(following.encode()))


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
    """The bytes of each message between separating lines; for one that is too long, the reason as text."""
    pieces: list[bytes] | None = None
    size = 0
    with file.path.open("rb") as stream:
        for line, separates in _lines(stream):
            if separates:
                if pieces is not None:
                    yield _joined(pieces, size)
                pieces, size = [], 0
            elif pieces is not None:
                size += len(line)
                if size <= MAX_MESSAGE_BYTES:
                    pieces.append(line)
    if pieces is not None:
        yield _joined(pieces, size)


def _lines(stream: IO[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each line, and whether it separates messages.

    Such a line stands at the beginning or below a blank line, begins with `From `, and names a time or has
    a header below it: not every program marks such a line of a text as one that does not separate.
    """
    first = blank = True
    line = stream.readline(_LONGEST_LINE)
    while line:
        following = stream.readline(_LONGEST_LINE)
        shown = blank and line.startswith(b"From ")
        yield line, shown and (first or bool(_ENVELOPE.match(line) or _FIELD.match(following)))
        blank, first = not line.strip(b"\r\n"), False
        line = following


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
        if not message.keys():
            decode_text(data)  # which raises ReadError unless it is text
        _read_partless_as_text(message)
        return _document(message, number)
    except (ReadError, OSError):
        raise
    except Exception as error:  # the library has many errors for what no program should send
        raise ReadError(f"The message is broken ({type(error).__name__}: {error}).") from error


def _read_partless_as_text(message: EmailMessage) -> None:
    """Make a multipart without any part plain text: its boundary is missing, or stands nowhere."""
    for part in message.walk():
        if part.get_content_maintype() == "multipart" and not part.is_multipart():
            part.replace_header("Content-Type", "text/plain")


def _document(message: EmailMessage, number: int) -> Extracted:
    headers: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        headers.setdefault(name.lower(), []).append(str(value))
    undeclared = _undeclared(message, headers)
    title, sent, message_id = (
        _text_of(headers.get(name, [""])[0], undeclared) for name in ("subject", "date", "message-id")
    )
    fields: dict[str, Values] = {
        "title": title,
        "authors": _people(headers.get("from", ()), undeclared),
        "recipients": _people((*headers.get("to", ()), *headers.get("cc", ())), undeclared),
        "date": day_sent(sent, headers.get("received", ())),
    }
    body = message.get_body(("plain", "html"))
    found = attachments(message, body)
    named = "; ".join(member.name for member in found.files[:_MOST_NAMED])
    extra = {"attachments": named, "message_id": message_id}
    read = [_passages(part, undeclared) for part in (body, *found.texts)]
    guessed = next((encoding for _, encoding in read if encoding), "")
    return Extracted(
        tuple(passage for passages, _ in read for passage in passages),
        {name: value for name, value in fields.items() if value},
        {name: value for name, value in extra.items() if value},
        number,
        header=False,
        encoding=guessed or undeclared.guessed,
        attached=found.files,
    )


def _undeclared(message: EmailMessage, headers: Mapping[str, Sequence[str]]) -> UndeclaredText:
    """What decodes the raw bytes of the headers, and of a body without a charset."""
    raw = b"\n".join(raw_bytes(value) for name in _SHOWN for value in headers.get(name, ()))
    body = message.get_body(("plain", "html"))
    charset = _charset(body)
    if body is not None and not charset:
        raw += b"\n" + _payload(body)
    return UndeclaredText("" if charset == "utf-8" else charset, raw)


def _charset(part: MIMEPart | None) -> str:
    """The charset that a part declares; "" for none, and for ASCII, which programs declare unasked."""
    declared = "" if part is None else str(part.get_content_charset() or "").lower()
    return "" if declared in {"us-ascii", "ascii", "unknown-8bit", "x-unknown"} else declared


def _payload(part: MIMEPart) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _passages(part: MIMEPart | None, undeclared: UndeclaredText) -> tuple[tuple[Passage, ...], str]:
    """The passages of a part that is plain text or HTML; and its encoding, if it was guessed."""
    if part is None:
        return (), ""
    data, charset = _payload(part), _charset(part)
    if part.get_content_subtype() == "html" and not charset:
        page = page_text(data.replace(b"\0", b""))
        root = parse_html(clean(page.text))
        return () if root is None else passages_of(root), page.guessed
    found = decode_declared(data, charset) if charset else Decoded(undeclared(data))
    content = clean(found.text)
    if part.get_content_subtype() == "html":
        root = parse_html(content)
        return () if root is None else passages_of(root), found.guessed
    if str(part.get_param("format", "")).lower() == "flowed":
        content = _unflowed(content, deleted=str(part.get_param("delsp", "")).lower() == "yes")
    return text.plain(content), found.guessed


def _unflowed(content: str, *, deleted: bool) -> str:
    """Lines that end with a space, joined with the next; `deleted` if the space is none of the text's.

    RFC 3676, "The Text/Plain Format and DelSp Parameters".
    """
    lines: list[str] = []
    flows = False
    for line in content.split("\n"):
        quoted = line.startswith(">")
        if flows and line.strip() and not quoted:
            lines[-1] += line.removeprefix(" ")
        else:
            lines.append(line)
        flows = line.endswith(" ") and line != "-- " and not quoted
        if flows and deleted:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _text_of(raw: str, undeclared: UndeclaredText) -> str:
    return properties.one_line(header_text(raw, undeclared))


def _people(raw: Iterable[str], undeclared: UndeclaredText) -> tuple[str, ...]:
    """The display names in address headers; the address where there is no name."""
    values = [" ".join(value[:LONGEST_HEADER].split()) for value in raw if value]
    pairs = addresses_in([_AT.sub(r"\1@\2", with_marks_encoded(value)) for value in values])[:_MOST_ADDRESSES]
    names = (_text_of(name, undeclared) or properties.one_line(address) for name, address in pairs)
    return tuple(dict.fromkeys(filter(None, names)))
