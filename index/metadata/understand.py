"""From what a reader extracted to a Document: stated fields first, then the header, then title and text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.extracted import Extracted, Passage, Values
from index.metadata import ids
from index.metadata.dates import parse_date
from index.metadata.header import Header, parse_header
from index.metadata.labels import Labels
from index.metadata.names import names_in
from index.metadata.reference import find_reference, split_url
from index.metadata.signature import Signature, find_classification, find_date, find_dateline, find_signature
from index.metadata.title import Heading, read_heading
from index.record_fields import values_in
from index.sources.files import SourceFile
from search.document import ArchivalDate, Block, Certainty, Document, Reference

VERSION = 7
"""Raised when documents are understood differently: files are then read again."""

_DOUBT: tuple[Certainty, ...] = ("exact", "approximate", "uncertain")  # from none to much
_FIRST_LINE = 160  # characters of it that make do for a title


@dataclass(frozen=True, slots=True)
class UnderstoodDocument:
    """A document, and whether it has a title of its own."""

    document: Document
    titled: bool


def understand(extracted: Extracted, file: SourceFile, labels: Labels) -> UnderstoodDocument:
    """The document that a file or record is."""
    stated = extracted.fields
    if not extracted.header:
        return _assembled(extracted, file, dict(stated), extracted.passages, dict(extracted.extra))
    if extracted.signed is None:
        header = parse_header(extracted.passages, labels, titled=bool(stated.get("title")))
    else:
        header = Header({"title": _text(stated, "title")}, extracted.passages)
    fields: dict[str, Values] = _from_text(header, labels, extracted.signed)
    fields |= {name: value for name, value in stated.items() if value}
    kept = ("rights", "translation", "heading")
    extra = {name: value for name in kept if (value := header.fields.get(name))}
    if "heading" in extra and extra["heading"].split() == _text(fields, "title").split():
        del extra["heading"]
    return _assembled(extracted, file, fields, header.body, extra | dict(extracted.extra))


def _from_text(header: Header, labels: Labels, signed_by: str | None) -> dict[str, Values]:
    """The fields of the header, and what the title and the text add to them."""
    found = dict(header.fields)
    title, bare_type = _title(found, labels)
    heading = read_heading(title, labels)
    citation, url = split_url(found.get("citation", ""))
    dateline, place = find_dateline(header.body)
    kind = (
        found.get("type") or heading.type or bare_type or _type_of_summary(found.get("summary", ""), labels)
    )
    signature = _signature(header, kind, labels, signed_by)
    date = found.get("date") or _written(dateline, find_date(title), signature.date)
    fields: dict[str, Values] = {
        "title": title,
        "date": date,
        "authors": names_in(found.get("authors", "")) or _author(heading, signature, marked=bool(signed_by)),
        "recipients": _recipients(found) or tuple(filter(None, [heading.recipient.name])),
        "subjects": values_in(found.get("subjects", ""), ";", "\n"),
        "summary": found.get("summary", ""),
        "citation": " ".join(citation.split()),
        "credits": " ".join(found.get("credits", "").split()),
        "source_url": split_url(found["source_url"])[1] if "source_url" in found else url,
        "reference": found.get("reference") or citation,
        "classification": found.get("classification") or find_classification(header.body, labels),
        "type": kind,
        "place": found.get("place") or place,
    }
    return fields | {name: found[name] for name in ("language", "collection") if name in found}


def _signature(header: Header, kind: str, labels: Labels, signed_by: str | None) -> Signature:
    if kind in labels.authorless:
        return Signature()
    if signed_by is not None:
        return find_signature((Passage("paragraph", f"/s/ {signed_by}"),))
    return find_signature(header.body, signed=kind in labels.signed)


def _written(*dates: ArchivalDate | None) -> str:
    return next((date.text for date in dates if date), "")


def _author(heading: Heading, signature: Signature, *, marked: bool) -> tuple[str, ...]:
    """A person in the title; else who signs with the date; else the office in the title; else who signs.

    A signature that is marked up as one names the person who holds the office.
    """
    if heading.author.office and signature.name and (signature.dated or marked):
        return (signature.name,)
    return tuple(filter(None, [heading.author.name or signature.name]))


def _type_of_summary(summary: str, labels: Labels) -> str:
    """`Report on …` says what is summed up."""
    word = labels.type_word(summary[:_FIRST_LINE])
    return word.type if word and word.start == 0 and summary[0].isupper() else ""


def _title(found: Mapping[str, str], labels: Labels) -> tuple[str, str]:
    """The title, and the type that a title names which says nothing else: the subject is one then."""
    title, subject = (" ".join(found.get(name, "").split()) for name in ("title", "heading"))
    word = labels.type_word(title)
    bare = word.type if word and word.start == 0 and not title[word.end :].strip(" .:") else ""
    return (subject or title, bare) if bare else (title or subject, "")


def _recipients(found: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*names_in(found.get("recipients", "")), *names_in(found.get("copies", "")))))


def _assembled(
    extracted: Extracted,
    file: SourceFile,
    fields: Mapping[str, Values],
    passages: Sequence[Passage],
    extra: Mapping[str, str],
) -> UnderstoodDocument:
    body, blocks = _body(passages)
    title = _text(fields, "title")
    document = Document(
        id=_id(extracted, file, _text(fields, "id")),
        title=title or _makeshift_title(body, file),
        body=body,
        date=_date(_text(fields, "date"), _text(extracted.fields, "date_written")),
        authors=_several(fields, "authors"),
        recipients=_several(fields, "recipients"),
        subjects=_several(fields, "subjects"),
        summary=_text(fields, "summary"),
        collection=_text(fields, "collection") or _top_folder(file),
        language=_text(fields, "language"),
        type=_text(fields, "type"),
        place=_text(fields, "place"),
        citation=_text(fields, "citation"),
        credits=_text(fields, "credits"),
        source_url=_text(fields, "source_url"),
        reference=_reference(
            _text(extracted.fields, "reference"), _text(fields, "reference") or _text(fields, "citation")
        ),
        classification=_text(fields, "classification"),
        source=f"{file.name}#{extracted.number}" if extracted.number else file.name,
        blocks=blocks,
        extra=extra,
    )
    return UnderstoodDocument(document, bool(title))


def _text(fields: Mapping[str, Values], name: str) -> str:
    value = fields.get(name, "")
    return value if isinstance(value, str) else "; ".join(value)


def _several(fields: Mapping[str, Values], name: str) -> tuple[str, ...]:
    value = fields.get(name, ())
    return (value,) if isinstance(value, str) else value


def _date(plain: str, written: str) -> ArchivalDate | None:
    """The days of the editors' plain form, in the document's own words and as doubtful as either of them."""
    date, words = parse_date(plain), parse_date(written)
    if date is None or not date.understood or words is None:
        return words or date
    doubts = (date.certainty, words.certainty if words.understood else "exact")
    certainty = max(doubts, key=_DOUBT.index)
    return ArchivalDate(words.text, date.earliest, date.latest, certainty)


def _top_folder(file: SourceFile) -> str:
    """The folder below SOURCE that a file is in, which makes do for a collection."""
    folder, slash, _ = file.name.partition("/")
    return folder if slash else ""


def _reference(stated: str, text: str) -> Reference | None:
    """What is stated to be the reference is one, whatever it looks like; in a text it must show itself."""
    if stated:
        return find_reference(stated) or Reference(" ".join(stated.split()))
    return find_reference(text) if text else None


def _id(extracted: Extracted, file: SourceFile, own: str) -> str:
    if own:
        return ids.slug(own)
    if not extracted.number:
        return ids.file_slug(file.name)
    content = repr((sorted(extracted.fields.items()), extracted.passages, sorted(extracted.extra.items())))
    return f"{ids.file_slug(file.name)}-{ids.short_hash(content)}"


def _makeshift_title(body: str, file: SourceFile) -> str:
    line = body.partition("\n")[0]
    if len(line) > _FIRST_LINE:
        line = line[:_FIRST_LINE].rpartition(" ")[0] or line[:_FIRST_LINE]
        line += "…"
    return line or file.name


def _body(passages: Iterable[Passage]) -> tuple[str, tuple[Block, ...]]:
    texts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for passage in passages:
        blocks.append(Block(passage.kind, at, at + len(passage.text), passage.level, passage.page))
        texts.append(passage.text)
        at += len(passage.text) + 2
    return "\n\n".join(texts), tuple(blocks)
