"""The files inside a file, written to a folder for a moment, to be read like those of a SOURCE.

So whatever holds for a folder holds inside an archive: pages are grouped, sidecars and `metadata.csv`
describe files or withhold them, hidden files are left out. Names are made safe: no file is written outside of
the folder. A member that cannot be unpacked is a failure of its own; those beside it are read.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from index.extracted import Member, ReadError
from index.metadata.ids import short_hash
from index.runs.candidates import candidates
from index.runs.grouping import grouped
from index.runs.inspection import Inspector
from index.runs.manifest.entries import SourceFailure, unreadable
from index.sources.files import SourceFile, walk
from index.sources.read_task import ReadTask
from index.workers.limits import LARGEST_TEMPORARY_FILE

MAX_DEPTH = 4
"""Levels of files inside files that are read."""
MAX_MEMBERS = 20_000
"""The most files that are read inside of one file, at all levels together."""
MAX_MEMBER_BYTES = LARGEST_TEMPORARY_FILE
"""The largest member that is read."""
MAX_BYTES = 1 << 30
"""The most that is unpacked of one file, at all levels together."""

_LONGEST_SEGMENT = 150  # characters of the name of a file or folder
_LONGEST_PATH = 600
_SAME_NAME = 100  # names that are tried for a member whose own is taken


@dataclass(slots=True)
class Allowance:
    """What may still be unpacked of one file of a SOURCE."""

    members: int = MAX_MEMBERS
    size: int = MAX_BYTES
    depth: int = 0


@dataclass(slots=True)
class UnpackedFolder:
    """What is to be read of a container, and what is not."""

    tasks: list[ReadTask] = field(default_factory=list)
    problems: list[SourceFailure] = field(default_factory=list)


@contextmanager
def unpacked(
    members: Iterable[Member], container: str, whole: ReadTask, allowance: Allowance
) -> Iterator[UnpackedFolder]:
    """The members in a folder, as long as the context lasts; their names begin with `container`."""
    with TemporaryDirectory(prefix="opis-", ignore_cleanup_errors=True) as folder:
        allowance.depth += 1
        try:
            problems = list(_write(members, container, Path(folder), allowance))
            yield _folder(folder, container, whole, problems)
        finally:
            allowance.depth -= 1


def _folder(folder: str, container: str, whole: ReadTask, problems: list[SourceFailure]) -> UnpackedFolder:
    """The files of the folder, under the names that they have in the container."""

    def inside(file: SourceFile) -> SourceFile:
        return replace(file, root=whole.file.root, name=f"{container}/{file.name}")

    present = candidates(list(walk(folder)), Inspector())
    found = UnpackedFolder(problems=problems)
    found.problems += [_skipped(f"{container}/{one.source}", one.reason) for one in present.skipped]
    found.problems += [unreadable(inside(file), error) for file, error in present.failed]
    for group in grouped(present.files):
        file = inside(group.file)
        if reason := group.why_skipped:
            found.problems.append(_skipped(file.name, reason))
        else:
            pages = tuple(inside(member.file) for member in group.members)
            scans = tuple(inside(scan.file) for scan in group.scans)
            form = group.first.inspected.format
            task = ReadTask(file, group.sidecar, whole.aliases, members=pages, scans=scans, format=form)
            found.tasks.append(task)
    return found


def _skipped(source: str, reason: str) -> SourceFailure:
    return SourceFailure(source, reason, skipped=True)


def _write(
    members: Iterable[Member], container: str, top: Path, allowance: Allowance
) -> Iterator[SourceFailure]:
    """Write the members; a problem for each that is not read, and for what stops the unpacking."""
    if allowance.depth > MAX_DEPTH:
        yield SourceFailure(
            container, f"It lies inside of {MAX_DEPTH} files; unpack it to index what it holds."
        )
        return
    numbers: dict[str, int] = {}
    try:
        for member in members:
            shown = f"{container}/{member.name}"
            if member.why_not:
                yield _skipped(shown, member.why_not)
                continue
            allowance.members -= 1
            if allowance.members < 0 or allowance.size <= 0:
                yield SourceFailure(container, _too_much(allowance))
                return
            try:
                _write_member(member, top, allowance, numbers)
            except MemoryError:
                raise
            except ReadError as error:
                yield SourceFailure(shown, str(error))
            except Exception as error:  # the libraries raise many kinds for what is broken
                yield SourceFailure(shown, f"It cannot be unpacked: {str(error).rstrip('.')}.")
    except ReadError as error:
        yield SourceFailure(container, str(error))
    except OSError as error:
        yield SourceFailure(container, f"It cannot be opened: {error.strerror or error}.")


def _too_much(allowance: Allowance) -> str:
    most = f"{MAX_MEMBERS:,} files" if allowance.members < 0 else f"{MAX_BYTES >> 20} MB"
    return (
        f"It holds more than {most}, the most that is read inside of one file; unpack it to index the rest."
    )


def _write_member(member: Member, top: Path, allowance: Allowance, numbers: dict[str, int]) -> None:
    """Write a member, or nothing of it. Raises ReadError if it is too large, and what reading it raises."""
    stream = _created(top, _segments(member.name), numbers)
    written = 0
    largest = min(MAX_MEMBER_BYTES, allowance.size)
    with stream:
        try:
            for chunk in member.chunks():
                written += len(chunk)
                if written > largest:
                    raise ReadError(f"It is larger than {largest >> 20} MB when it is unpacked.")
                stream.write(chunk)
        except BaseException:
            Path(stream.name).unlink()
            raise
        finally:
            allowance.size -= written


def _segments(name: str) -> list[str]:
    """The folders and the name of a member, without what would lead out of a folder."""
    parts = name.replace("\\", "/").replace("\0", "").split("/")
    safe = [_shortened(part) for part in parts if part.strip(" .") and not _is_drive(part)]
    if len("/".join(safe)) > _LONGEST_PATH:
        safe = [short_hash(name), safe[-1]]
    return safe or ["file"]


def _is_drive(part: str) -> bool:
    return len(part) == 2 and part[1] == ":"


def _shortened(part: str) -> str:
    if len(part) <= _LONGEST_SEGMENT and len(part.encode("utf-8", "surrogateescape")) <= 255:
        return part
    suffix = Path(part).suffix[:10]
    return f"{part[:40]}-{short_hash(part)}{suffix}"


def _created(top: Path, segments: list[str], numbers: dict[str, int]) -> BinaryIO:
    """A new file. Where its name is taken, it gets a number; so does a folder whose name a file has.

    `numbers` remembers the last number of each name, so that thousands of one name are not all tried.
    """
    *folders, name = segments
    path_name = "/".join(segments)
    for number in islice(count(numbers.get(path_name, 0) + 1), _SAME_NAME):
        numbers[path_name] = number
        mark = f" ({number})" if number > 1 else ""
        folder = top.joinpath(*folders)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            folders[0] = f"{segments[0]} ({number + 1})"
            continue
        path = Path(name)
        try:
            return (folder / f"{path.stem}{mark}{path.suffix}").open("xb")
        except FileExistsError:
            continue
    raise ReadError("Too many files have its name.")
