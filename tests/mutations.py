"""Files as disks, networks and strangers leave them: samples of every format, damaged in many ways.

The same seed gives the same files. What is packed (ZIP, gzip) is damaged inside as often as outside, since
damage outside is found by the unpacking alone.
"""

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from random import Random

_NUMBER = re.compile(rb"\d+")
_HUGE = (b"99999999999", b"4294967295", b"2147483648", b"-1", b"0", b"1e999", "²".encode())
_FIELDS = (b"\xff\xff\xff\x7f", b"\xff\xff\xff\xff", b"\0\0\0\0", b"\0\0\0\x80")
_PIECES = (
    *rb"< <a </p> <!-- <?a?> &amp; &#x0; { } [ \u % =? =?utf-8?q? (( << >>".split(b" "),
    *(b'"', b"\0", b"\xff", b"\xed\xa0\x80", b"\r\n\r\n", b"\n---\n"),
)


def mutations(files: Mapping[str, bytes], count: int, seed: str) -> Iterator[tuple[str, bytes]]:
    """`count` damaged copies of some files, under names of their own."""
    dice = Random(seed)
    names = sorted(files)
    suffixes = [".txt", ".md", ".html", ".pdf", ".docx", ".odt", ".epub", ".rtf", ".xml", ".eml", ".mbox",
                ".jsonl", ".csv", ".mrc", ".xml.gz", ".unknown", ""]  # fmt: skip
    for number in range(count):
        name = dice.choice(names)
        data = files[name]
        for _ in range(dice.choice((1, 1, 1, 2, 5))):
            data = _damaged(data, dice)
        suffix = "." + name.partition(".")[2] if dice.random() < 0.8 else dice.choice(suffixes)
        yield f"mutated{number:04}{suffix}", data


def _damaged(data: bytes, dice: Random) -> bytes:
    if dice.random() < 0.5:
        if data.startswith(b"PK"):
            return _inside_zip(data, dice)
        if data.startswith(b"\x1f\x8b"):
            try:
                return gzip.compress(dice.choice(_WAYS)(gzip.decompress(data), dice))
            except (OSError, EOFError, ValueError, zlib.error):
                return data
    return dice.choice(_WAYS)(data, dice)


def _inside_zip(data: bytes, dice: Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # an earlier damage
        return data
    if not members:
        return data
    victim = dice.choice(sorted(members))
    members[victim] = dice.choice(_WAYS)(members[victim], dice)
    if dice.random() < 0.1:
        del members[victim]
    stream = io.BytesIO()
    method = dice.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2))
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _range(data: bytes, dice: Random) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.choice((1, 4, 16, 100, 1000)))


def _truncate(data: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _behead(data: bytes, dice: Random) -> bytes:
    return data[dice.randrange(len(data) + 1) :]


def _flip(data: bytes, dice: Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(dice.choice((1, 3, 20)) if data else 0):
        flipped[dice.randrange(len(flipped))] ^= 1 << dice.randrange(8)
    return bytes(flipped)


def _zero(data: bytes, dice: Random) -> bytes:
    start, end = _range(data, dice)
    return data[:start] + bytes([dice.choice((0, 0xFF, 0x20))]) * (end - start) + data[end:]


def _remove(data: bytes, dice: Random) -> bytes:
    start, end = _range(data, dice)
    return data[:start] + data[end:]


def _repeat(data: bytes, dice: Random) -> bytes:
    start, end = _range(data, dice)
    return data[:end] + data[start:end] * dice.choice((1, 2, 50, 2000)) + data[end:]


def _splice(data: bytes, dice: Random) -> bytes:
    start, end = _range(data, dice)
    at = dice.randrange(len(data) + 1)
    return data[:at] + data[start:end] + data[at:]


def _insert(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    piece = dice.choice((dice.choice(_PIECES), dice.randbytes(dice.choice((1, 8, 200)))))
    return data[:at] + piece * dice.choice((1, 1, 3, 1000, 20_000)) + data[at:]


def _number(data: bytes, dice: Random) -> bytes:
    numbers = list(_NUMBER.finditer(data))
    if not numbers:
        return data
    found = dice.choice(numbers)
    return data[: found.start()] + dice.choice(_HUGE) + data[found.end() :]


def _field(data: bytes, dice: Random) -> bytes:
    start = dice.randrange(len(data) + 1)
    return data[:start] + dice.choice(_FIELDS) + data[start + 4 :]


_WAYS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _truncate, _behead, _flip, _zero, _remove, _repeat, _splice, _insert, _number, _field,
)  # fmt: skip
