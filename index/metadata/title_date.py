"""The date in a title, and the title without it: `Anna Berg to Karl Holm, Uppsala, [12 May 1871]`."""

import re
from dataclasses import dataclass, replace

from index.metadata.date_forms import ORDINAL
from index.metadata.date_words import BEFORE_DAY, CIRCA, JOINING, LONG_BEFORE_DAY, UNDATED, WEEKDAYS
from index.metadata.dates import parse_date
from search.document import ArchivalDate
from search.languages.english_months import MONTH
from search.languages.month_names import MONTHS_NAMED

_LONGEST = 60  # characters of a date in a title
_MOST_WORDS = 6  # of a date within a title, or before it
_SPLITS = re.compile(r"(?P<mark>\s*(?:[,;:(\[]|\s[–—-])\s*)|\s+")
_JOINS = re.compile(
    rf"(?:[\s,;:(\[–—-]+|\b(?:dated|of|on|from|the|{LONG_BEFORE_DAY}|{JOINING})(?=[\s,(\[]*$))+$", re.I
)
_MAY_BE_DATED = re.compile(rf"\d|\b[ns][.\s]{{1,2}}d\b|dat[aeu]|{UNDATED}", re.IGNORECASE)
_WITHOUT_YEAR = re.compile(
    rf"(?:\d{{1,2}}(?:\.|{ORDINAL})\s+{MONTH}|{MONTH}\s+\d{{1,2}}{ORDINAL})", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_LEAD = re.compile(
    rf"""\W*(?:circa|ca?\b|about|around|approx|before|after|not|no|between|by|early|mid|late|prob|poss|perhaps|likely
    |spring|summer|autumn|fall|winter|first|second|last|undated|n\.?\s?d|s\.?\s?d|sine|{UNDATED}
    |(?:{CIRCA})\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b
    |(?:{WEEKDAYS}),?\s+(?:(?:{BEFORE_DAY})\s+)?\d|(?:the|{LONG_BEFORE_DAY})\s|rec|\d)""",
    re.IGNORECASE | re.VERBOSE,
)
"""The words with which a date may begin, other than figures and months: approximations, weekdays."""
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_IN_FIGURES = re.compile(r"\d[./-]\s?[\divx]+[./-]\s?\d", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class DatedTitle:
    """A title without its date: the text before it, the text after it, and whether a mark set it off."""

    text: str
    after: str = ""
    date: ArchivalDate | None = None
    apart: bool = False

    @property
    def to_the_day(self) -> bool:
        """Whether the date is a single day."""
        return (
            self.date is not None
            and self.date.earliest is not None
            and self.date.earliest == self.date.latest
        )


def split_date(title: str) -> DatedTitle:
    """The title and its date, which ends it, else begins it, else stands within it.

    A month or year counts only behind a comma or bracket (`Letter, May 1871`), since it may belong to what
    the title is about. Of several days none is the date. A statement that there is no date (`n.d.`) is
    taken off as well.
    """
    if not _MAY_BE_DATED.search(title):
        return DatedTitle(title)
    splits = list(_SPLITS.finditer(title))
    found = _at_end(title, splits)
    if found is None or (found.date and not found.to_the_day):
        whole_day = _may_be_day(title) and (_at_start(title, splits) or _within(title, splits))
        found = whole_day or found or DatedTitle(title)
    several = found.to_the_day and (_may_be_day(found.text) or _may_be_day(found.after))
    return replace(found, date=None) if several else found


def _at_end(title: str, splits: list[re.Match[str]]) -> DatedTitle | None:
    for split in splits:
        text = title[split.end() :]
        marked = split["mark"] is not None
        if len(text) > _LONGEST or not (_begins_date(text) or (marked and _LEAD.match(text))):
            continue
        if marked and (_WITHOUT_YEAR.fullmatch(text.strip(" )].")) or _is_undated(text)):
            return DatedTitle(_JOINS.sub("", title[: split.start()]), apart=True)
        if date := _date(text, whole_day=not marked):
            before = title[: split.start()]
            return DatedTitle(_JOINS.sub("", before), "", date, marked)
    return None


def _at_start(title: str, splits: list[re.Match[str]]) -> DatedTitle | None:
    if not _begins_date(title):
        return None
    if date := _date(title, whole_day=True):
        return DatedTitle("", "", date)
    for split in reversed(splits[:_MOST_WORDS]):
        if split.start() <= _LONGEST and (date := _date(title[: split.start()], whole_day=True)):
            return DatedTitle(title[split.end() :].lstrip(".–—- "), "", date)
    return None


def _within(title: str, splits: list[re.Match[str]]) -> DatedTitle | None:
    for number, split in enumerate(splits):
        if not _begins_date(title[split.end() :]):
            continue
        for end in reversed(splits[number + 1 : number + _MOST_WORDS]):
            if date := _date(title[split.end() : end.start()], whole_day=True):
                before, after = title[: split.start()], title[end.start() :]
                return DatedTitle(_JOINS.sub("", before), after, date, split["mark"] is not None)
    return None


def _is_undated(text: str) -> bool:
    """Whether a text states that there is no date: `undated`, `n.d.`."""
    return any(map(str.isalpha, text)) and parse_date(text) is None


def _begins_date(text: str) -> bool:
    """Whether a text begins with a figure or a month."""
    if _DAY_NUMBER.match(text):
        return True
    word = _WORD.match(text)
    name = word[0].lower() if word else ""
    return name in MONTHS_NAMED


def _date(text: str, *, whole_day: bool) -> ArchivalDate | None:
    """The date that a text is, if it is one; with `whole_day`, only a single day."""
    if not any(map(str.isdigit, text)) or (whole_day and not _may_be_day(text)):
        return None
    text = text.strip(" ,")
    if text.endswith((")", "]")) and not any(mark in text for mark in "(["):
        text = text.rstrip(")] ")
    date = parse_date(text)
    if date is None or not date.understood:
        return None
    return date if not whole_day or date.earliest == date.latest else None


def _may_be_day(text: str) -> bool:
    """Whether a text has what a day has: a year, and a month in letters or figures."""
    named = (word[0].lower() for word in _WORD.finditer(text))
    return _YEAR.search(text) is not None and (
        _IN_FIGURES.search(text) is not None or any(name in MONTHS_NAMED for name in named)
    )
