"""How does a date stand in a citation? Never more exact than its source: "circa July 1953", "[undated]".

A date is given by calendar units if its text names them; else its text stands as it is written.
"""

import re
from dataclasses import dataclass

from search.calendar import civil, month_days
from search.citation.csl import CslDate
from search.citation.plain_text import shortened
from search.document import ArchivalDate, Certainty
from search.languages.english_months import MONTHS
from search.one_line import one_line

UNDATED = "[undated]"

Unit = tuple[int, ...]
"""A year, a month of a year, or a day, in the astronomical count, in which year 0 is 1 BC."""
_BETWEEN = re.compile(r"\bbetween\b|^\[[^\[\]]*\.\.[^\[\]]*\]$", re.IGNORECASE)
_LONGEST = 100  # characters of a date as written


@dataclass(frozen=True, slots=True)
class CitedDate:
    """The units in which a date begins and ends, `start` and `end`; both None where only its text says it.

    `is_between`: the document is of one day between the two, not of all of them. `is_bracketed`: the date is
    not in the document, but was added in square brackets.
    """

    text: str
    start: Unit | None = None
    end: Unit | None = None
    certainty: Certainty = "exact"
    is_between: bool = False
    is_bracketed: bool = False

    @property
    def is_bracketed_in_part(self) -> bool:
        """Whether a part of the date was added in square brackets, as in `May 12, [1871]`."""
        inner = self.text[1:-1] if self.is_bracketed else self.text
        return "[" in inner or "]" in inner

    @property
    def is_decade(self) -> bool:
        """Whether it is a decade, from a year that ends in 0."""
        start, end = self.start, self.end
        return bool(start and end and len(start) == 1 and start[0] % 10 == 0 and end == (start[0] + 9,))


def cited_date(date: ArchivalDate | None) -> CitedDate:
    """The date of a citation."""
    if date is None:
        return CitedDate("")
    text = shortened(one_line(date.text), _LONGEST)
    if date.earliest is None or date.latest is None:
        return CitedDate(text)
    start, end = _units(date.earliest, date.latest)
    found = CitedDate(
        text, start, end, date.certainty, bool(_BETWEEN.search(text)), text[:1] == "[" and text[-1:] == "]"
    )
    if start == end or found.is_decade:
        return found
    are_named = all(str(abs(_common_era(unit[0]))) in text for unit in (start, end))
    are_whole_years = len(start) == 1 and date.certainty == "approximate"
    if are_named and (date.certainty == "exact" or are_whole_years):
        return found
    return CitedDate(text)


def csl_date(date: ArchivalDate | None) -> CslDate | None:
    """The date as CSL-JSON; None for undated documents."""
    cited = cited_date(date)
    if cited.start is None or cited.end is None:
        return {"literal": cited.text} if cited.text else None
    units = [cited.start] if cited.start == cited.end else [cited.start, cited.end]
    found: CslDate = {"date-parts": [[_common_era(year), *rest] for year, *rest in units]}
    if cited.certainty != "exact":
        found["circa"] = True
    return found


def chicago_date(date: ArchivalDate | None) -> str:
    """The date as the Chicago Manual of Style writes it: `July 4, 1953`, `circa 1951`, `[July 1951?]`."""
    cited = cited_date(date)
    if cited.start is None or cited.end is None or cited.is_bracketed_in_part:
        return cited.text or UNDATED
    if cited.is_between and cited.start != cited.end:
        written = f"between {_unit_text(cited.start)} and {_unit_text(cited.end)}"
    else:
        written = f"{cited.start[0]}s" if cited.is_decade else _range_text(cited.start, cited.end)
    if cited.certainty == "uncertain":
        return f"[{written}?]"
    written = f"circa {written}" if cited.certainty == "approximate" else written
    return f"[{written}]" if cited.is_bracketed and not cited.is_between else written


def date_text(date: CslDate) -> str:
    """A CSL date in words: `July 4, 1953`, `circa 1951–1953`; a literal as it is."""
    if "literal" in date:
        return date["literal"]
    units = units_of(date)
    written = _range_text(units[0], units[-1])
    return f"circa {written}" if date.get("circa") else written


def units_of(date: CslDate) -> list[Unit]:
    """The unit of a CSL date, or the two of a range, in the astronomical count; none of a literal."""
    return [(year if year > 0 else year + 1, *rest) for year, *rest in date.get("date-parts", [])]


def cited_year(date: CslDate | None) -> int | None:
    """The one year of a CSL date, negative if it is BC; None for several years, a literal or no date."""
    years = {part[0] for part in (date or {}).get("date-parts", [])}
    return years.pop() if len(years) == 1 else None


def _units(earliest: int, latest: int) -> tuple[Unit, Unit]:
    """The two days as years, if they begin and end whole years, else as months or days."""
    first, last = civil(earliest), civil(latest)
    if first[1:] == (1, 1) and last[1:] == (12, 31):
        return first[:1], last[:1]
    if first[2] == 1 and last[2] == month_days(*last[:2]):
        return first[:2], last[:2]
    return first, last


def _common_era(year: int) -> int:
    """A year of the astronomical count as CSL has it: 44 BC, which is -43 there, is -44."""
    return year if year > 0 else year - 1


def _range_text(start: Unit, end: Unit) -> str:
    if start == end:
        return _unit_text(start)
    if len(start) == 1 or start[0] != end[0]:
        return f"{_unit_text(start)}–{_unit_text(end)}"
    if len(start) == 3 and start[1] == end[1]:
        return f"{MONTHS[start[1] - 1]} {start[2]}–{end[2]}, {_year_text(start[0])}"
    first = _unit_text(start).removesuffix(_year_text(start[0])).rstrip(", ")
    return f"{first}–{_unit_text(end)}"


def _unit_text(unit: Unit) -> str:
    year, *rest = unit
    if not rest:
        return _year_text(year)
    month, *day = rest
    written = MONTHS[month - 1]
    return f"{written} {day[0]}, {_year_text(year)}" if day else f"{written} {_year_text(year)}"


def _year_text(year: int) -> str:
    if year <= 0:
        return f"{1 - year} BC"
    return str(year) if year >= 100 else f"AD {year}"
