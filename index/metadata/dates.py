"""Which days does a written date allow? Reads English forms, ISO 8601 and EDTF (levels 0 and 1).

Months of other languages are read as well (see `index.metadata.date_translation`). Nothing is added to
the text: a year stays a year, and a date that is not understood has no bounds.

EDTF: Library of Congress, "Extended Date/Time Format Specification" (2019).
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from index.metadata.date_forms import DATE_FORMS, ORDINAL, Bounds, between, is_ambiguous, moment
from index.metadata.date_translation import TRANSLATED, in_english
from index.metadata.date_words import CIRCA, UNDATED, UNTIL, WEEKDAYS
from search.calendar import day_number
from search.document import ArchivalDate, Certainty
from search.languages.english_months import MONTH
from search.languages.month_names import readings

_UNDATED = re.compile(
    r"(?:undated|no date|not dated|n\.? ?d\.?|s\.? ?d\.?|sine dato|(?:date )?(?:is )?unknown"
    rf"|(?:date )?not given|none|-+|{UNDATED})",
    re.IGNORECASE,
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EDGES = " \t\r\n.,;:[]()<>*_\"“”'‘’"
_TIME = re.compile(
    r"""[\s,;—–-]*(?:\bat\s+)?(?:
        (?<!\d)\d{1,2}(?:[:.]\d\d)?(?:\s*[–-]\s*(?:\d{1,2}(?:[:.]\d\d)?|noon|midnight))?\s*(?:[ap]\.\s?m\.?|[ap]m\b)
        | (?<=\d{4})[\s,;—–-]+(?:at\s+)?\d{1,2}:\d\d(?::\d\d)?
            (?:\s*(?:hours|hrs\.?|GMT|UTC|Z|[ECMP][SD]T|BST|CET|MSK))?
            (?:\s*[+-]\d{4}\b)?(?:\s*\([A-Z]{1,5}\))?
        | (?<=-\d\d)\s+\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:\s*(?:UTC|Z|[+-]\d\d:?\d\d))?
        | (?<=\d{4})[\s,;—–-]+\d{4}\s*(?:hours|hrs)\b\.?
        | \b\d{4}Z\b | \bnoon\b | \bmidnight\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_CLOCK = re.compile(r"^\d{1,2}[:.]\d\d(?:\s*(?:hours|hrs\.?|[ap]\.?m\.?))?[\s,]+(?:on\s+)?", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?\s*|^(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b[.,\s]+",
    re.IGNORECASE,
)
_WEEKDAY_ALONE = re.compile(WEEKDAYS, re.IGNORECASE)
_REC = r"rec(?:eived|['’]?d)\b"
_RECEIVED = re.compile(rf"[\[(]\s*{_REC}[^\])]*[\])]?|(?<=\w)[,;]\s*{_REC}.*", re.IGNORECASE)
_ONLY_RECEIVED = re.compile(rf"[\[(]\s*({_REC}[^\])]*)[\])]?\.?", re.IGNORECASE)
_BULK = re.compile(r"\s*[,;(\[]\s*bulk\b.*", re.IGNORECASE)
"""The bulk dates of "1900-1960 (bulk 1950-1953)", which are ignored."""
_SUPPLIED = re.compile(r"[\[(]?(?:undated|no date|not dated|n\. ?d\.)[\])]?[\s,;:]+(?=\S)", re.IGNORECASE)
"""The statement that a document is undated, before a date supplied by the cataloguer: "n.d. [1951]"."""
_BLANK = re.compile(rf"\b({MONTH})\s+(?:-{{1,3}}|_+),?\s+(?=\d{{4}}\b)", re.IGNORECASE)
_YEARS = re.compile(
    r"(?<![\d–—-])(\d\d)(\d\d)[–—](\d\d)(?![\d–—:-]|\.\d|\s*(?:[ap]\.?\s?m|noon|h))", re.IGNORECASE
)
"""Years of one century with a dash, 1911–12; with a hyphen, 1911-12, it is a month."""
_LEAD = re.compile(r"(?:on|dated)\s+|some\s?time\s+(?:in\s+)?", re.IGNORECASE)
_NEW_STYLE = re.compile(r"[\s,(]+N\. ?S\.\)?$")
_UNCERTAIN = re.compile(
    r"\?|%|\b(?:possibly|probably|perhaps|presumably|maybe|uncertain|likely|presumed|conjectured)\b",
    re.IGNORECASE,
)
_APPROXIMATE = re.compile(
    r"~|\b(?:on\s+or\s+)?\b(?:circa|ca|approximate(?:ly)?|approx|about|around|roughly|estimated)\b\.?"
    r"|(?<![\w.])(?<!\dst\s)(?<!\d[nr]d\s)(?<!\dth\s)c\.?(?=\s*\d|\s+[A-Z])"
    rf"|\b(?:{CIRCA})\.?(?=\s+\w)",
    re.IGNORECASE,
)
_SEPARATORS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (r"\.\.|/", rf"\s(?:to|through|thru|till|until|{UNTIL})\s", r"\s(?:and|&)\s", r"\s*--?\s*")
)
"""Separators between the first and the last date of a range, the least ambiguous first."""
_CHOICE = re.compile(r"(?:either\s+)?(?P<first>.+?)\s+or\s+(?P<last>.+)", re.IGNORECASE)
_MONTH_DAYS = re.compile(
    rf"(?P<month>{MONTH})\s+(?P<first>\d{{1,2}}){ORDINAL}(?:,\s*\d{{1,2}}{ORDINAL})*,?\s*(?:-|to|and|&|or)\s*(?P<last>\d{{1,2}}){ORDINAL},?\s+(?P<year>\d{{3,4}})",
    re.IGNORECASE,
)

