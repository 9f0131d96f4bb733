"""Elements of XML with text that documents hold: any text gives well-formed XML."""

import re
from collections.abc import Iterable

from lxml import etree

_LONGEST = 1000  # characters of a line
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def new_element(namespace: str, name: str) -> etree._Element:
    """A root element, which declares its namespace as the default one."""
    return etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace})  # type: ignore[dict-item]


def add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """A new last child in the parent's namespace, with U+FFFD for each character that XML cannot hold."""
    held = {key: _held(value) for key, value in attributes.items()}
    child = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", held)
    child.text = _held(text) or None
    return child


def _held(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def line(text: str) -> str:
    """A text on one line, cut if it is very long."""
    start = " ".join(text[: 2 * _LONGEST].split())
    return f"{start[:_LONGEST]}…" if len(start) > _LONGEST or len(text) > 2 * _LONGEST else start


def lines(values: Iterable[str], most: int) -> list[str]:
    """The first of the values as lines, each once, without empty ones."""
    return list(dict.fromkeys(filter(None, map(line, values))))[:most]
