"""Which files of a folder may be documents, and what is found out about each before it is read?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from index.extracted import ReadError
from index.runs.grouping import Candidate
from index.runs.inspection import FileInspection, Inspector, TableInspection
from index.sources.alias_file import FILE
from index.sources.descriptions import Descriptions, Folders, is_description
from index.sources.files import SourceFile
from search.commit_data.health_report import SourceProblem


@dataclass(slots=True)
class Candidates:
    """The files that may be documents, as inspected; those `skipped` are not meant to be, `failed` cannot."""

    files: list[Candidate] = field(default_factory=list)
    skipped: list[SourceProblem] = field(default_factory=list)
    failed: list[tuple[SourceFile, OSError | ReadError]] = field(default_factory=list)


def candidates(
    files: Sequence[SourceFile], inspector: Inspector, on_file: Callable[[], None] = lambda: None
) -> Candidates:
    """Inspect the files of one folder, as `walk` gives them; `on_file` is called for each."""
    found = Candidates()
    documents = [file for file in files if file.error or not is_description(file)]
    others = [file for file in files if not file.error and is_description(file)]
    descriptions = _descriptions(files, inspector)
    wanted: list[FileInspection] = []
    for file in documents:
        try:
            if file.error:
                raise file.error
            if file.skip:
                found.skipped.append(SourceProblem(file.name, file.skip))
            elif file.name != FILE:
                wanted.append(FileInspection(file, descriptions.of(file)))
        except (OSError, ReadError) as error:
            found.failed.append((file, error))
    for inspection, answer in zip(wanted, inspector.inspect(wanted, on_file), strict=True):
        if isinstance(answer, ReadError):
            found.failed.append((inspection.file, answer))
        else:
            found.files.append(Candidate(inspection.file, answer))
    found.failed += descriptions.unused(others, documents)
    return found


def _descriptions(files: Iterable[SourceFile], inspector: Inspector) -> Descriptions:
    """The tables and sidecars that may describe the files."""
    folders = Folders()
    tables = [TableInspection(path, top) for path, top in folders.tables(files).items()]
    rows = inspector.inspect(tables)
    return Descriptions(folders, {table.path: found for table, found in zip(tables, rows, strict=True)})
