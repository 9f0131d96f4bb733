"""The fields that the header of a TEI text states: titles, people, dates, source."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.extracted import Values
from index.formats.support import properties
from index.formats.support.elements import names
from index.formats.support.stream import language_of, name_of, name_of_parent
from index.formats.tei.days import date_fields, dates_in
from index.formats.tei.people import correspondents, people_in
from index.formats.tei.text import lines_of
from index.formats.tei.walk import line_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_SENDER = names("tei", "sender")
_RECIPIENT = names("tei", "recipient")
_MAIN = ("complete", "main", "full", "volume", "")  # types of titles, the best first
_OF_MAIN = {"sub", "subordinate", "desc", "part", "subtitle"}
_SERIES = {"series", "collection", "s", "j"}  # types and levels
_WORDS = re.compile(r"[^\W\d_]{2}")
_LIVES = {"person", "place", "org", "birth", "death", "listperson", "listplace", "revisiondesc"}
_LATER = {"access", "accessed", "retrieved", "digital", "online"}  # dates of nothing but the edition


@dataclass(frozen=True, slots=True)
class Titles:
    """Of the document that the header describes, of its volume, and of the series around them.

    `others` are those that have words and none of these places.
    """

    document: str = ""
    volume: str = ""
    series: str = ""
    others: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """The title of the volume or series that contains several documents."""
        return self.volume or self.document or self.series


def titles_of(header: "_Element") -> Titles:
    """The titles by level (a: of an article or letter; m: monograph; j, s: journal, series) and type."""
    stated = list(_titles(header))
    language = language_of(header) or ("" if (around := header.getparent()) is None else language_of(around))

    def best(level: str) -> str:
        found = [one for one in stated if one.level == level and not one.type & (_SERIES | _OF_MAIN)]
        for kind in _MAIN:
            of_kind = [one for one in found if kind in (one.type or {""})]
            of_kind.sort(key=lambda one: one.language not in {language, ""})
            if of_kind:
                return of_kind[0].text
        return next((one.text for one in found if one.worded), "")

    document, volume = best("a"), best("m") or best("")
    main = document or volume
    series = next((one.text for one in stated if one.level in _SERIES or one.type & _SERIES), "")
    more = next((one for one in stated if one.type & _OF_MAIN and one.language in {language, ""}), None)
    if main and more and len(main) + len(more.text) < 300 and more.text not in main:
        joined = f"{main.rstrip(' .:')}: {more.text}"
        document, volume = (joined, volume) if document else (document, joined)
    used = (document, volume, series, main, more.text if more else "")
    others = tuple(dict.fromkeys(one.text for one in stated if one.text not in used and one.worded))
    return Titles(document, volume, series, others)


def header_fields(header: "_Element") -> dict[str, Values]:
    """The fields that a header states about a text that is one document."""
    described = next(header.iter("{*}correspDesc"), None)
    people = correspondence(described) if described is not None else {}
    languages = [one for usage in header.iter("{*}langUsage") for one in usage.iter("{*}language")]
    return {
        "authors": people.get("authors") or people_in(_statements(header), "author"),
        "recipients": people.get("recipients", ()),
        "subjects": tuple(dict.fromkeys(filter(None, map(line_of, header.iter("{*}term"))))),
        "summary": "\n\n".join(line for part in header.iter("{*}abstract") for line in lines_of(part)),
        "language": _language(languages[0]) if len(languages) == 1 else "",
        "place": people.get("place") or _setting(header),
        "reference": _reference(header),
        "citation": _citation(header),
        "source_url": _address(header),
        **({"date": people["date"]} if "date" in people else _created(header)),
        **({"date_written": people["date_written"]} if "date_written" in people else {}),
    }


def header_extra(header: "_Element") -> dict[str, str]:
    """Metadata of a header that has no field of its own."""
    others = titles_of(header).others
    found = {
        "other titles": "; ".join(others),
        "editors": "; ".join(people_in(_statements(header), "editor")),
    }
    return {name: text for name, text in found.items() if text}


def correspondence(described: "_Element") -> dict[str, Values]:
    """Sender, recipient, place and date of a correspDesc (TEI Guidelines, 2.4.6)."""
    actions = list(described.iter("{*}correspAction"))
    sent = [action for action in actions if action.get("type") in _SENDER]
    received = [action for action in actions if action.get("type") in _RECIPIENT]
    dates = [date for action in sent for date in action.iter("{*}date")]
    places = (line_of(place) for action in sent for place in action.iter("{*}placeName", "{*}settlement"))
    return {
        "authors": correspondents(sent),
        "recipients": correspondents(received),
        "place": next(filter(None, places), ""),
        **date_fields(dates, " ".join(map(line_of, dates[:1]))),
    }


def source_date(header: "_Element") -> dict[str, Values]:
    """The date of a text's source by its description; the date of the edition does not count."""
    if next(header.iter("{*}correspDesc"), None) is not None:
        return {}  # a letter is not of the day on which others printed it
    for source in header.iter("{*}sourceDesc"):
        for date in dates_in(source):
            around = {name_of(one) for one in date.iterancestors()}
            if (
                not around & _LIVES
                and date.get("type") not in _LATER
                and (found := date_fields([date], line_of(date)))
            ):
                return found
    return {}


