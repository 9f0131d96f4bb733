"""Understands a document: stated fields are believed first, then the header block, then title and text."""

from collections.abc import Mapping
from dataclasses import replace

from index.extracted import Extracted, Passage, Values
from index.metadata.cable import read_cable
from index.metadata.document_builder import UnderstoodDocument, as_text, build_document
from index.metadata.header import Header, parse_header
from index.metadata.header_block.stated import unplaced
from index.metadata.labels import Labels
from index.metadata.names import names_in
from index.metadata.reference import split_url
from index.metadata.signature import (
    Signature,
    begins_with_salutation,
    find_classification,
    find_dateline,
    find_meeting_day,
    find_signature,
)
from index.metadata.title import Heading, read_heading
from index.record_fields import values_in
from index.sources.files import SourceFile
from search.document import ArchivalDate

VERSION = 17
"""Raised when documents are understood differently, so that files are read again."""

_SUMMARY_TYPE_WITHIN = 160  # characters at the beginning of a summary in which it names a type


def understand(extracted: Extracted, file: SourceFile, labels: Labels) -> UnderstoodDocument:
    """The document of a file or record, from what its reader extracted."""
    stated = {name: value for name, value in extracted.fields.items() if value}
    fields: dict[str, Values]
    if not extracted.header:
        fields = _from_title(as_text(stated, "title"), labels) | stated
        return build_document(extracted, file, fields, extracted.passages, dict(extracted.extra))
    if extracted.signed is None and (cable := read_cable(extracted.passages)):
        fields = dict(cable.fields) | stated
        extra = {**cable.extra, **extracted.extra}
        understood = build_document(extracted, file, fields, cable.body, extra)
        return replace(understood, boilerplate=understood.boilerplate + cable.boilerplate)
    if extracted.signed is None:
        header = parse_header(extracted.passages, labels, titled=bool(stated.get("title")))
    else:
        header = Header({"title": as_text(stated, "title")}, extracted.passages)
    if title := as_text(stated, "title"):
        header = Header({**header.fields, "title": title}, header.body)
    fields = _from_text(header, labels, extracted.signed)
    fields |= stated
    kept = ("rights", "translation", "heading")
    extra = {name: value for name in kept if (value := header.fields.get(name))}
    if "heading" in extra and extra["heading"].split() == as_text(fields, "title").split():
        del extra["heading"]
    understood = build_document(extracted, file, fields, header.body, extra | dict(extracted.extra))
    if missing := unplaced(header.stated, understood.document):
        document = replace(understood.document, extra={**understood.document.extra, **missing})
        understood = replace(understood, document=document)
    if not header.boilerplate:
        return understood
    return replace(understood, boilerplate=understood.boilerplate + header.boilerplate)


def _from_title(title: str, labels: Labels) -> dict[str, Values]:
    """The fields that the title of a record states."""
    heading = read_heading(title, labels)
    return {
        "date": _first_text(heading.date),
        "authors": tuple(author.name for author in heading.authors),
        "recipients": tuple(recipient.name for recipient in heading.recipients),
        "type": heading.type,
        "place": heading.place,
    }


def _from_text(header: Header, labels: Labels, signed_by: str | None) -> dict[str, Values]:
    """The fields of the header block, completed from the title and the text."""
    found = dict(header.fields)
    title, bare_type = _title(found, labels)
    heading = read_heading(title, labels, letter=begins_with_salutation(header.body))
    citation, url = split_url(found.get("citation", ""))
    dateline, place = find_dateline(header.body)
    kind = (
        found.get("type") or heading.type or bare_type or _type_of_summary(found.get("summary", ""), labels)
    )
    signature = _signature(header, kind, labels, signed_by)
    met = find_meeting_day(header.body) if kind in labels.authorless else None
    date = found.get("date") or _first_text(dateline, heading.date, met, signature.date)
    fields: dict[str, Values] = {
        "title": title,
        "date": date,
        "authors": names_in(found.get("authors", "")) or _author(heading, signature, marked=bool(signed_by)),
        "recipients": _recipients(found) or tuple(party.name for party in heading.recipients),
        "subjects": values_in(found.get("subjects", ""), ";", "\n"),
        "summary": found.get("summary", ""),
        "citation": " ".join(citation.split()),
        "credits": " ".join(found.get("credits", "").split()),
        "source_url": split_url(found["source_url"])[1] if "source_url" in found else url,
        "reference": found.get("reference") or citation,
        "classification": found.get("classification") or find_classification(header.body, labels),
        "type": kind,
        "place": found.get("place") or place or heading.place,
    }
    return fields | {name: found[name] for name in ("language", "collection") if name in found}


def _signature(header: Header, kind: str, labels: Labels, signed_by: str | None) -> Signature:
    """The signature that the format marks up, else the one found below the text."""
    if kind in labels.authorless:
        return Signature()
    if signed_by is not None:
        return find_signature((Passage("paragraph", f"/s/ {signed_by}"),))
    return find_signature(header.body, signed=kind in labels.signed)


def _first_text(*dates: ArchivalDate | None) -> str:
    """The words of the first date there is."""
    return next((date.text for date in dates if date), "")


def _author(heading: Heading, signature: Signature, *, marked: bool) -> tuple[str, ...]:
    """The author: a person in the title, else a dated signature, an office in the title, or a signature.

    A signature that the format marks up as one (`marked`) counts like a dated one.
    """
    if heading.by_office and signature.name and (signature.dated or marked):
        return (signature.name,)
    return tuple(author.name for author in heading.authors) or tuple(filter(None, [signature.name]))


def _type_of_summary(summary: str, labels: Labels) -> str:
    """The type that a summary begins with, as in `Report on …`; empty if it begins otherwise."""
    word = labels.type_word(summary[:_SUMMARY_TYPE_WITHIN])
    return word.type if word and word.start == 0 and summary[0].isupper() else ""


def _title(found: Mapping[str, str], labels: Labels) -> tuple[str, str]:
    """The title, and the type if the title states nothing else; the subject line is the title then."""
    title, subject = (" ".join(found.get(name, "").split()) for name in ("title", "heading"))
    word = labels.type_word(title)
    bare = word.type if word and word.start == 0 and not title[word.end :].strip(" .:") else ""
    return (subject or title, bare) if bare else (title or subject, "")


def _recipients(found: Mapping[str, str]) -> tuple[str, ...]:
    """Recipients and recipients of copies, each once."""
    return tuple(dict.fromkeys((*names_in(found.get("recipients", "")), *names_in(found.get("copies", "")))))