_OPEN: tuple[tuple[str, Callable[[Bounds], Bounds]], ...] = (
    (r"(?:no|not) later than|not after|on or before|until|till|up to|by"
     r"|(?:received|rec['’]?d\.?)(?: on|:)?|\.\./|\.\.|/",
     lambda span: (None, span[1])),
    (r"before|ante|prior to|earlier than|pre-?",
     lambda span: (None, None if span[0] is None else span[0] - 1)),
    (r"(?:no|not) earlier than|not before|on or after|since|from|beginning", lambda span: (span[0], None)),
    (r"after|later than|post-?", lambda span: (None if span[1] is None else span[1] + 1, None)),
)  # fmt: skip
"""Words that leave one end open, and how they change the bounds of the date that follows."""
_OPEN_RULES = tuple(
    (re.compile(rf"(?:{words})\s*(?P<rest>.+)", re.IGNORECASE), apply) for words, apply in _OPEN
)
_OPEN_END = re.compile(
    r"(?P<rest>.+?)\s*(?:(?:-|\bto|\btill|\buntil)\s*(?:the )?(?:present|date|today|now)"
    r"|/\.\.|\.\.|/|-|\b(?:and|or) (?:after|later)|\bonwards?)",
    re.IGNORECASE,
)
_SINGLE_OPEN = re.compile(r"(?P<rest>.+?)\s*\b(?:and|or) (?:before|earlier)", re.IGNORECASE)

_BC = re.compile(r"\bb\.?\s?c\.?(?:\s?e\.?)?$", re.IGNORECASE)
_ANY_ERA = re.compile(r"\b[abc]\.?\s?[cde]\b", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"\d{4},?\s")
_RANGE_WORDS = re.compile(r"(?:between|from)\s+", re.IGNORECASE)

