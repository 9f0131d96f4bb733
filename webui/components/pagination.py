"""The row of page numbers below a list."""

from collections.abc import Callable, Iterator

from webui.components.links import Link

_NEIGHBOURS = 2  # pages linked on either side of the current one


def page_numbers(url: Callable[[int], str], current: int, pages: int) -> Iterator[Link | None]:
    """Links to the first page, the last and those around the current one; None is a gap."""
    last = 0
    around = range(current - _NEIGHBOURS, current + _NEIGHBOURS + 1)
    for page in sorted(page for page in {1, pages, *around} if 1 <= page <= pages):
        if page - last > 1:
            yield None
        yield Link(str(page), url(page), page == current)
        last = page
