"""The lines of a file of records, plain or gzipped, as a stream."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, cast

from index.encoding import Decoded, decode_text, guess_utf16, marked_encoding
from index.extracted import ReadError
from index.sources.files import SourceFile
from index.sources.read_task import Shard

MAX_RECORD_BYTES = 64 << 20
"""The longest record that is read, in bytes after decompression."""

_SAMPLE = 1 << 17  # bytes
_PIECE = 1 << 17  # bytes that are decompressed at a time
_FEWEST_ZEROS = 20  # bytes of UTF-16 for each zero byte, at most
_GZIP = b"\x1f\x8b"


def too_long() -> str:
    """The reason why a record is not read."""
    return f"The record is longer than {MAX_RECORD_BYTES >> 20} MB."


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, or the error in its place if it is not text or too long.

    `number` counts from 1, `at` is the number of bytes of the file read so far, `encoding` that of the
    line if it was guessed.
    """

    number: int
    at: int
    text: str | ReadError
    encoding: str = ""


class TextDecoder:
    """Decodes parts of a text: as UTF-8, else in the encoding that is the likeliest for a sample of it."""

    def __init__(self, sample: bytes) -> None:
        self._sample = sample
        self._guessed: str | None = None

    def decode(self, data: bytes) -> Decoded:
        """The text of a part. Raises ReadError if it is none."""
        if b"\0" in data:
            raise ReadError("It holds binary data, not text.")
        try:
            return Decoded(data.decode().removeprefix("\ufeff"))
        except UnicodeDecodeError:
            pass
        if self._guessed is None:
            try:
                self._guessed = decode_text(self._sample.replace(b"\0", b" ")).guessed
            except ReadError:
                self._guessed = ""
        if self._guessed and self._guessed != "utf-8":
            try:
                return Decoded(data.decode(self._guessed), self._guessed)
            except UnicodeDecodeError:
                pass
        return decode_text(data)


def lines(file: SourceFile, shard: Shard) -> Iterator[Line]:
    """The lines of a shard. Raises ReadError where the file is broken, and OSError."""
    head = sample(file)
    with opened(file) as (raw, stream):
        if wide := wide_encoding(head):
            text = io.TextIOWrapper(stream, encoding=wide, newline="")
            for number, decoded in enumerate(iter(lambda: text.readline(MAX_RECORD_BYTES), ""), 1):
                if shard.holds(number):
                    yield Line(number, raw.tell(), decoded.removeprefix("\ufeff"))
            return
        decoder = TextDecoder(head)
        number = 0
        while line := stream.readline(MAX_RECORD_BYTES + 1):
            number += 1
            if len(line) > MAX_RECORD_BYTES:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MAX_RECORD_BYTES)
                if shard.holds(number):
                    yield Line(number, raw.tell(), ReadError(too_long()))
            elif shard.holds(number):
                try:
                    found = decoder.decode(line)
                except ReadError as error:
                    yield Line(number, raw.tell(), error)
                else:
                    yield Line(number, raw.tell(), found.text, found.guessed)


def sample(file: SourceFile) -> bytes:
    """The beginning of a file, by which its encoding and its layout are told."""
    with opened(file) as (_, stream):
        return stream.read(_SAMPLE)


def wide_encoding(head: bytes) -> str | None:
    """The encoding of a text whose characters have two or four bytes; None for any other."""
    mark = marked_encoding(head)
    if not mark and _is_wide(head):
        return guess_utf16(head[: len(head) & ~1])
    return None if mark == "utf-8-sig" else mark


def _is_wide(head: bytes) -> bool:
    """Whether all line ends have a zero byte beside them, and others do, too; else a zero byte is damage."""
    zeros, ends = head.count(0), head.count(b"\n")
    return zeros * _FEWEST_ZEROS >= len(head) and ends in {head.count(b"\n\0"), head.count(b"\0\n")}


@contextmanager
def opened(file: SourceFile) -> Iterator[tuple[IO[bytes], io.BufferedReader]]:
    """The file on disk, for its position, and the decompressed stream of it."""
    try:
        with file.path.open("rb") as raw:
            packed = raw.read(2) == _GZIP or file.suffix.endswith(".gz")
            raw.seek(0)
            if packed:  # in large pieces, for GzipFile takes time for each piece and each line
                yield raw, io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=raw)), _PIECE)
            else:
                yield raw, raw
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ReadError(f"The gzip file is broken: {error}.") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"Its text is not {error.encoding}: {error.reason}.") from error
