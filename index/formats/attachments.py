"""What a mail message holds besides its text: files, other messages, and further parts of the text.

MIME as of RFC 2046; `multipart/alternative` gives the same text in several formats, of which one is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from functools import partial
from itertools import count
from mimetypes import guess_extension, init
from typing import cast

from index.extracted import Member
from index.formats.support import properties

_MESSAGE = "message/rfc822"

init(files=())  # suffixes by Python's own table: that of a machine differs, and workers cannot read it


@dataclass(frozen=True, slots=True)
class Attachments:
    """The `files` of a message, and the parts with more of its text, which mail programs show below it."""

    files: tuple[Member, ...]
    texts: tuple[EmailMessage, ...]


def attachments(message: EmailMessage, body: Message | None) -> Attachments:
    """All that a message holds besides its `body`, in order."""
    files: list[Member] = []
    texts: list[EmailMessage] = []
    numbers = count(1)
    for part, is_alternative in _leaves(message, is_alternative=False):
        if part is body:
            continue
        if part.get_content_maintype() == "text" and not _is_file(part):
            texts += [] if is_alternative else [part]
        elif part is not message or _is_file(part) or part.get_content_maintype() != "text":
            files.append(_member(part, next(numbers)))
    return Attachments(tuple(files), tuple(texts))


def _leaves(part: EmailMessage, *, is_alternative: bool) -> Iterator[tuple[EmailMessage, bool]]:
    """The parts that hold no parts, an attached message among them; and whether they are alternatives."""
    if part.get_content_maintype() != "multipart" or not part.is_multipart():
        yield part, is_alternative
        return
    is_alternative = is_alternative or part.get_content_subtype() == "alternative"
    for child in cast("list[EmailMessage]", part.get_payload()):
        yield from _leaves(child, is_alternative=is_alternative)


def _is_file(part: EmailMessage) -> bool:
    return bool(part.get_filename()) or part.get_content_disposition() == "attachment"


def _member(part: EmailMessage, number: int) -> Member:
    kind = part.get_content_type()
    name = properties.one_line(part.get_filename()).replace("/", "-").replace("\\", "-")
    suffix = ".eml" if kind == _MESSAGE else guess_extension(kind) or ".bin"
    if not name and kind == _MESSAGE and (inner := _inner(part)) is not None:
        name = properties.one_line(str(inner.get("subject", ""))).replace("/", "-")[:80]
    if not name:
        return Member(f"part-{number}{suffix}", partial(_content, part))
    return Member(
        name if _has_suffix(name) and kind != _MESSAGE else f"{name}{suffix}", partial(_content, part)
    )


def _has_suffix(name: str) -> bool:
    stem, dot, suffix = name.rpartition(".")
    return bool(stem and dot) and 0 < len(suffix) <= 8 and suffix.isalnum()


def _inner(part: EmailMessage) -> Message | None:
    payload = part.get_payload()
    return payload[0] if isinstance(payload, list) and payload and isinstance(payload[0], Message) else None


def _content(part: EmailMessage) -> Iterator[bytes]:
    if part.get_content_type() == _MESSAGE and (inner := _inner(part)) is not None:
        yield inner.as_bytes()
        return
    data = part.get_payload(decode=True)
    yield data if isinstance(data, bytes) else b""
