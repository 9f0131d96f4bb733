"""What becomes of the results of a file that lies inside another: their numbers, and what they belong to."""

from dataclasses import replace

import msgspec

from index.runs.read_results import ReadDocument, RecordResult, document_key
from search.document import Document


def numbered(record: RecordResult, number: int) -> RecordResult:
    """A result as the one of record `number` of the file around it."""
    result = record.result
    if isinstance(result, ReadDocument):
        result = replace(result, entry=msgspec.structs.replace(result.entry, number=number))
    return RecordResult(result, number)


def with_files(record: RecordResult, *names: str) -> RecordResult:
    """A document with the paths of its files, unless they are known."""
    if not isinstance(record.result, ReadDocument) or record.result.document.files:
        return record
    return with_document(record, replace(record.result.document, files=names))


def as_part(record: RecordResult, whole: Document) -> RecordResult:
    """A document as a part of another, in whose folder it is; one that is a part already stays so."""
    if not isinstance(record.result, ReadDocument):
        return record
    part = record.result.document
    made_up = part.collection == part.source.partition("/")[0]
    changed = replace(
        part,
        parent=part.parent or whole.id,
        folder=whole.folder,
        collection=whole.collection if made_up else part.collection,
    )
    return with_document(record, changed)


def with_document(record: RecordResult, document: Document) -> RecordResult:
    """A result with another document in place of its own."""
    assert isinstance(record.result, ReadDocument)  # noqa: S101 - failures have no document
    entry = msgspec.structs.replace(record.result.entry, key=document_key(document))
    return replace(record, result=ReadDocument(document, entry))
