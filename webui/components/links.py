"""A link as templates show it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """The text of a link and its address; `current` if that is the page being shown.

    Without `url` the text is shown without a link.
    """

    text: str
    url: str = ""
    current: bool = False
