"""Where is the original file of a document, and may it be had? Only below folders that a setting names."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from flask import Response, request

from search.api.urls import original_url
from search.document import Document
from search.errors import OriginalMissing, SettingsError
from search.messages import Message
from webui.components.links import Link

_RECORD = re.compile(r"#[0-9]+$")
_NOT_IN_HEADERS = re.compile(r'[^ -~]|["\\]')
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Original:
    """A file that is open for reading, under the name that it is saved by."""

    file: BinaryIO
    name: str
    size: int
    changed: float

    def response(self) -> Response:
        """The file to be saved, never shown: whatever it holds, nothing in it runs on this site.

        Its type is that of any bytes, so that no browser takes it for a page. A part of it can be asked for,
        as browsers do that go on with a download (RFC 9110, 14).
        """
        response = Response(self._blocks(), content_type="application/octet-stream")
        response.call_on_close(self.file.close)
        response.content_length = self.size
        plain = _NOT_IN_HEADERS.sub("_", self.name)
        exact = "" if plain == self.name else f"; filename*=UTF-8''{quote(self.name, '', errors='replace')}"
        response.headers["Content-Disposition"] = f'attachment; filename="{plain}"{exact}'
        state = f"{self.name} {self.size} {self.changed}"
        response.set_etag(sha256(state.encode("utf-8", "backslashreplace")).hexdigest()[:24])
        response.make_conditional(request.environ, accept_ranges=True, complete_length=self.size)
        return response

    def _blocks(self) -> Iterator[bytes]:
        """What the file had when it was opened, some 64 KB at a time, though it may grow meanwhile."""
        left = self.size
        while block := self.file.read(min(_BLOCK, left)):
            left -= len(block)
            yield block


class OriginalFiles:
    """The files of documents below the SOURCEs that `site.files` names; none where it names none.

    A file is looked for under the path that the index has of it, in each of these folders. Nothing else is
    read: no record of a larger file, no file inside an archive or a mailbox, nothing to which a link outside
    of its folder leads, and nothing hidden.
    """

    def __init__(self, sources: tuple[str, ...] = ()) -> None:
        """Raises SettingsError if one of the sources does not exist."""
        for source in sources:
            if not os.path.exists(source):
                raise SettingsError(f"The setting site.files names {source!r}, which does not exist.")
        self._sources = tuple(dict.fromkeys(map(os.path.realpath, sources)))

    def links(self, document: Document) -> tuple[Link, ...]:
        """The files of a document: links to those that can be had; others where their path says something.

        Nothing where no files are offered: then the paths of files are nobody's business.
        """
        links = []
        for number, name in enumerate(_names(document) if self._sources else (), 1):
            if (found := self._open(name)) is not None:
                os.close(found)
                links.append(Link(name, original_url(document.id, number)))
            elif not _RECORD.search(name):
                links.append(Link(name))
        return tuple(links)

    def open(self, document: Document, number: int = 1) -> Original:
        """The file of a document that has this number among its files, from 1 on.

        Raises OriginalMissing, with the reason, if it cannot be had.
        """
        names = _names(document)
        if not self._sources:
            raise OriginalMissing(Message("This archive does not offer the files of its documents."))
        if not 1 <= number <= len(names):
            raise OriginalMissing(Message("This document has no such file."))
        name = names[number - 1]
        descriptor = self._open(name)
        if descriptor is None:
            raise OriginalMissing(self._why_missing(name))
        found = os.stat(descriptor)
        file = os.fdopen(descriptor, "rb")
        return Original(file, name.rpartition("/")[2], found.st_size, found.st_mtime)

    def _open(self, name: str) -> int | None:
        """A descriptor of the one file of this name; None where there is none, or where two are."""
        found = [fd for source in self._sources if (fd := _opened(source, name)) is not None]
        if len(found) == 1:
            return found[0]
        for descriptor in found:
            os.close(descriptor)
        return None

    def _why_missing(self, name: str) -> Message:
        if _RECORD.search(name):
            return Message(
                "This document is one of several in the file %(name)s, and has no file of its own.",
                name=_RECORD.sub("", name),
            )
        parts = name.split("/")
        for above in ("/".join(parts[:depth]) for depth in range(1, len(parts))):
            if (descriptor := self._open(above)) is not None:
                os.close(descriptor)
                return Message("This document was read from inside the file %(name)s.", name=above)
        return Message("The file %(name)s is no longer where it was when it was indexed.", name=name)


def _names(document: Document) -> tuple[str, ...]:
    return document.files or ((document.source,) if document.source else ())


def _opened(source: str, name: str) -> int | None:
    """A descriptor of a file below a SOURCE, or of the SOURCE if that is this file; else None.

    Links are resolved first; what remains is opened step by step without following any, so that nobody can
    put one in its way meanwhile.
    """
    top = source if os.path.isdir(source) else os.path.dirname(source)
    if not name or "\0" in name or any(part.startswith(".") for part in name.split("/")):
        return None
    path = Path(os.path.realpath(os.path.join(top, name)))
    if not path.is_relative_to(top) or (top != source and str(path) != source):
        return None
    with suppress(OSError):
        return _without_links(top, path.relative_to(top).parts)
    return None


def _without_links(top: str, parts: tuple[str, ...]) -> int | None:
    folder = os.open(top, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts[:-1]:
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
            os.close(folder)
            folder = inner
        # A pipe that nobody writes to would else be waited for.
        file = os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    finally:
        os.close(folder)
    if stat.S_ISREG(os.stat(file).st_mode):
        return file
    os.close(file)
    return None