@dataclass(frozen=True, slots=True)
class _Title:
    text: str
    level: str
    type: frozenset[str]
    language: str
    worded: bool


def _statements(header: "_Element") -> Iterator["_Element"]:
    """The title statement of the file, not those of its sources."""
    for statement in header.iter("{*}titleStmt"):
        if name_of_parent(statement) == "filedesc" or name_of(header) == "filedesc":
            yield statement


def _titles(header: "_Element") -> Iterator[_Title]:
    for statement in _statements(header):
        for title in statement:
            if name_of(title) == "title" and (text := line_of(title)):
                kinds = frozenset((title.get("type") or "").lower().split())
                level = (title.get("level") or "").lower()
                if (kinds - _OF_MAIN - _SERIES) and not kinds & set(_MAIN):
                    level = level or "other"  # of a type that is no title's: a date, a number, a short form
                yield _Title(text, level, kinds, language_of(title), bool(_WORDS.search(text)))
    for statement in header.iter("{*}seriesStmt"):
        for title in statement:
            if name_of(title) == "title" and (text := line_of(title)):
                yield _Title(text, "s", frozenset(), language_of(title), True)


def _created(header: "_Element") -> Mapping[str, Values]:
    """The date of creation, else of the source, else of the recorded event."""
    for name in ("creation", "origDate", "settingDesc"):
        dates = [date for part in header.iter(f"{{*}}{name}") for date in dates_in(part)]
        if found := date_fields(dates, " ".join(map(line_of, dates[:1]))):
            return found
    return {}


def _setting(header: "_Element") -> str:
    """The place of the recorded event."""
    for setting in header.iter("{*}settingDesc"):
        for one in setting.iter("{*}placeName", "{*}settlement", "{*}name"):
            if (name_of(one) != "name" or one.get("type") in {"city", "place"}) and (text := line_of(one)):
                return text
    return ""


def _reference(header: "_Element") -> str:
    """Repository and shelfmark of the source."""
    wanted = ("country", "settlement", "institution", "repository", "collection", "idno")
    for identifier in header.iter("{*}msIdentifier"):
        parts = (line_of(one) for one in identifier if name_of(one) in wanted)
        if text := ", ".join(dict.fromkeys(filter(None, parts))):
            return text
    return ""


def _citation(header: "_Element") -> str:
    """The place of printing of the source."""
    for source in header.iter("{*}sourceDesc"):
        for one in source.iter("{*}bibl", "{*}biblStruct"):
            text = line_of(one) if name_of(one) == "bibl" else _in_parts(one)
            if _WORDS.search(text):
                return text
    return ""


def _in_parts(described: "_Element") -> str:
    """A structured description as a line: its texts with commas between."""
    parts = (line_of(one) for one in described.iter("{*}*") if not any(map(name_of, one)))
    return ", ".join(dict.fromkeys(filter(None, parts)))


def _address(header: "_Element") -> str:
    """The permanent address of the digital text."""
    for statement in header.iter("{*}publicationStmt"):
        if name_of_parent(statement) == "filedesc":
            for one in statement.iter("{*}idno", "{*}ptr"):
                address = one.get("target") or line_of(one)
                if address.startswith(("http://", "https://")):
                    return address
    return ""


def _language(language: "_Element") -> str:
    return line_of(language) or properties.language(language.get("ident"))
