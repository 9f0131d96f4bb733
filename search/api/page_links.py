"""The addresses that go with a page of hits or values: its own, the pages beside it, and the HTML page."""

from collections.abc import Callable
from typing import Annotated

from msgspec import Meta, Struct

Url = Annotated[str, Meta(description="An address, absolute where the setting `site.base_url` is given.")]


class PageLinks(Struct, frozen=True, gc=False):
    """Addresses of the same as JSON, of the pages after and before it, and of the same as a page."""

    self: Url
    next: Url | None
    prev: Url | None
    html: Url


def page_links(address: Callable[[int], str], page: int, pages: int, html: str) -> PageLinks:
    """The links of a page, 1 to `pages`, where `address` is that of any page as JSON."""
    return PageLinks(
        self=address(page),
        next=address(page + 1) if page < pages else None,
        prev=address(page - 1) if 1 < page <= pages + 1 else None,
        html=html,
    )
