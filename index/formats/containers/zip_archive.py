"""ZIP archives of documents, as against formats that are ZIP archives themselves (Word, EPUB).

Names and flags as in the ZIP File Format Specification 6.3.10 (APPNOTE.TXT) of PKWARE.
"""

import stat
import struct
import zipfile
from collections.abc import Iterator
from functools import partial

from index.extracted import Member, ReadError
from index.formats.support.archive import ENCRYPTED, MAX_RATIO, SMALL, Archive, check_directory
from index.sources.files import SourceFile

_UTF8 = 0x800  # general purpose bit 11
_PACKAGES = (
    "[Content_Types].xml",
    "mimetype",
    "META-INF/MANIFEST.MF",
    "META-INF/container.xml",
    "Index/Document.iwa",
    "Index.zip",
)
"""Parts by which a ZIP archive is told to be one document, or a program."""
_CHUNK = 1 << 16


def is_folder(archive: Archive) -> bool:
    """Whether a ZIP archive holds files for themselves, and is no document of a format of its own."""
    return not any(name in archive for name in _PACKAGES)


def members(file: SourceFile) -> Iterator[Member]:
    """The files in an archive. Raises ReadError if it is broken or cut short, and OSError."""
    check_directory(file)
    try:
        with zipfile.ZipFile(file.path) as packed:
            for info in packed.infolist():
                if info.filename and not info.is_dir():
                    yield Member(_name(info), partial(_chunks, packed, info), _why_not_read(info))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError) as error:
        raise ReadError(f"The file is broken or cut short: {str(error).rstrip('.')}.") from error


def _name(info: zipfile.ZipInfo) -> str:
    """The name as UTF-8 if it can be: many programs write that without saying so; else as code page 437."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _why_not_read(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & ENCRYPTED:
        return "It is password-protected."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "It is a link."
    return ""


def _chunks(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a member. Raises ReadError for what grows like a bomb, and the library's errors."""
    if info.file_size > max(SMALL, info.compress_size * MAX_RATIO):
        raise ReadError("It is packed so tightly that it may be a bomb.")
    with packed.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
