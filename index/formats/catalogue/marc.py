"""MARC 21: a record of control fields and data fields, from XML or binary, as a document.

https://www.loc.gov/marc/bibliographic/
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.extracted import Extracted
from index.formats.catalogue.mapping import distinct, mapped, person, record, stated_date
from index.formats.support import properties
from index.record_fields import table
from index.sources.files import SourceFile

Subfields = tuple[tuple[str, str], ...]

_ISBD = re.compile(r"\s*[/:;=,]\s*$")  # punctuation before the next area of a description
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{4}|\d{4})\.$|(?<=[\])])\.$")
_NOT_SHOWN = frozenset("0123456789w")  # subfields for machines
_NAME = "abcq"
_DIVISIONS = "vxyz"  # of subjects
_ROLES = "e4j"
_YEARS = re.compile(r"[\du]{4}")


@dataclass(frozen=True, slots=True)
class DataField:
    """A field with its tag and its subfields, as pairs of code and value."""

    tag: str
    subfields: Subfields

    def text(self, codes: str = "", separator: str = " ") -> str:
        """The values of some subfields (of all that are for people) in order."""
        return separator.join(
            value for code, value in self.subfields if (code in codes if codes else code not in _NOT_SHOWN)
        )


@dataclass(frozen=True, slots=True)
class MarcRecord:
    """A record: its leader, control fields by tag, data fields."""

    leader: str
    control: tuple[tuple[str, str], ...]
    data: tuple[DataField, ...]

    def values(self, place: str) -> Sequence[str]:
        """What stands at a place: `245ab` are two subfields of field 245."""
        tag, codes = place[:3], place[3:]
        if tag < "010":
            return [value.strip() for own, value in self.control if own == tag]
        if tag.startswith("6"):
            found = [_subject(one) for one in self.data if one.tag == tag]
        else:
            clean = _on_one_line if tag.startswith("5") else _clean  # notes are sentences
            found = [clean(one.text(codes)) for one in self.data if one.tag == tag]
        return list(filter(None, found))


def document(file: SourceFile, number: int, marc: MarcRecord, own_id: str = "") -> Extracted:
    """The document that a record is."""
    fields, extra = mapped("marc", marc.values)
    people = _people(marc)
    fields |= {name: people.get(name, ()) for name in ("authors", "recipients")}
    fields["date"], others = _written(marc)
    fields["language"] = "; ".join(distinct(map(properties.language, _languages(marc))))
    fields["type"] = str(fields["type"]).strip("[] ") or table("marc")["types"].get(marc.leader[6:7], "")
    extra["contributors"] = "; ".join(people.get("", ()))
    extra["other dates"] = "; ".join(others)
    extra["headings"] = "; ".join(_headings(marc))
    extra |= _unmapped(marc)
    return record(file, number, fields, extra, own_id)


def _written(marc: MarcRecord) -> tuple[str, tuple[str, ...]]:
    """The date that is written, else the years coded in 008; that of the record itself (005) is none."""
    places = table("marc")["fields"]["date"]
    date, others = stated_date(value for place in places for value in marc.values(place))
    coded = next((value for tag, value in marc.control if tag == "008" and len(value) >= 15), "")
    if date or not coded:
        return date, others
    kind, first, last = coded[6], coded[7:11], coded[11:15]
    if kind in "sert" and _YEARS.fullmatch(first):
        return first.replace("u", "X"), others
    if kind in "ikmqcdu" and _YEARS.fullmatch(first):
        end = ".." if not _YEARS.fullmatch(last) or last in {"9999", "uuuu"} else last.replace("u", "X")
        return f"{first.replace('u', 'X')}/{end}", others
    return "", others


def _people(marc: MarcRecord) -> dict[str, tuple[str, ...]]:
    """Names by field; under "" those that neither wrote nor received."""
    found: dict[str, list[str]] = {}
    for one in marc.data:
        if one.tag in table("marc")["people"]["authors"]:
            roles = [value for code, value in one.subfields if code in _ROLES]
            added = one.tag.startswith("7") and not roles  # an added entry does not say what its person did
            found.setdefault("" if added else person(roles), []).append(_clean(one.text(_NAME)))
    return {name: distinct(names) for name, names in found.items()}


def _headings(marc: MarcRecord) -> tuple[str, ...]:
    """The names of people as the catalogue files them, where those say more: with the years of a life."""
    tags = table("marc")["people"]["authors"]
    return distinct(_clean(one.text("abcdq")) for one in marc.data if one.tag in tags and one.text("d"))


def _subject(one: DataField) -> str:
    """A heading with its subdivisions: `Mills -- Sweden -- 19th century`."""
    heading = " ".join(
        value for code, value in one.subfields if code not in _NOT_SHOWN and code not in _DIVISIONS
    )
    divisions = [_clean(value) for code, value in one.subfields if code in _DIVISIONS]
    return " -- ".join(filter(None, [_clean(heading), *divisions]))


def _languages(marc: MarcRecord) -> list[str]:
    coded = next((value[35:38] for tag, value in marc.control if tag == "008" and len(value) >= 38), "")
    stated = [value for one in marc.data if one.tag == "041" for code, value in one.subfields if code == "a"]
    return stated or [code for code in (coded,) if code.strip(" |") and code not in {"und", "zxx", "mul"}]


def _unmapped(marc: MarcRecord) -> dict[str, str]:
    """The fields that have no place among ours, under their tags."""
    mapping = table("marc")
    places = [place for kind in ("fields", "extra") for some in mapping[kind].values() for place in some]
    known = {place[:3] for place in places} | set(mapping["people"]["authors"])
    ignored = tuple(mapping["ignored"].split())
    found: dict[str, list[str]] = {}
    for one in marc.data:
        if one.tag not in known and not one.tag.startswith(ignored):
            found.setdefault(f"MARC {one.tag}", []).append(one.text())
    return {name: "; ".join(distinct(texts)) for name, texts in found.items()}


def _clean(text: str) -> str:
    """A value without the punctuation that leads to what follows it in a description."""
    return _FULL_STOP.sub("", _ISBD.sub("", _on_one_line(text)))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
