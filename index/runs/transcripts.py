"""A scan and its transcript: one document, with the text of the transcript and both files.

Text of the scan that the transcript lacks, such as further pages, follows it under the name of the scan.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.extracted import Extracted, Passage, ReadError
from index.formats import ReadContext, format_of
from index.metadata.labels import Labels
from index.runs.inner_results import with_document, with_files
from index.runs.read_results import ReadDocument, RecordResult
from index.sources.files import SourceFile
from search.document import Block, Document

_WORD = re.compile(r"\w+")
_SAME = 0.5  # share of a passage's words, from which on the transcript has the passage in its own spelling


@dataclass(frozen=True, slots=True)
class Transcribed:
    """A document with its scans, and a remark about each scan that is not all in it."""

    result: RecordResult
    remarks: tuple[str, ...] = ()


def with_scans(record: RecordResult, scans: Iterable[SourceFile], labels: Labels) -> Transcribed:
    """The document of a transcript with its scans as files, and with their text as far as it lacks it."""
    assert isinstance(record.result, ReadDocument)  # noqa: S101 - failures have no scans
    document, remarks = record.result.document, []
    scans = tuple(scans)
    for scan in scans:
        name = scan.name.rpartition("/")[2]
        try:
            lacking = [passage for passage in _passages(scan, labels) if not _has(document, passage)]
        except MemoryError:
            raise
        except Exception as error:  # its transcript is read all the same
            reason = str(error) if isinstance(error, ReadError) else f"{type(error).__name__}: {error}"
            remarks.append(f"Its scan {name} cannot be read: {reason}")
            continue
        if lacking:
            document = _continued(document, [Passage("heading", name, 2), *lacking])
            remarks.append(f"Its scan {name} holds text that it lacks, which follows it.")
    named = with_files(record, document.source, *(scan.name for scan in scans))
    assert isinstance(named.result, ReadDocument)  # noqa: S101 - as above
    files = named.result.document.files
    return Transcribed(with_document(named, replace(document, files=files)), tuple(remarks))


def _passages(scan: SourceFile, labels: Labels) -> Iterator[Passage]:
    """The text of a scan; none of an image."""
    form = format_of(scan)
    for found in form.documents(scan, ReadContext(labels)) if form else ():
        if isinstance(found, Extracted):
            yield from found.passages


def _has(document: Document, passage: Passage) -> bool:
    """Whether most words of a passage stand in a document."""
    own = set(_WORD.findall(f"{document.title} {document.summary} {document.body}".casefold()))
    words = _WORD.findall(passage.text.casefold())
    return not words or sum(word in own for word in words) >= _SAME * len(words)


def _continued(document: Document, passages: Iterable[Passage]) -> Document:
    body, blocks = document.body, list(document.blocks)
    for passage in passages:
        start = len(body) + 2
        body = f"{body}\n\n{passage.text}"
        blocks.append(Block(passage.kind, start, len(body), passage.level, passage.page))
    return replace(document, body=body, blocks=tuple(blocks))
