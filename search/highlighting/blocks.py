"""Of what is a body made? Its blocks without a gap, its paragraphs numbered: one count for pages and API."""

import re
from collections.abc import Iterator, Sequence

from search.document import Block

_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")  # lines with something on them, up to a blank one


def cover(blocks: Sequence[Block], body: str) -> list[Block]:
    """Blocks over all of the body: what lies between the given ones are paragraphs, one after a blank line.

    A block that overlaps the one before it begins where that ends.
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
    """Each block with the number of the paragraph it is (0: it is none) and the page it begins on."""
    count, page = 0, ""
    for block in covered:
        count += block.kind == "paragraph"
        page = block.page or page
        yield block, count if block.kind == "paragraph" else 0, page


def _paragraphs(body: str, start: int, end: int) -> list[Block]:
    found = _PARAGRAPH.finditer(body, start, end)
    return [Block("paragraph", match.start(), match.start() + len(match[0].rstrip())) for match in found]
