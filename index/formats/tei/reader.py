"""TEI: a file may contain a letter, a volume of hundreds of documents, or a corpus of texts.

It is streamed twice and never held in memory whole: first to find its documents, and to check that it is
complete; then to extract them, one at a time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.extracted import Extracted, Passage, Values
from index.formats.format import ReadContext
from index.formats.support.stream import drop, events, name_of, name_of_parent, own_id
from index.formats.tei import cmif
from index.formats.tei.divisions import DIVISIONS, PARTS, Contents, contents_of
from index.formats.tei.fields import fields_of, head_of, signed_of
from index.formats.tei.header import Titles, header_extra, header_fields, source_date, titles_of
from index.formats.tei.people import names_in_registers
from index.formats.tei.text import passages_of
from index.formats.tei.walk import line_of
from index.metadata import ids
from index.metadata.labels import Labels
from index.metadata.signature import find_dateline
from index.metadata.title_date import split_date
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element

ROOTS = frozenset({"tei", "tei.2", "teicorpus", "teicorpus.2"})

_KEPT_WHOLE = frozenset({"teiheader", "head"})


def read(file: SourceFile, context: ReadContext) -> Iterable[Extracted]:
    """The documents of a TEI file, in order.

    Raises ReadError behind the last document that is complete if the file is broken or cut short, and
    before the first if none is.
    """
    contents = contents_of(file, context.remarks)
    return cmif.read(file) if contents.is_letter_list else _documents(file, contents, context.labels)


def _documents(file: SourceFile, contents: Contents, labels: Labels) -> Iterable[Extracted]:
    whole: set[int] = set()  # numbers of the documents that are all of their text
    numbers: set[int] = set()
    for text in contents.texts:
        documents = [part.number for part in text.documents() if part.ended]
        numbers.update(documents)
        whole.update(documents if len(documents) == 1 and text.ended else ())
    first = 1 if len(numbers) > 1 or not all(text.ended for text in contents.texts) else 0
    for position, found in enumerate(_Documents(file, numbers).read(), first):
        yield _extracted(file, found, position, labels, contents.registered, described=found.number in whole)
    if contents.broken:
        raise contents.broken


@dataclass(frozen=True, slots=True)
class _Header:
    """What a teiHeader states about its text; `source_date` counts if no other date is known."""

    id: str = ""
    titles: Titles = field(default_factory=Titles)
    fields: Mapping[str, Values] = field(default_factory=dict)
    source_date: Mapping[str, Values] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _DocumentElement:
    """The element of a document, the headers and headings around it, and the page on which it begins."""

    number: int
    element: "_Element"
    page: str
    above: tuple[str, ...]
    headers: tuple[_Header, ...]


class _Documents:
    """A walk over the file that stops at the end of each document."""

    def __init__(self, file: SourceFile, numbers: set[int]) -> None:
        self._file = file
        self._numbers = numbers
        self._number = 0
        self._page = ""
        self._above: list[str] = []  # the headings of the parts around
        self._headers: list[_Header] = []

    def read(self) -> Iterator[_DocumentElement]:
        """The documents, in order; the element of one is emptied when the next is requested."""
        kept: _Element | None = None  # is kept whole: a document, or what says something about some
        number, page = 0, ""
        for event, element in events(self._file):
            name = name_of(element)
            if event == "start":
                self._begin(element, name, around=kept is None)
                if kept is None and (name in _KEPT_WHOLE or self._is_document(name)):
                    kept, number, page = element, self._number, self._page
            elif kept is None or kept is element:
                if kept is element and name in PARTS:
                    above = tuple(filter(None, self._above[:-1]))
                    yield _DocumentElement(number, element, page, above, tuple(self._headers))
                kept = None
                self._end(element, name)
                drop(element)

    def _is_document(self, name: str) -> bool:
        return name in PARTS and self._number in self._numbers

    def _begin(self, element: "_Element", name: str, *, around: bool) -> None:
        if name == "pb":
            self._page = element.get("n") or self._page
        elif name in PARTS:
            self._number += 1
            if around:
                self._above.append("")
        elif name in ROOTS:
            self._headers.append(_Header(own_id(element)))

    def _end(self, element: "_Element", name: str) -> None:
        if name in PARTS:
            self._above.pop()
        elif name in ROOTS:
            self._headers.pop()
        elif name == "teiheader" and self._headers:
            self._headers[-1] = _Header(
                self._headers[-1].id,
                titles_of(element),
                header_fields(element),
                source_date(element),
                header_extra(element),
            )
        elif name == "head" and name_of_parent(element) in DIVISIONS:
            self._above[-1] = self._above[-1] or line_of(element)


def _extracted(
    file: SourceFile,
    found: _DocumentElement,
    position: int,
    labels: Labels,
    registered: Iterable[str],
    *,
    described: bool,
) -> Extracted:
    """A document; a header that describes it alone (`described`) adds the fields that it lacks."""
    head = head_of(found.element)
    fields = fields_of(found.element, head, labels)
    own = found.headers[-1] if found.headers else _Header()
    volumes = found.headers if not described else found.headers[:-1]
    collection = next(filter(None, (header.titles.whole for header in reversed(volumes))), "")
    extra: dict[str, str] = {"part of": " › ".join(found.above)} if found.above else {}
    doc_id = own_id(found.element)
    if described:
        fields = {**own.fields, **{name: value for name, value in fields.items() if value}}
        fields["title"], of = _title(own.titles, head)
        collection, extra, doc_id = of or collection, {**own.extra, **extra}, doc_id or own.id
        head = head if line_of(head) == fields["title"] else None
    if position and doc_id:
        fields["id"] = f"{ids.file_slug(file.name)}-{doc_id}"
    fields["collection"] = collection
    passages = passages_of(found.element, found.page, head)
    if described and not (fields.get("date") or _dated(fields, passages)):
        fields.update(own.source_date)
    if names := [*names_in_registers(found.element), *(() if position else registered)]:
        extra["names in registers"] = "; ".join(dict.fromkeys(names))
    return Extracted(passages, fields, extra, position, signed=signed_of(found.element))


def _title(titles: Titles, head: "_Element | None") -> tuple[str, str]:
    """The title of a text that is one document, and the title of what contains it."""
    if titles.document:
        return titles.document, titles.volume or titles.series
    return titles.volume or line_of(head) or titles.series, titles.series if titles.volume else ""


def _dated(fields: Mapping[str, Values], passages: Sequence[Passage]) -> bool:
    """Whether the title or the first lines state a date."""
    return split_date(str(fields.get("title", ""))).to_the_day or find_dateline(passages)[0] is not None
