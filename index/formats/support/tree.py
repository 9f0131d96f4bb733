"""XML parsed into a tree, safely: no entities, no network, no document type, bounded depth and size."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from index.extracted import ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element


STRICT: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How lxml reads untrusted XML: nothing is fetched, no entity is expanded."""

PROLOG = r"\s*+(?>(?:<\?xml\b[^>]*+>\s*+)?)(?>(?:<!--(?>(?:(?!-->).)*)-->\s*+|<\?[^>]*+>\s*+)*)"
"""Pattern of what may stand before the root element: declaration, comments, processing instructions."""

DOCTYPE = r"(?>(?:<!DOCTYPE[^>\[]*+(?>(?:\[[^\]]*+\]\s*+)?)>\s*+)?)"
"""Pattern of a document type declaration, if there is one."""


def why_broken(error: Exception | str, what: str = "It") -> str:
    """A sentence for users about XML that lxml refuses; `what` is its subject."""
    message = str(error).partition(" (<string>")[0].rstrip(".")
    if "amplification" in message or "entity reference loop" in message:
        return f"{what} is XML that unpacks itself without end, made to do harm."
    return f"{what} is no XML, or cut short: {message}."


def parse_xml(data: bytes, what: str = "Its XML") -> "_Element":
    """The root of an XML document. Raises ReadError, which names `what` is broken and where."""
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(**STRICT)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(why_broken(error, what)) from error
    if root is None:
        raise ReadError(f"{what} is empty.")
    return root


def steps(root: "_Element", dropped: Collection[str]) -> Iterator[tuple[bool, str, "_Element"]]:
    """(is start, local name, element) for the start and the end of each element, in document order.

    Of elements whose name is in `dropped` only the end is yielded, and nothing of their content.
    """
    from lxml import etree  # noqa: PLC0415

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = local_name(element.tag)
        if event == "start" and name in dropped:
            walk.skip_subtree()
        else:
            yield event == "start", name, element


def text_of(element: "_Element | None") -> str:
    """All text inside an element; "" for None."""
    return "" if element is None else "".join(map(str, element.itertext()))


def local_name(tag: object) -> str:
    """The name of an element without its namespace; "" for an entity."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
