"""Which words are in a file? Told by extractors that share no code with the readers.

pdftotext where it is installed, `email`, `zipfile`, `html.parser`, `xml`, `csv`, `json`, else plain decoding.
A word is what stands free between spaces or punctuation, in one element of the markup, and is no label; what
becomes of others is for the readers to decide.
"""

import csv
import gzip
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

_EDGE = "\0"  # between texts of different elements
_WORD = re.compile(r"(?<![^\s(])[^\W\d_]{4,24}(?=[\s,;!?)]|\.\s|\.?\Z)")
_BROKEN = re.compile(r"\S*[-‐¬\xad=_]\r?\n\s*\S*")  # words at the end of a line, soft line ends of mail
_NO_TEXT = {"script", "style", "nav", "template", "noscript", "select", "button", "textarea", "svg"}


def decoded(data: bytes) -> str:
    """Text in UTF-16 or UTF-8; of any other encoding, only what all have in common."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte < 128 else _EDGE for byte in data)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._closed: Counter[str] = Counter()  # elements without text that are open

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self._closed[tag] += tag in _NO_TEXT

    def handle_endtag(self, tag: str) -> None:
        self._closed[tag] = max(0, self._closed[tag] - 1)

    def handle_data(self, data: str) -> None:
        if not self._closed.total():
            self.texts.append(data)


def html(data: bytes) -> str:
    page = _Page()
    page.feed(decoded(data))
    return _EDGE.join(page.texts)


def xml(data: bytes) -> str:
    """The text of TEI is in <text>; that of what is not well formed is in no XML."""
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - files of one's own
    except (ElementTree.ParseError, LookupError, ValueError):
        return ""
    body = next((node for node in root.iter() if str(node.tag).rpartition("}")[2] == "text"), root)
    return _EDGE.join(body.itertext())


def package(data: bytes) -> str:
    """The texts of DOCX, XLSX, ODT and EPUB."""
    texts = re.compile(r"/document\.xml$|^content\.xml$|html$|^xl/(?:sharedStrings\.xml$|worksheets/)")
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        names = [name for name in files.namelist() if texts.search(name)]
        return _EDGE.join((html if name.endswith("html") else xml)(files.read(name)) for name in names)


def message(data: bytes) -> str:
    """The plain text of one message, without what is attached."""
    parts = [
        part for part in message_from_bytes(data, policy=policy.default).walk() if not part.get_filename()
    ]
    return _EDGE.join(str(part.get_content()) for part in parts if part.get_content_type() == "text/plain")


def messages(data: bytes) -> str:
    return _EDGE.join(map(message, re.split(rb"^From .*\n", data, flags=re.MULTILINE)))


def table(data: bytes) -> str:
    rows = csv.reader(io.StringIO(decoded(data)))
    next(rows, None)
    return _EDGE.join(value for row in rows for value in row)


def json_lines(data: bytes) -> str:
    return _EDGE.join(map(json_text, data.splitlines()))


def json_text(data: bytes) -> str:
    return _EDGE.join(strings(json.loads(decoded(data) or "null")))


def strings(value: Any) -> Iterator[str]:
    """The strings in a JSON value, without its keys."""
    match value:
        case str():
            yield value
        case list() | dict():
            for inner in value.values() if isinstance(value, dict) else value:
                yield from strings(inner)


def pdf(data: bytes) -> str:
    tool = shutil.which("pdftotext")
    command = [tool, "-enc", "UTF-8", "-", "-"] if tool else ["true"]
    return subprocess.run(command, input=data, capture_output=True, check=False).stdout.decode()


EXTRACTORS: dict[str, Callable[[bytes], str]] = {
    ".html": html, ".htm": html, ".xhtml": html, ".xml": xml, ".docx": package, ".odt": package,
    ".epub": package, ".pdf": pdf, ".eml": message, ".mbox": messages, ".csv": table, ".json": json_text,
    ".jsonl": json_lines, ".xlsx": package, ".ods": package,
}  # fmt: skip


def words_of(path: Path) -> frozenset[str]:
    """The words of a file; none where its extractor finds it broken."""
    data = path.read_bytes()
    name = path.name.lower().removesuffix(".gz")
    try:
        data = gzip.decompress(data) if name != path.name.lower() else data
        text = EXTRACTORS.get(Path(name).suffix, decoded)(data)
    except (ValueError, LookupError, OSError, csv.Error, zipfile.BadZipFile, RecursionError):
        return frozenset()
    return frozenset(word.casefold() for word in _WORD.findall(_BROKEN.sub(_EDGE, text)))
