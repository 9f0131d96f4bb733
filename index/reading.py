"""From a file to its documents, one at a time, whatever is wrong with it."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from index import formats
from index import understand as understanding
from index.alias_file import named_alike
from index.extracted import BadRecord, ReadError
from index.labels import Labels
from index.manifest import Entry, Failure
from index.sidecar import applied, is_withheld
from index.source import SourceFile
from search.document import Document, to_bytes


@dataclass(frozen=True, slots=True)
class Read:
    """A document with its entry in the manifest."""

    document: Document
    entry: Entry


Found = Read | Failure
Results = tuple[SourceFile, Iterator[Found]]
ReadAll = Callable[[Sequence[SourceFile]], Iterator[Results]]
"""Gives each file with what it holds, in order; each to be taken to its end before the next."""


def file_key(file: SourceFile, labels: Labels) -> str:
    """Changes with everything that decides what a file gives.

    Raises OSError if it cannot be read, ReadError if what is said beside it cannot.
    """
    if file.error:
        raise file.error
    return f"{file.sha256()}{file.beside.key}-{formats.VERSION}-{understanding.VERSION}-{labels.fingerprint}"


def read(file: SourceFile, labels: Labels) -> Iterator[Read | Failure]:
    """The documents of a file in order; a record that cannot be read is a Failure, and so is the file."""
    reader = formats.reader_of(file)
    if reader is None:  # it became another since the plan was made
        yield Failure(file.name, formats.why_not_read(file))
        return
    try:
        for extracted in reader(file):
            if isinstance(extracted, BadRecord):
                yield Failure(_name(file, extracted.number), extracted.reason)
                continue
            try:
                if is_withheld(extracted.extra):
                    continue
            except ReadError as error:
                yield Failure(_name(file, extracted.number), str(error))
                continue
            understood = understanding.understand(applied(extracted, file.beside), file, labels)
            document = named_alike(understood.document, file.aliases)
            yield Read(document, _entry(document, extracted.number, titled=understood.titled))
    except ReadError as error:
        yield Failure(file.name, str(error))
    except OSError as error:
        yield unreadable(file, error)
    except MemoryError:
        yield Failure(file.name, "It takes more memory to read than one file may.")
    except Exception as error:
        yield Failure(file.name, f"It could not be understood ({type(error).__name__}: {error}).")


def unreadable(file: SourceFile, error: OSError | ReadError) -> Failure:
    """The failure of a file that the system does not give, or that nobody may read."""
    if isinstance(error, ReadError):
        return Failure(file.name, str(error))
    return Failure(file.name, f"It cannot be opened: {error.strerror or error}.")


def _name(file: SourceFile, number: int) -> str:
    return f"{file.name}#{number}" if number else file.name


def _entry(document: Document, number: int, *, titled: bool) -> Entry:
    text = " ".join((document.body or document.summary).casefold().split())
    return Entry(
        id=document.id,
        key=_hash(to_bytes(replace(document, source=""))),
        number=number,
        text=_hash(text.encode()) if text else b"",
        authors=document.authors,
        undated=document.date is None,
        date_not_understood=document.date is not None and not document.date.understood,
        untitled=not titled,
        recipients=document.recipients,
    )


def _hash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=12).digest()
