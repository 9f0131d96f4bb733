"""The ids of documents, which are parts of URLs: `[A-Za-z0-9._~-]` only, the same on every run."""

import hashlib
import re
from pathlib import PurePosixPath

from search.analysis.folding import fold

_LONGEST = 150  # characters of an id, without the hash
_SAFE = re.compile(r"[A-Za-z0-9._~-]+")
_OTHERS = re.compile(r"[^A-Za-z0-9._~-]+")
_ONE_SUFFIX = re.compile(r"((?:[^/.][^/]*/)*[^/.]+)\.[^/.]+")  # as most names have, which takes no time


def slug(text: str) -> str:
    """An id for a text: spaces become `-`, `/` becomes `~`, accents go; a hash replaces what else is lost."""
    if _SAFE.fullmatch(text) and text.strip(".") and len(text) <= _LONGEST:
        return text
    spaced = re.sub(r"\s+", "-", text.strip()).replace("/", "~")
    plain = "".join(_folded(char) for char in spaced)
    kept = _OTHERS.sub("-", plain)[:_LONGEST].strip("-")
    if kept.strip(".") and kept == plain:
        return kept
    return f"{kept.strip('.')}-{short_hash(text)}".lstrip("-")


def file_slug(name: str) -> str:
    """The id of a file by its path below SOURCE, without its suffix."""
    if usual := _ONE_SUFFIX.fullmatch(name):
        return slug(usual[1])
    path = PurePosixPath(name)
    stem = path.name.removesuffix(".gz") if len(path.suffixes) > 1 else path.name
    return slug(str(path.with_name(stem).with_suffix("")) if PurePosixPath(stem).stem else name)


def short_hash(text: str) -> str:
    """The first eight hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:8]


def _folded(char: str) -> str:
    """A letter without its accents, in ASCII and its own case, if it has such a form."""
    if char.isascii():
        return char
    plain = fold(char)
    if not plain.isascii():
        return char
    return plain.upper() if char.isupper() else plain