_PATTERNS = (
    _UNDATED, _TIME, _CLOCK, _WEEKDAY, _RECEIVED, _SUPPLIED, _LEAD, _UNCERTAIN, _APPROXIMATE, _CHOICE,
    _MONTH_DAYS, _RANGE_WORDS, *(rule for rule, _ in _OPEN_RULES), *DATE_FORMS,
)  # fmt: skip
_BEGINNINGS = frozenset(
    word
    for pattern in (*(pattern.pattern for pattern in _PATTERNS), *TRANSLATED)
    for word in re.findall(r"[a-z]{3,}", re.sub(r"\\[A-Za-z]", " ", pattern).lower())
)
"""The words in all patterns of this module, with one of which a date begins that does not begin otherwise."""
_FIRST_WORD = re.compile(r"[A-Za-z]{4,}")

_FIRST_DAY, _LAST_DAY = day_number(-9999, 1, 1), day_number(9999, 12, 31)
"""The range of four-digit years: dates beyond it count as not understood."""

LONGEST = 200
"""The most characters of a date: longer texts are not parsed."""


def is_weekday(word: str) -> bool:
    """Whether a word is the name of a weekday, in any language in which dates are read."""
    return _WEEKDAY_ALONE.fullmatch(word) is not None


@lru_cache(maxsize=5000)  # a line of a header is asked about several times, and letters share their days
def parse_date(text: str) -> ArchivalDate | None:
    """The days that a written date allows; None for no text, or one such as "[undated]".

    Words that state a date but are not understood give a date without bounds, as uncertain.
    """
    if day := _day(text):
        return ArchivalDate(text, day, day)
    written = " ".join(text.split())
    bare = written.strip(_EDGES + "?")
    if not bare or _UNDATED.fullmatch(written.strip(" []()")) or _UNDATED.fullmatch(bare):
        return None
    found = _understand_any(written) if len(written) <= LONGEST and _may_begin(written) else None
    if found is None:
        return ArchivalDate(written, None, None, "uncertain")
    (earliest, latest), certainty = found
    if any(end is not None and not _FIRST_DAY <= end <= _LAST_DAY for end in (earliest, latest)):
        return ArchivalDate(written, None, None, "uncertain")
    return ArchivalDate(written, earliest, latest, "uncertain" if is_ambiguous(written) else certainty)


def _day(text: str) -> int:
    """The day that a text is in the form of ISO 8601, which most records have; 0 for any other text."""
    try:
        return date.fromisoformat(text).toordinal() if _DAY.fullmatch(text) else 0
    except ValueError:
        return 0


def _may_begin(text: str) -> bool:
    """Whether a text may begin as dates do; most lines that are asked about do not, and need no more time."""
    if not (match := _FIRST_WORD.match(text)):
        return True
    word = match[0].lower()
    return any(word[:length] in _BEGINNINGS for length in range(3, len(word) + 1))


def _understand_any(text: str) -> tuple[Bounds, Certainty] | None:
    """What a date says; all days of all readings, where its month has another number in another language."""
    found = [item for reading in readings(text) if (item := _understand(reading))]
    if len(found) < 2:
        return found[0] if found else None
    first, last = ([span[end] for span, _ in found] for end in (0, 1))
    return (_of_all(min, first), _of_all(max, last)), "uncertain"


def _of_all(choose: Callable[[list[int]], int], ends: list[int | None]) -> int | None:
    days = [end for end in ends if end is not None]
    return choose(days) if len(days) == len(ends) else None


def _understand(text: str) -> tuple[Bounds, Certainty] | None:
    if found := moment(text):
        return found[0], "approximate" if found[1] else "exact"
    text = in_english(_BULK.sub("", _SUPPLIED.sub("", text)))
    text = _NEW_STYLE.sub("", _YEARS.sub(r"\1\2-\1\3", text))
    if only := _ONLY_RECEIVED.fullmatch(text):
        text = only[1]
    plain = text.replace("–", "-").replace("—", "-").replace("−", "-").replace("‑", "-")
    certainty: Certainty = "exact"
    if _APPROXIMATE.search(plain):
        plain, certainty = _APPROXIMATE.sub(" ", plain), "approximate"
    if _UNCERTAIN.search(plain):
        plain, certainty = _UNCERTAIN.sub(" ", plain), "uncertain"
    plain = _TIME.sub(" ", _RECEIVED.sub(" ", _WEEKDAY.sub("", plain)))
    plain = " ".join(plain.replace("[", " ").replace("]", " ").split()).strip(' \t,;:()<>*_"“”')
    plain = _BLANK.sub(r"\1 ", _CLOCK.sub("", plain))
    plain = plain[lead.end() :] if (lead := _LEAD.match(plain)) else plain
    choice = _CHOICE.fullmatch(plain)
    if choice and (found := _joined(choice["first"], choice["last"]) or _month_days(plain)):
        return found[0], "uncertain"
    if (found := _days(plain)) is None:
        return None
    span, vague = found
    return span, "approximate" if vague and certainty == "exact" else certainty


