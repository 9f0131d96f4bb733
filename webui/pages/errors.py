"""The page that explains the errors of the API: where the `type` of each leads."""

from dataclasses import dataclass, field

from markupsafe import Markup

from search.api.problems import PROBLEMS
from search.messages import gettext
from webui.components.search_box import SearchBox


@dataclass(frozen=True, slots=True)
class ErrorView:
    """An error: its code, which is also its anchor, and what it means."""

    code: str
    status: int
    title: str
    meaning: Markup


@dataclass(frozen=True, slots=True)
class ErrorsPage:
    """The context of `errors.html`."""

    errors: tuple[ErrorView, ...]
    box: SearchBox = field(default_factory=SearchBox)


def errors_page() -> ErrorsPage:
    """Every error that has a code, in the order of their statuses."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 40 modules, for this page alone

    inline = MarkdownIt("commonmark").renderInline
    return ErrorsPage(
        tuple(
            ErrorView(item.code, item.status, gettext(item.title), Markup(inline(gettext(item.meaning))))  # noqa: S704 - our words
            for item in PROBLEMS.values()
        )
    )
