"""Rich Text (RTF): its text, and the title and author of its `\\info`."""

import re
from collections.abc import Iterable

from index.extracted import Extracted, Passage, ReadError, Values
from index.formats import html, text
from index.formats.format import ReadContext
from index.formats.support import properties
from index.formats.support.content import clean, read_bytes
from index.formats.support.whole_words import raised_text
from index.sources.files import SourceFile

MAX_FILE_BYTES = 64 << 20
"""The largest file that is read; larger ones are mostly pictures."""

_RAISED = re.compile(r"(?P<control>\\super)(?![a-z0-9])(?:\\[a-z]+-?\d*)*\s?(?P<mark>[0-9]{1,3})(?=[\\{}\s])")
_INFO = re.compile(r"\{\\(title|author|subject|keywords)\b ?((?:[^{}\\]|\\.){0,2000})\}", re.DOTALL)
_INFO_WITHIN = 100_000  # characters
_CODEPAGE = re.compile(r"\\ansicpg\d+")
_FONTS = re.compile(r"\\fonttbl(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*")
_LONGEST_FONT = 5000  # characters; the library takes its time over longer ones
_CELLS = re.compile(r"\s*\|\s*")
_ROW = re.compile(r"[^|\n]*\|(?:[^|\n]*\|)+\s*")
_UNWRAPPED = 120  # characters: longer lines are paragraphs, not lines of a page
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def read(file: SourceFile, context: ReadContext) -> Iterable[Extracted]:
    """The document of an RTF file. Raises ReadError if it is broken."""
    labels = context.labels
    source = read_bytes(file, MAX_FILE_BYTES).decode("latin-1")
    _check_fonts(source)
    source = _RAISED.sub(_raised_characters, source)
    content = _plain(source)
    if _PAGE.match(content):  # the source of a web page, pasted into a word processor
        yield html.document(content, file, labels)
        return
    passages = _passages(content)
    head = source[:_INFO_WITHIN]
    codepage = _CODEPAGE.search(head)
    prefix = rf"{{\rtf1\ansi{codepage[0] if codepage else ''} "
    info = {name: _plain(f"{prefix}{value}}}") for name, value in _INFO.findall(head) if value.strip()}
    title = properties.title(info.get("title"), file)
    fields: dict[str, Values] = {
        "title": title,
        "authors": properties.creators([info.get("author")], title, passages, labels),
        "subjects": properties.keywords([info.get("keywords")]),
        "summary": properties.one_line(info.get("subject")),
    }
    yield properties.with_properties(passages, fields, labels)


def _raised_characters(match: re.Match[str]) -> str:
    """Raised figures as escapes of raised characters, since the library drops where characters stand."""
    mark = match["mark"].strip()
    if not mark.isdecimal():
        return match[0]
    return match["control"] + "".join(rf"{{\uc1\u{ord(char)}?}}" for char in raised_text(mark, ""))


def _check_fonts(source: str) -> None:
    """Raise ReadError if the font table, or an entry of it, has no end."""
    table = _FONTS.search(source)
    if table is None:
        return
    fonts = table[0]
    last = min(fonts.rfind(";"), fonts.rfind("\\fcharset")) if "\\fcharset" in fonts else fonts.rfind(";")
    if len(fonts) - last > _LONGEST_FONT or source[table.end() : table.end() + 1] != "}":
        raise ReadError("Its Rich Text is broken: its table of fonts does not end.")


def _plain(source: str) -> str:
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415

    try:
        return clean(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]
    except Exception as error:  # it has errors of its own for nothing
        raise ReadError(f"Its Rich Text is broken ({type(error).__name__}: {error}).") from error


def _passages(content: str) -> tuple[Passage, ...]:
    """Each line is a paragraph; if all lines are short, paragraphs are separated by blank lines."""
    lines = content.split("\n")
    if any(len(line) > _UNWRAPPED or _ROW.fullmatch(line) for line in lines):
        return tuple(_passage(line) for line in lines if line.strip(" |\t"))
    return text.plain(content)


def _passage(line: str) -> Passage:
    if _ROW.fullmatch(line):
        return Passage("table", "\t".join(_CELLS.split(line.strip().rstrip("|"))))
    return Passage("paragraph", line.strip())
