"""The passages of a TEI document, with their pages, and its notes at the end."""

from typing import TYPE_CHECKING

from index.extracted import Passage
from index.formats.support.whole_words import whole_words
from index.formats.tei.walk import Walk

if TYPE_CHECKING:
    from lxml.etree import _Element


def passages_of(element: "_Element", page: str = "", head: "_Element | None" = None) -> tuple[Passage, ...]:
    """The passages of a document, without its `head`; the first begins on `page`.

    Footnotes and marginal notes stand at the end, below a heading. Notes that state a source or a summary
    are left out: they are fields.
    """
    walk = Walk(page, head)
    walk.element(element)
    passages, page = walk.passages, walk.builder.page
    if not walk.notes:
        return passages
    notes: list[Passage] = [Passage("heading", "Notes", 2, page)]
    for mark, note, its_page in walk.notes:
        more = Walk(its_page, head, walk.notes)  # a note may have notes of its own
        more.children(note)
        first, *others = more.passages or (Passage("paragraph", "", 0, its_page),)
        notes += [Passage(first.kind, f"[{mark}] {first.text}".strip(), first.level, first.page), *others]
    return (*passages, *notes)


def lines_of(element: "_Element | None") -> list[str]:
    """The lines of the text of an element, without its notes."""
    if element is None:
        return []
    walk = Walk()
    walk.children(element)
    lines = (line.strip() for passage in whole_words(walk.passages) for line in passage.text.split("\n"))
    return list(filter(None, lines))
