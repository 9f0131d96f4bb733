"""How is the archive shown on the web? HTML pages for people and a JSON API for programs, over one Searcher.

Web only: documents, queries and matches are the business of `search`, which this package imports; it never
imports `index`. `create_app` makes the WSGI application; `opis-serve` (`__main__`) serves it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webui.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> object:
    if name != "create_app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # All that answers requests takes 30 MB, which a process that only supervises others can do without.
    from webui.app import create_app  # noqa: PLC0415

    return create_app
