"""From a document to its citation: the CSL-JSON item, the note and the entry of a bibliography."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from search.citation.chicago import bibliography_entry, note, publication
from search.citation.csl import CslItem
from search.citation.dates import csl_date
from search.citation.kinds import kind_of
from search.citation.names import csl_name, is_nobody
from search.citation.plain_text import says_something
from search.document import Document, Reference
from search.one_line import one_line
from search.vocabulary.languages import language_tag

_PUBLICATIONS = ("volume", "publication", "newspaper", "journal", "book", "published in")
"""Names in `Document.extra` under which archives state where a document is printed."""

_NOT_IN_ADDRESSES = str.maketrans({char: f"%{ord(char):02X}" for char in ' "<>\\^`{|}'})


@dataclass(frozen=True, slots=True)
class Citation:
    """A document's `note` and entry of a `bibliography` in the Chicago style, plain text, and its item.

    `publication` is the part of both that is in italics where there are any; often empty.
    """

    note: str
    bibliography: str
    item: CslItem
    publication: str = ""


def cite(
    document: Document, permalink: str, accessed: date, *, archive_title: str = "", parent_title: str = ""
) -> Citation:
    """The citation of a document that was read on the day `accessed`.

    `permalink` is its lasting address; where that is no absolute one, the address at its source stands in.
    `archive_title` is the title of the archive that shows it, `parent_title` that of what it is attached to.
    """
    item = csl_item(document, permalink, accessed, archive_title=archive_title, parent_title=parent_title)
    return Citation(
        note(document, item), bibliography_entry(document, item), item, publication(document, item)
    )


def csl_item(
    document: Document, permalink: str, accessed: date, *, archive_title: str = "", parent_title: str = ""
) -> CslItem:
    """The item of a document; the parameters are those of `cite`."""
    item: CslItem = {"id": document.id, "type": kind_of(document.type).csl, "title": _title(document)}
    if authors := _people(document.authors):
        item["author"] = [csl_name(name) for name in authors]
    if recipients := _people(document.recipients):
        item["recipient"] = [csl_name(name) for name in recipients]
    if issued := csl_date(document.date):
        item["issued"] = issued
    address = next(filter(_is_absolute, map(_address, (permalink, document.source_url))), "")
    archive, location = _place_in_archive(document.reference)
    texts: CslItem = {
        "genre": one_line(document.type),
        "container-title": one_line(parent_title) or _volume(document),
        "archive_collection": one_line(document.collection),
        "archive_location": location,
        "archive": archive,
        "source": one_line(archive_title),
        "event-place": one_line(document.place).strip(" ,"),
        "language": "; ".join(language_tag(name) or name for name in one_line(document.language).split("; ")),
        "abstract": one_line(document.summary),
        "keyword": "; ".join(_keywords(document)),
        "note": " ".join(_remarks(document, address)),
        "URL": address,
    }
    item |= {key: text for key, text in texts.items() if text}  # type: ignore[typeddict-item]
    if address:
        item["accessed"] = {"date-parts": [[accessed.year, accessed.month, accessed.day]]}
    return item


def _title(document: Document) -> str:
    """The title; in square brackets where nothing states one and a line or a file's name stands for it."""
    title = one_line(document.title)
    if not title.strip(" .,;:"):
        return "[untitled]"
    is_bracketed = title.startswith("[") and title.endswith("]")
    return title if is_bracketed or not document.makeshift_title else f"[{title}]"


def _volume(document: Document) -> str:
    """The title of the publication in which the document is printed, if one is stated."""
    stated = {key.casefold(): one_line(text) for key, text in document.extra.items()}
    titles = (stated.get(key, "") for key in _PUBLICATIONS)
    return next((title for title in titles if " " in title), "")  # no mere number


def _keywords(document: Document) -> Iterator[str]:
    """The subjects; one with a semicolon, which stands between keywords, is several."""
    for subject in document.subjects:
        yield from filter(None, (part.strip() for part in one_line(subject).split(";")))


def _people(names: tuple[str, ...]) -> list[str]:
    """The names that name somebody; who is unknown is left out (Chicago 14.79)."""
    return [name for name in map(one_line, names) if says_something(name) and not is_nobody(name)]


def _address(text: str) -> str:
    """An address with percent signs for what none has, such as spaces and braces (RFC 3986, RFC 3987)."""
    return one_line(text).translate(_NOT_IN_ADDRESSES)


def _is_absolute(address: str) -> bool:
    return address.startswith(("https://", "http://"))


def _place_in_archive(reference: Reference | None) -> tuple[str, str]:
    """The archive, and the place in it: the reference without the archive, if that is the only one."""
    if reference is None:
        return "", ""
    archive, text = one_line(reference.archive), one_line(reference.text)
    rest = text.removeprefix(archive).lstrip(" ,.:;،؛，、；")
    names_several = ";" in rest or " and " in rest
    return archive, text if names_several else rest


def _remarks(document: Document, address: str) -> Iterator[str]:
    """What has no field of its own in an item, as sentences."""
    source = one_line(document.source_url)
    labelled = {
        "": document.credits,
        "Classification: ": document.classification,
        "Cited at its source as: ": document.citation,
        "Source: ": source if _address(source) != address else "",
    }
    for label, text in labelled.items():
        if value := one_line(text):
            yield label + value + ("" if value.endswith((".", "!", "?")) or value == source else ".")
