"""A page parsed into its tags and text, and the types of the fixtures that fetch pages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Protocol

from flask.testing import FlaskClient

MakeClient = Callable[..., FlaskClient]
"""Given documents, a client of an application over an index of them."""
VOID = {"br", "hr", "img", "input", "link", "meta", "rect"}
"""Elements without an end tag."""


@dataclass
class Element:
    """An element with all the text in it, its whitespace collapsed."""

    tag: str
    attrs: dict[str, str]
    words: list[str] = field(default_factory=list)
    children: list["Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def find(self, tag: str, css_class: str = "", **attrs: str) -> list["Element"]:
        """The elements inside this one, at any depth, in the order of the page."""
        found = []
        for child in self.children:
            has_class = not css_class or css_class in child.attrs.get("class", "").split()
            if child.tag == tag and has_class and attrs.items() <= child.attrs.items():
                found.append(child)
            found += child.find(tag, css_class, **attrs)
        return found


@dataclass
class HtmlPage(HTMLParser):
    """The tags of a page in order, its text, and the tree of its elements."""

    html: str
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    root: Element = field(default_factory=lambda: Element("", {}))
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open = [self.root]
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.tags.append((tag, element.attrs))
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.words.append(data)

    @property
    def text(self) -> str:
        return self.root.text

    def find(self, tag: str, css_class: str = "", **attrs: str) -> list[Element]:
        """The elements with this tag, class and attributes, in the order of the page."""
        return self.root.find(tag, css_class, **attrs)

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of the elements with this tag and these attributes."""
        return [
            attrs
            for name, attrs in self.tags
            if name == tag and all(attrs.get(key) == value for key, value in wanted.items())
        ]

    def links(self) -> list[str]:
        """The addresses of all links, without the fragment by which a page begins at what was found."""
        return [attrs["href"].removesuffix("#found") for attrs in self.all("a")]

    def boxes(self) -> dict[tuple[str, str], bool]:
        """What the boxes of facets send, as name and value, and whether they are checked."""
        boxes = self.all("input", type="checkbox", form="search")
        return {(box["name"], box["value"]): "checked" in box for box in boxes}

    def exclusions(self) -> set[tuple[str, str]]:
        """What the buttons send that leave out a value of a facet, as name and value."""
        return {
            (button["name"], button["value"])
            for button in self.all("button", form="search", **{"class": "not"})
        }


class Get(Protocol):
    """Fetches a page, by default of the shared application; fails for another status than expected."""

    def __call__(self, url: str, status: int = 200, client: FlaskClient | None = None) -> HtmlPage: ...
