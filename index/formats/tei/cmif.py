"""CMIF: a list of letters without their texts, one `correspDesc` each, in the header of a TEI file.

The Correspondence Metadata Interchange Format of the TEI Correspondence SIG
(https://github.com/TEI-Correspondence-SIG/CMIF): `source` names the edition, `key` the letter's number in
it, `ref` its address.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from index.extracted import Extracted, Values
from index.formats.support.stream import drop, events, name_of, own_id
from index.formats.tei.header import correspondence, titles_of
from index.formats.tei.people import name_in
from index.formats.tei.text import passages_of
from index.formats.tei.walk import line_of
from index.metadata import ids
from index.sources.files import SourceFile
from search.languages.english_months import MONTHS

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLAIN_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?]?)")
_ADDRESS = re.compile(r"https?://\S+")
_PARTICLES = frozenset({"von", "van", "zu", "de", "di", "du", "af", "der", "den", "la", "le", "und"})
_SUFFIXES = frozenset({"Jr.", "Sr.", "Jr", "Sr", "II", "III", "MP"})
_PEOPLE = ("authors", "recipients")
_NAMED = frozenset({"persname", "orgname", "placename"})
_KEPT = frozenset({"filedesc", "correspdesc"})


def read(file: SourceFile) -> Iterator[Extracted]:
    """The letters of a list, in order, each without a text."""
    collection, sources, seen = "", dict[str, str](), set[str]()
    kept: _Element | None = None
    number = 0
    for event, element in events(file):
        if event == "start":
            kept = element if kept is None and name_of(element) in _KEPT else kept
        elif kept is None or kept is element:
            kept = None
            if name_of(element) == "filedesc":
                collection = collection or titles_of(element).whole
                sources |= {own_id(one): line_of(one) for one in element.iter("{*}bibl") if own_id(one)}
            elif name_of(element) == "correspdesc":
                number += 1
                yield _letter(file, element, number, collection, sources, seen)
            drop(element)


def _letter(
    file: SourceFile,
    described: "_Element",
    number: int,
    collection: str,
    sources: Mapping[str, str],
    seen: set[str],
) -> Extracted:
    fields = correspondence(described)
    fields["title"] = _title(fields, described.get("key") or str(number))
    fields["type"] = "letter"
    fields["collection"] = collection
    source = (described.get("source") or "").removeprefix("#")
    printed = sources.get(source, "")
    key = described.get("key") or ""
    fields["citation"] = ", no. ".join(filter(None, [printed, key]))
    if address := _ADDRESS.fullmatch(described.get("ref") or ""):
        fields["source_url"] = address[0]
    if own := own_id(described) or key or described.get("ref"):
        own = f"{source}-{own}" if len(sources) > 1 and source in sources else own
        if own not in seen:  # the second of that number is known by its content
            seen.add(own)
            fields["id"] = f"{ids.file_slug(file.name)}-{own}"
    passages = tuple(passage for note in described.iter("{*}note") for passage in passages_of(note))
    return Extracted(passages, fields, _extra(described), number, signed="")


def _title(fields: Mapping[str, Values], number: str) -> str:
    """`Anna Berg to Karl Holm, 12 May 1871`, without the parts that are unknown."""
    sender, recipient = (" and ".join(map(_spoken_name, fields.get(name, ()))) for name in _PEOPLE)
    date = _spoken(str(fields.get("date", "")), str(fields.get("date_written", "")))
    if not (sender or recipient):
        return ", ".join(filter(None, [f"Letter {number}", date]))
    who = f"{sender} to {recipient}" if sender and recipient else sender or f"To {recipient}"
    return ", ".join(filter(None, [who, date]))


def _spoken_name(name: str) -> str:
    """`Anna Berg` for `Berg, Anna`."""
    family, comma, given = name.partition(", ")
    spoken = (
        all(word[:1].isupper() or word in _PARTICLES for word in given.split()) and given not in _SUFFIXES
    )
    return f"{given} {family}" if comma and spoken and "," not in given else name


def _spoken(plain: str, written: str) -> str:
    """A date in words, from its EDTF form."""
    if written:
        return written
    first, slash, last = plain.partition("/")
    if first.strip(".") == "" and slash:
        return f"before {_day(last)}"
    if last.strip(".") == "" and slash:
        return f"after {_day(first)}"
    return f"{_day(first)} – {_day(last)}" if slash else _day(first)


def _day(plain: str) -> str:
    match = _PLAIN_DAY.fullmatch(plain)
    if not match:
        return plain
    year, month, day, doubt = match.groups()
    named = MONTHS[int(month) - 1] if month and 1 <= int(month) <= 12 else ""
    text = " ".join(filter(None, [day and day.lstrip("0"), named, year]))
    return {"~": f"c. {text}", "?": f"{text}?"}.get(doubt, text)


def _extra(described: "_Element") -> dict[str, str]:
    """Destination, forwarders, and the authority URIs of people and places of a letter."""
    found: dict[str, list[str]] = {}
    for action in described.iter("{*}correspAction"):
        kind = action.get("type") or ""
        for one in action:
            if name_of(one) == "placename" and kind == "received":
                found.setdefault("sent to", []).append(line_of(one))
            elif name_of(one) in _NAMED and kind not in {"sent", "received"}:
                found.setdefault(kind or "other", []).append(name_in(one))
    for one in described.iter("{*}*"):
        if name_of(one) in _NAMED and (address := one.get("ref") or "").startswith("http"):
            found.setdefault("authorities", []).append(f"{line_of(one)}: {address}")
    return {
        name: "; ".join(dict.fromkeys(filter(None, texts))) for name, texts in found.items() if any(texts)
    }
