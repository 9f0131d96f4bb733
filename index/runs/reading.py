"""From a file to its documents, one at a time, whatever is wrong with it."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from index import formats
from index.extracted import BadRecord, Extracted, ReadError
from index.formats.text import plain
from index.metadata import understand as understanding
from index.metadata.labels import Labels
from index.runs.manifest import DocumentEntry, SourceFailure
from index.sources.alias_file import named_alike
from index.sources.files import Beside, SourceFile
from index.sources.sidecar import is_withheld
from search.analyzed import AnalyzedDocument
from search.document import Document, to_bytes

_SPACES = b" \t\n\r\v\f"

LAST = 1 << 60
"""The number of what stands behind all records."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document with its entry in the manifest."""

    document: Document
    entry: DocumentEntry


@dataclass(frozen=True, slots=True)
class RecordResult:
    """What was found, `number` of the records of its file, when `at` bytes of it were read, if known."""

    found: ReadDocument | SourceFailure
    number: int = 0
    at: int = 0


@dataclass(frozen=True, slots=True)
class IndexableDocument:
    """A document that can be put, with its entry in the manifest; `analyzed` gives it, if it is wanted.

    `source` is the document's; `at` is how many bytes of its file were read for it, where that is known.
    """

    entry: DocumentEntry
    source: str
    analyzed: Callable[[], AnalyzedDocument]
    at: int = 0


ReadResult = IndexableDocument | SourceFailure
FileResults = tuple[SourceFile, Iterator[ReadResult]]
ReadAll = Callable[[Sequence[SourceFile]], Iterator[FileResults]]
"""Gives each file with what it holds, in order; each to be taken to its end before the next."""


def file_key(file: SourceFile, labels: Labels) -> str:
    """Changes with everything that decides what a file gives.

    Raises OSError if it cannot be read, ReadError if what is said beside it cannot.
    """
    if file.error:
        raise file.error
    return f"{file.sha256()}{file.beside.key}-{formats.VERSION}-{understanding.VERSION}-{labels.fingerprint}"


def read(file: SourceFile, labels: Labels) -> Iterator[ReadDocument | SourceFailure]:
    """The documents of a file in order; a record that cannot be read is a failure, and so is the file."""
    return (result.found for result in record_results(file, labels))


def record_results(file: SourceFile, labels: Labels) -> Iterator[RecordResult]:
    """As `read`, with the place of each: a Failure of the file has the number LAST."""
    reader = formats.reader_of(file)
    if reader is None:  # it became another since the plan was made
        yield _failed(file, formats.why_not_read(file))
        return
    try:
        for extracted in reader(file):
            if file.part.holds(extracted.number) and (result := _step(extracted, file, labels)):
                yield result
    except (ReadError, OSError) as error:
        yield RecordResult(unreadable(file, error), LAST)
    except MemoryError:
        yield _failed(file, "It takes more memory to read than one file may.")
    except Exception as error:
        yield _failed(file, f"It could not be understood ({type(error).__name__}: {error}).")


def _failed(file: SourceFile, reason: str) -> RecordResult:
    return RecordResult(SourceFailure(file.name, reason), LAST)


def _step(extracted: Extracted | BadRecord, file: SourceFile, labels: Labels) -> RecordResult | None:
    number = extracted.number
    try:
        if isinstance(extracted, BadRecord):
            return RecordResult(SourceFailure(_name(file, number), extracted.reason), number)
        if is_withheld(extracted.extra):
            return None
    except ReadError as error:
        return RecordResult(SourceFailure(_name(file, number), str(error)), number)
    understood = understanding.understand(_with_sidecar(extracted, file.beside), file, labels)
    document = named_alike(understood.document, file.aliases)
    entry = _entry(document, number, titled=understood.titled)
    return RecordResult(ReadDocument(document, entry), number, extracted.at)


def _with_sidecar(extracted: Extracted, beside: Beside) -> Extracted:
    """A document with what is said beside its file; a body that is stated there takes its text's place."""
    if not beside.key:
        return extracted
    fields = {**extracted.fields, **beside.fields}
    found = replace(extracted, fields=fields, extra={**extracted.extra, **beside.extra})
    if body := fields.pop("body", ""):
        return replace(found, passages=plain(str(body)), header=False)
    return found


def unreadable(file: SourceFile, error: OSError | ReadError) -> SourceFailure:
    """The failure of a file that the system does not give, or that nobody may read."""
    if isinstance(error, ReadError):
        return SourceFailure(file.name, str(error))
    return SourceFailure(file.name, f"It cannot be opened: {error.strerror or error}.")


def _name(file: SourceFile, number: int) -> str:
    return f"{file.name}#{number}" if number else file.name


def _entry(document: Document, number: int, *, titled: bool) -> DocumentEntry:
    text = (document.body or document.summary).casefold().strip()
    return DocumentEntry(
        id=document.id,
        key=_hash(to_bytes(replace(document, source=""))),
        number=number,
        text=_hash(text.encode().translate(None, _SPACES)) if text else b"",
        authors=document.authors,
        undated=document.date is None,
        date_not_understood=document.date is not None and not document.date.understood,
        untitled=not titled,
        recipients=document.recipients,
    )


def _hash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=12).digest()