def _days(text: str) -> tuple[Bounds, bool] | None:
    """The bounds, and whether the words are vague by themselves ("early 1950s")."""
    text = text.strip(" .,;") if ".." not in text else text.strip(" ,;")
    if found := moment(text):
        return found
    if _MONTH_DAYS.fullmatch(text):
        return _month_days(text)
    for rule, apply in _OPEN_RULES:
        if (match := rule.fullmatch(text)) and (found := moment(match["rest"])):
            return _bounded(apply(found[0]), found[1])
    for rule, apply in (
        (_OPEN_END, lambda span: (span[0], None)),
        (_SINGLE_OPEN, lambda span: (None, span[1])),
    ):
        if (match := rule.fullmatch(text)) and (found := moment(match["rest"])):
            return _bounded(apply(found[0]), found[1])
    return _range(text)


def _month_days(text: str) -> tuple[Bounds, bool] | None:
    """The bounds of days of one month: `July 10-12, 1951`."""
    match = _MONTH_DAYS.fullmatch(text)
    if match is None:
        return None
    first, last = (f"{match[end]} {match['month']} {match['year']}" for end in ("first", "last"))
    return _joined(first, last)


def _range(text: str) -> tuple[Bounds, bool] | None:
    text = _RANGE_WORDS.sub("", text)
    for separator in _SEPARATORS:
        for match in separator.finditer(text):
            if found := _joined(text[: match.start()], text[match.end() :]):
                return found
    return None


def _joined(first: str, last: str) -> tuple[Bounds, bool] | None:
    """The bounds of a range of two dates, and whether either date is vague.

    The words that the first date lacks are those of the last (`10-12 July 1951`); the last date lacks
    words only if the first begins with its year (`1951 July 10-12`).
    """
    first, last = first.strip(" ,;()"), last.strip(" ,;()")
    if short := re.fullmatch(
        r"(\d\d)(\d\d)/(\d\d)|(\d\d)\d0s/(\d0s)", f"{first}/{last}"
    ):  # 1950-53, 1950s-60s
        last = (short[1] or short[4]) + (short[3] or short[5])
    if dotted := re.fullmatch(r"\d\d?(\.\d\d?\.)(\d{4})", last):  # 10.-12.07.1951, 10.07.-12.08.1951
        day = first.rstrip(".")
        first = day + dotted[1] + dotted[2] if day.isdecimal() else first
        first = f"{day}.{dotted[2]}" if re.fullmatch(r"\d\d?\.\d\d?", day) else first
    words = first.split()
    lent = (" ".join([*words[:at], last]) for at in range(len(words) - 1, 0, -1))
    end = moment(last) or (next(filter(None, map(moment, lent)), None) if _YEAR_FIRST.match(first) else None)
    if end is None:
        return None
    words = last.split()
    borrowed = [" ".join([first, *words[at:]]) for at in range(len(words))]
    start = moment(f"{first} BC") if _BC.search(last) and not _ANY_ERA.search(first) else None
    start = start or moment(first) or next(filter(None, map(moment, reversed(borrowed))), None)
    return _bounded(between(start[0], end[0]), start[1] or end[1]) if start else None


def _bounded(span: Bounds | None, vague: bool) -> tuple[Bounds, bool] | None:
    return None if span is None or span == (None, None) else (span, vague)
