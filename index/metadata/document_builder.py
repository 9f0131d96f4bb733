"""From fields and passages to a `Document`, with an id, a title and blocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.extracted import Extracted, Passage, Values
from index.metadata import ids
from index.metadata.dates import parse_date
from index.metadata.reference import find_reference
from index.sources.files import SourceFile
from search.document import ArchivalDate, Block, Certainty, Document, Reference
from search.vocabulary.languages import language_names

_DECREASING_CERTAINTY: tuple[Certainty, ...] = ("exact", "approximate", "uncertain")
_TITLE_LENGTH = 160  # characters of the first line that stand for a missing title


@dataclass(frozen=True, slots=True)
class UnderstoodDocument:
    """A document, and whether its title is its own (`titled`) or made up from its text or file name.

    Of the `characters` that were extracted, `boilerplate` are in no field and not in the body, or only tell
    how the document may be used.
    """

    document: Document
    titled: bool
    characters: int = 0
    boilerplate: int = 0


def build_document(
    extracted: Extracted,
    file: SourceFile,
    fields: Mapping[str, Values],
    passages: Sequence[Passage],
    extra: Mapping[str, str],
) -> UnderstoodDocument:
    """The document with these fields and passages; a missing id, title or collection is made up."""
    body, blocks = _body(passages)
    title = as_text(fields, "title")
    document = Document(
        id=_id(extracted, file, as_text(fields, "id")),
        title=title or _makeshift_title(body, file),
        body=body,
        date=_date(as_text(fields, "date"), as_text(extracted.fields, "date_written")),
        authors=_several(fields, "authors"),
        recipients=_several(fields, "recipients"),
        subjects=_several(fields, "subjects"),
        summary=as_text(fields, "summary"),
        collection=as_text(fields, "collection") or _top_folder(file),
        language=language_names(as_text(fields, "language")),
        type=as_text(fields, "type"),
        place=as_text(fields, "place"),
        citation=as_text(fields, "citation"),
        credits=as_text(fields, "credits"),
        source_url=as_text(fields, "source_url"),
        reference=_reference(
            as_text(extracted.fields, "reference"),
            as_text(fields, "reference") or as_text(fields, "citation"),
        ),
        classification=as_text(fields, "classification"),
        source=f"{file.name}#{extracted.number}" if extracted.number else file.name,
        blocks=blocks,
        extra=extra,
        folder=file.name.rpartition("/")[0],
        makeshift_title=not title,
    )
    characters = sum([len(passage.text) for passage in extracted.passages]) + extracted.boilerplate
    return UnderstoodDocument(document, bool(title), characters, extracted.boilerplate)


def as_text(fields: Mapping[str, Values], name: str) -> str:
    """A field as one text, several values with `; ` between them; empty if there is none."""
    value = fields.get(name, "")
    return value if isinstance(value, str) else "; ".join(value)


def _several(fields: Mapping[str, Values], name: str) -> tuple[str, ...]:
    value = fields.get(name, ())
    return (value,) if isinstance(value, str) else value


def _date(plain: str, written: str) -> ArchivalDate | None:
    """The editors' plain form of a date with the document's own words, at the lower certainty of the two."""
    date = parse_date(plain) if plain else None
    words = parse_date(written) if written else None
    if date is None or not date.understood or words is None:
        return words or date
    doubts = (date.certainty, words.certainty if words.understood else "exact")
    certainty = max(doubts, key=_DECREASING_CERTAINTY.index)
    return ArchivalDate(words.text, date.earliest, date.latest, certainty)


def _top_folder(file: SourceFile) -> str:
    """The topmost folder of a file below its SOURCE, which is its collection if none is stated."""
    folder, slash, _ = file.name.partition("/")
    return folder if slash else ""


def _reference(stated: str, text: str) -> Reference | None:
    """The archival reference: any text that is stated as one, else what looks like one in another field."""
    if stated:
        return find_reference(stated) or Reference(" ".join(stated.split()))
    return find_reference(text) if text else None


def _id(extracted: Extracted, file: SourceFile, own: str) -> str:
    """The id from the stated one, else from the file's name; of a record, with a hash of its content."""
    if own:
        return ids.slug(own)
    if not extracted.number:
        return ids.file_slug(file.name)
    content = repr((sorted(extracted.fields.items()), extracted.passages, sorted(extracted.extra.items())))
    return f"{ids.file_slug(file.name)}-{ids.short_hash(content)}"


def _makeshift_title(body: str, file: SourceFile) -> str:
    """The first line of the text, shortened, or the file's name."""
    line = body.partition("\n")[0]
    if len(line) > _TITLE_LENGTH:
        line = line[:_TITLE_LENGTH].rpartition(" ")[0] or line[:_TITLE_LENGTH]
        line += "…"
    return line or file.name


def _body(passages: Sequence[Passage]) -> tuple[str, tuple[Block, ...]]:
    """The text of the passages, with blank lines between them, and where each stands in it."""
    blocks: list[Block] = []
    at = 0
    for passage in passages:
        end = at + len(passage.text)
        blocks.append(Block(passage.kind, at, end, passage.level, passage.page))
        at = end + 2
    return "\n\n".join([passage.text for passage in passages]), tuple(blocks)
