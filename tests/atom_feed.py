"""What a feed must be: RFC 4287, as feedparser and lxml read it."""

import re
from typing import Any
from urllib.parse import urlsplit

import feedparser
from lxml import etree

_ATOM = "{http://www.w3.org/2005/Atom}"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ONCE = ("id", "title", "updated")


def parsed(xml: bytes) -> Any:
    """The feed as feedparser reads it, after it was found to be valid."""
    check(xml)
    feed = feedparser.parse(xml)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def check(xml: bytes) -> None:
    """Assert what RFC 4287 demands of a feed, and that no two entries are one."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False))
    assert root.tag == f"{_ATOM}feed"
    entries = root.findall(f"{_ATOM}entry")
    for parent in (root, *entries):  # 4.1.1, 4.1.2
        for name in _ONCE:
            assert len(parent.findall(_ATOM + name)) == 1, name
        for name in ("generator", "rights", "subtitle", "summary"):
            assert len(parent.findall(_ATOM + name)) <= 1, name
        assert _TIME.fullmatch(_text(parent, "updated"))
        assert urlsplit(_text(parent, "id")).scheme
        for link in parent.findall(f"{_ATOM}link"):  # 4.2.7
            assert urlsplit(link.get("href")).netloc, "links are absolute"
        relations = [link.get("rel") for link in parent.findall(f"{_ATOM}link")]
        assert len(set(relations)) == len(relations)
        assert "alternate" in relations
    assert root.findall(f"{_ATOM}author")  # of all entries that have none, 4.1.1
    for author in root.iter(f"{_ATOM}name"):
        assert (author.text or "").strip()
    for category in root.iter(f"{_ATOM}category"):
        assert (category.get("term") or "").strip()
    ids = [_text(entry, "id") for entry in entries]
    assert len(set(ids)) == len(ids)
    times = [_text(entry, "updated") for entry in entries]
    assert times == sorted(times, reverse=True)
    assert not times or _text(root, "updated") == times[0]


def _text(parent: Any, name: str) -> str:
    return parent.findtext(_ATOM + name) or ""
