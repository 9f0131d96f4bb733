"""ALTO and PAGE: the pages of one document, each a file, read one after the other."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from index.extracted import BadRecord, Extracted, Passage, ReadError
from index.formats.format import ReadContext
from index.formats.ocr import alto, mets, page_xml
from index.formats.support.content import clean
from index.formats.support.stream import drop, events, name_of
from index.formats.support.tree import DOCTYPE, PROLOG
from index.sources.files import SourceFile

ALTO = re.compile(rf"{PROLOG}{DOCTYPE}{PROLOG}<(?:[\w.-]+:)?alto\b", re.DOTALL)
PAGE = re.compile(rf"{PROLOG}{DOCTYPE}{PROLOG}<(?:[\w.-]+:)?PcGts\b", re.DOTALL)
METS = re.compile(rf"{PROLOG}{DOCTYPE}{PROLOG}<(?:[\w.-]+:)?mets\b", re.DOTALL | re.IGNORECASE)
"""How such files begin."""

ROOTS = frozenset({"alto", "pcgts"})

_MOST_ELEMENTS = 1_000_000  # on one page, which is held whole
_MAX_CHARACTERS = 64 << 20  # of one document
_BROKEN_END = re.compile(r"(?<=[^\W\d_])[-‐¬⸗\u00ad]\Z")
_FIRST_WORD = re.compile(r"([^\W\d_]+[.,;:!?)]*)\s*")


def read(file: SourceFile, context: ReadContext) -> Iterable[Extracted | BadRecord]:
    """The document of which the files of a folder, or this file alone, are the pages."""
    pages = context.members or (file,)
    title = file.path.parent.name if context.members else ""
    yield from _document(pages, {}, Extracted(fields={"title": title}, header=False))


def read_mets(file: SourceFile, context: ReadContext) -> Iterable[Extracted | BadRecord]:
    """The document that METS describes. Raises ReadError if that cannot be read."""
    folder = str(file.path.parent)
    members = {str(page.path): page for page in context.members}
    by_name = {page.path.name: page for page in context.members}  # of files on other computers
    pages: dict[mets.ListedFile, SourceFile] = {}
    for one in mets.listed_files(file):
        path = one.path_from(folder)
        if page := members.get(path) or by_name.get(PurePosixPath(path).name):
            pages.setdefault(one, page)
    chosen = mets.one_text_a_page(list(pages))
    if len(chosen) < len(pages):
        groups = ", ".join(dict.fromkeys(one.group for one in chosen))
        context.remarks.append(f"It lists several texts of its pages, of which those of {groups} were read.")
    labels = {str(pages[one].path): one.label for one in chosen if one.label}
    described = mets.description(file)
    if not described.fields.get("title"):
        title = mets.label(file) or file.path.parent.name
        described = replace(described, fields={**described.fields, "title": title})
    yield from _document([pages[one] for one in chosen], labels, described)


def _document(
    pages: Iterable[SourceFile], labels: Mapping[str, str], described: Extracted
) -> Iterator[Extracted | BadRecord]:
    """A document of pages; a page that cannot be read is a failure of its own, and the others are read."""
    passages: list[Passage] = []
    characters = number = 0
    for page in pages:
        label = labels.get(str(page.path), "")
        try:
            found = list(_passages(page, label, number))
        except OSError as error:
            yield BadRecord(0, f"It cannot be opened: {error.strerror or error}.", page.name)
            continue
        except ReadError as error:
            yield BadRecord(0, str(error), page.name)
            continue
        number += 1
        characters += sum(len(one.text) for one in found)
        if characters > _MAX_CHARACTERS:
            raise ReadError(f"Its pages hold more than {_MAX_CHARACTERS:,} characters.")
        passages += found
    yield replace(described, passages=(*described.passages, *_joined(passages)))


def _passages(page: SourceFile, label: str, number: int) -> Iterator[Passage]:
    """The text of a page: its number is `label`, else its own, else what its name ends with."""
    root, elements = "", 0
    for event, element in events(page):
        name = name_of(element)
        root = root or name
        elements += 1
        if elements > 2 * _MOST_ELEMENTS:
            raise ReadError(f"A page of it has more than {_MOST_ELEMENTS:,} elements.")
        if event == "end" and name == "page":
            if root == "alto":
                found = alto.passages_of(element, label or alto.label_of(element) or _in_name(page, number))
            else:
                found = page_xml.passages_of(
                    element, label or page_xml.label_of(element) or _in_name(page, number)
                )
            for one in found:
                yield one.with_text(clean(one.text))
            elements = 0
            drop(element)


def _in_name(page: SourceFile, number: int) -> str:
    """The number at the end of a file's name, else the place of the page."""
    match = re.search(r"(\d+)\D*\Z", PurePosixPath(page.name).name.partition(".")[0])
    return match[1].lstrip("0") or "0" if match else str(number + 1)


def _joined(passages: list[Passage]) -> list[Passage]:
    """The passages of a page with words whole that are broken at the end of a column."""
    found: list[Passage] = []
    for one in passages:
        before, word = found[-1] if found else None, _FIRST_WORD.match(one.text)
        if (
            before
            and before.page == one.page
            and word
            and word[1][0].islower()
            and _BROKEN_END.search(before.text)
        ):
            found[-1] = before.with_text(_BROKEN_END.sub("", before.text) + word[1])
            one = one.with_text(one.text[word.end() :])  # noqa: PLW2901 - what is left of it
        if one.text:
            found.append(one)
    return found
