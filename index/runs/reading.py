"""From a file to its documents, one at a time; whatever is wrong with a file or record is a failure.

A file is read and understood here (`record_results`) and analysed by the caller: in this process
(`read_here`) or in a worker, which sends the results to the process that writes (`index.runs.messages`).
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from index import formats
from index.extracted import BadRecord, Extracted, Member, ReadError
from index.formats.text import plain
from index.metadata import understand as understanding
from index.metadata.document_builder import UnderstoodDocument
from index.metadata.labels import Labels
from index.metadata.names import with_preferred_names
from index.metadata.text_language import TextLanguages, text_languages
from index.runs.grouping import FileGroup
from index.runs.inner_results import as_part, numbered, with_files
from index.runs.manifest.entries import DocumentEntry, SourceFailure, unreadable
from index.runs.read_results import (
    LAST,
    FileResults,
    IndexableDocument,
    ReadDocument,
    ReadResult,
    RecordResult,
    content_hash,
    document_key,
)
from index.runs.transcripts import with_scans
from index.runs.unpacking import Allowance, unpacked
from index.sources.files import SourceFile
from index.sources.read_task import ReadTask
from index.sources.sidecar import Sidecar, is_withheld
from index.workers.limits import NO_MEMORY
from search.analyzed import analyze
from search.document import Document, in_language
from search.schema import Schema

_SPACES = b" \t\n\r\v\f"
_SMALL = bytes(range(0x100)).lower()  # of letters of ASCII


@dataclass(frozen=True, slots=True)
class _Rules:
    """By what documents are understood, the same for all files of a run."""

    labels: Labels
    languages: TextLanguages


def file_key(group: FileGroup, labels: Labels) -> str:
    """A key that changes with everything a file's documents depend on.

    These are its content, its sidecar, the versions of the readers and of `understand`, and the labels.
    """
    versions = f"{formats.VERSION}-{understanding.VERSION}-{labels.fingerprint}"
    content = ""
    if group.members:
        digest = hashlib.sha256()
        for member in group.members:
            digest.update(member.file.name.encode("utf-8", "backslashreplace") + b"\0")
            digest.update(member.inspected.sha256.encode())
        content = digest.hexdigest()
    if group.first not in group.members:
        content = group.first.inspected.sha256 + content
    for scan in group.scans:
        content = content_hash(
            f"{content}\0{scan.file.name}\0{scan.inspected.sha256}".encode("utf-8", "replace")
        ).hex()
    return f"{content}{group.sidecar.key}-{versions}"


def read_here(tasks: Iterable[ReadTask], labels: Labels, schema: Schema) -> Iterator[FileResults]:
    """Each file with its results, read in this process, which a hostile file may hang or break."""
    for task in tasks:
        found = record_results(task, labels, text_languages(schema))
        yield task.file, (_indexable(result, schema) for result in found)


def _indexable(record: RecordResult, schema: Schema) -> ReadResult:
    if not isinstance(record.result, ReadDocument):
        return record.result
    document = record.result.document
    return IndexableDocument(
        record.result.entry, document.source, partial(analyze, document, schema), record.offset
    )


def read(task: ReadTask, labels: Labels) -> Iterator[ReadDocument | SourceFailure]:
    """The documents of a file in order, with a failure in place of each record that cannot be read."""
    return (record.result for record in record_results(task, labels))


def record_results(
    task: ReadTask, labels: Labels, languages: TextLanguages | None = None
) -> Iterator[RecordResult]:
    """The results of a file in order; a failure of the file as a whole comes last. Raises nothing."""
    yield from _file_results(task, _Rules(labels, languages or TextLanguages()), Allowance())


def _file_results(task: ReadTask, rules: _Rules, allowance: Allowance) -> Iterator[RecordResult]:
    context = formats.ReadContext(rules.labels, task.shard, task.members)
    found = _results(task, context, rules, allowance)
    yield from _transcribed(found, task, context, rules, allowance) if task.scans else found
    for remark in context.remarks:
        yield RecordResult(SourceFailure(task.file.name, remark, remark=True), LAST)


def _transcribed(
    found: Iterable[RecordResult],
    task: ReadTask,
    context: formats.ReadContext,
    rules: _Rules,
    allowance: Allowance,
) -> Iterator[RecordResult]:
    """The document of a transcript with its scans; without one, or with several, the scans are read as well.

    A transcript that withholds itself, or may do so, withholds its scans.
    """
    readable = [scan for scan in task.scans if formats.format_of(scan)]
    alone = False
    for record in found:
        result = record.result
        if isinstance(result, ReadDocument) and not record.number and (result.document.body or not readable):
            transcribed = with_scans(record, task.scans, rules.labels)
            context.remarks.extend(transcribed.remarks)
            yield transcribed.result
        else:
            alone = alone or isinstance(result, ReadDocument) or record.number == LAST
            yield record
    for scan in readable if alone and task.shard.index == 0 else ():
        for record in _file_results(replace(task, file=scan, scans=(), format=""), rules, allowance):
            yield replace(record, number=LAST)


def _results(
    task: ReadTask, context: formats.ReadContext, rules: _Rules, allowance: Allowance
) -> Iterator[RecordResult]:
    file = task.file
    try:
        form = formats.BY_NAME.get(task.format) or formats.format_of(file)
        if form is None:
            yield _file_failure(file, formats.why_not_read(file))
            return
        if form.unpack:
            found = _inside(form.unpack(file), file.name, task, rules, allowance)
            yield from (numbered(result, number) for number, result in enumerate(found, 1))
            return
        for extracted in form.documents(file, context):
            if task.shard.holds(extracted.number) and (record := _record_result(extracted, task, rules)):
                yield record
                if isinstance(extracted, Extracted) and extracted.attached:
                    yield from _parts(extracted.attached, record, task, rules, allowance)
    except (ReadError, OSError) as error:
        yield RecordResult(unreadable(file, error), LAST)
    except MemoryError:
        yield _file_failure(file, NO_MEMORY)
    except Exception as error:
        yield _file_failure(file, f"It could not be understood ({type(error).__name__}: {error}).")


def _inside(
    members: Iterable[Member], container: str, task: ReadTask, rules: _Rules, allowance: Allowance
) -> Iterator[RecordResult]:
    """The results of the files inside a file, whose names begin with `container`."""
    with unpacked(members, container, task, allowance) as folder:
        yield from map(RecordResult, folder.problems)
        for inner in folder.tasks:
            for found in _file_results(inner, rules, allowance):
                yield with_files(found, inner.file.name)


def _parts(
    members: Iterable[Member], whole: RecordResult, task: ReadTask, rules: _Rules, allowance: Allowance
) -> Iterator[RecordResult]:
    """The results of the files that are attached to a document."""
    if isinstance(whole.result, ReadDocument):
        document = whole.result.document
        container = f"{task.file.name}/{document.id}" if whole.number else task.file.name
        for found in _inside(members, container, task, rules, allowance):
            yield numbered(as_part(found, document), whole.number)


def _file_failure(file: SourceFile, reason: str) -> RecordResult:
    return RecordResult(SourceFailure(file.name, reason), LAST)


def _record_result(extracted: Extracted | BadRecord, task: ReadTask, rules: _Rules) -> RecordResult | None:
    """What a record gives."""
    number, file = extracted.number, task.file
    try:
        if isinstance(extracted, BadRecord):
            return RecordResult(
                SourceFailure(extracted.source or _source(file, number), extracted.reason), number
            )
        if is_withheld(extracted.extra):
            return RecordResult(
                SourceFailure(_source(file, number), "It is withheld.", withheld=True), number
            )
    except ReadError as error:
        return RecordResult(SourceFailure(_source(file, number), str(error)), number)
    understood = understanding.understand(_with_sidecar(extracted, task.sidecar), file, rules.labels)
    document = with_preferred_names(understood.document, task.aliases)
    document = in_language(document, rules.languages.of(document))
    return RecordResult(ReadDocument(document, _entry(document, understood, extracted)), number, extracted.at)


def _with_sidecar(extracted: Extracted, sidecar: Sidecar) -> Extracted:
    """A document with the fields of its file's sidecar; a body stated there replaces the text."""
    if not sidecar.key:
        return extracted
    fields = {**extracted.fields, **sidecar.fields}
    stated = replace(extracted, fields=fields, extra={**extracted.extra, **sidecar.extra})
    if body := fields.pop("body", ""):
        return replace(stated, passages=plain(str(body)), header=False)
    return stated


def _source(file: SourceFile, number: int) -> str:
    return f"{file.name}#{number}" if number else file.name


def _entry(document: Document, understood: UnderstoodDocument, extracted: Extracted) -> DocumentEntry:
    date = document.date
    text = (document.body or document.summary).strip()
    return DocumentEntry(
        id=document.id,
        key=document_key(document),
        number=extracted.number,
        text=content_hash(text.encode().translate(_SMALL, _SPACES)) if text else b"",
        authors=document.authors,
        undated=date is None,
        date_not_understood=date is not None and not date.understood,
        untitled=not understood.titled,
        recipients=document.recipients,
        encoding=extracted.encoding,
        title=content_hash(" ".join(document.title.casefold().split()).encode())
        if understood.titled
        else b"",
        earliest=date.earliest if date else None,
        latest=date.latest if date else None,
        length=len(text),
        characters=understood.characters,
        boilerplate=understood.boilerplate,
        text_language=document.text_language,
    )
