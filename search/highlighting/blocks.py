"""Which blocks is a body made of? It is covered without gaps, its paragraphs numbered."""

import re
from collections.abc import Iterator, Sequence

from search.document import Block

_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")  # lines with something on them, up to a blank one


def cover(blocks: Sequence[Block], body: str) -> list[Block]:
    """The blocks of a document completed to cover its body: text between them becomes paragraphs.

    Paragraphs are separated by blank lines. A block that overlaps the one before begins where that ends.
    """
    covered: list[Block] = []
    done = 0
    for block in blocks:
        start, end = max(block.start, done), min(block.end, len(body))
        if start >= end:
            continue
        covered += _paragraphs(body, done, start)
        covered.append(Block(block.kind, start, end, block.level, block.page))
        done = end
    return covered + _paragraphs(body, done, len(body))


def numbered(covered: Sequence[Block]) -> Iterator[tuple[Block, int, str]]:
    """Each block with its number among the paragraphs, from 1 (0 if it is none), and its first page."""
    count, page = 0, ""
    for block in covered:
        count += block.kind == "paragraph"
        page = block.page or page
        yield block, count if block.kind == "paragraph" else 0, page


def _paragraphs(body: str, start: int, end: int) -> list[Block]:
    found = _PARAGRAPH.finditer(body, start, end)
    return [Block("paragraph", match.start(), match.start() + len(match[0].rstrip())) for match in found]
