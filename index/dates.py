"""What days does a written date allow? English forms, ISO 8601 and EDTF (levels 0 and 1).

EDTF: Library of Congress, "Extended Date/Time Format Specification" (2019). Nothing is ever added to
what is written: a year stays a year, and words that are not understood say so.
"""

import re
from collections.abc import Callable

from index.moments import MONTH, ORDINAL, Span, between, moment, read_two_ways
from search.document import ArchivalDate, Certainty

_UNDATED = re.compile(
    r"(?:undated|no date|not dated|n\.? ?d\.?|s\.? ?d\.?|sine dato|(?:date )?(?:is )?unknown|none|-+)",
    re.IGNORECASE,
)
_EDGES = " \t\r\n.,;:[]()<>*_\"“”'‘’"
_TIME = re.compile(
    r"""[\s,;—–-]*(?:\bat\s+)?(?:
        (?<!\d)\d{1,2}(?:[:.]\d\d)?(?:\s*[–-]\s*(?:\d{1,2}(?:[:.]\d\d)?|noon|midnight))?\s*(?:[ap]\.\s?m\.?|[ap]m\b)
        | (?<=\d{4})[\s,;—–-]+(?:at\s+)?\d{1,2}:\d\d(?::\d\d)?
            (?:\s*(?:hours|hrs\.?|GMT|UTC|Z|[ECMP][SD]T|BST|CET|MSK))?
            (?:\s*[+-]\d{4}\b)?(?:\s*\([A-Z]{1,5}\))?
        | (?<=-\d\d)\s+\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:\s*(?:UTC|Z|[+-]\d\d:?\d\d))?
        | \b\d{4}Z\b | \bnoon\b | \bmidnight\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_CLOCK = re.compile(r"^\d{1,2}[:.]\d\d(?:\s*(?:hours|hrs\.?|[ap]\.?m\.?))?[\s,]+(?:on\s+)?", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?\s*|^(?:mon|tue|wed|thu|fri|sat|sun)\.?,\s*",
    re.IGNORECASE,
)
_RECEIVED = re.compile(r"[\[(]\s*rec(?:eive|’|')?d\b[^\])]*[\])]?", re.IGNORECASE)
_UNCERTAIN = re.compile(r"\?|%|\b(?:possibly|probably|perhaps|presumably|maybe|uncertain)\b", re.IGNORECASE)
_APPROXIMATE = re.compile(
    r"~|\b(?:circa|ca|approximately|approx|about|around|roughly|estimated)\b\.?|(?<![\w.])c\.?(?=\s*\d|\s+[A-Z])",
    re.IGNORECASE,
)
_SEPARATORS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (r"\.\.|/", r"\s(?:to|through|thru|till|until)\s", r"\s(?:and|&)\s", r"\s*--?\s*")
)
"""What stands between the first and the last day of a range, the plainest first."""
_CHOICE = re.compile(r"(?:either\s+)?(?P<first>.+?)\s+or\s+(?P<last>.+)", re.IGNORECASE)
_MONTH_DAYS = re.compile(
    rf"(?P<month>{MONTH})\s+(?P<first>\d{{1,2}}){ORDINAL}\s*(?:-|to|and|&)\s*(?P<last>\d{{1,2}}){ORDINAL},?\s+(?P<year>\d{{3,4}})",
    re.IGNORECASE,
)

_OPEN: tuple[tuple[str, Callable[[Span], Span]], ...] = (
    (r"(?:no|not) later than|not after|on or before|until|till|up to|by|received(?: on)?|\.\./|\.\.|/",
     lambda span: (None, span[1])),
    (r"before|prior to|earlier than|pre-?", lambda span: (None, None if span[0] is None else span[0] - 1)),
    (r"(?:no|not) earlier than|not before|on or after|since|from|beginning", lambda span: (span[0], None)),
    (r"after|later than|post-?", lambda span: (None if span[1] is None else span[1] + 1, None)),
)  # fmt: skip
"""Words that leave one end open, and what they make of the days behind them."""
_OPEN_RULES = tuple(
    (re.compile(rf"(?:{words})\s*(?P<rest>.+)", re.IGNORECASE), apply) for words, apply in _OPEN
)
_OPEN_END = re.compile(
    r"(?P<rest>.+?)\s*(?:/\.\.|\.\.|/|-|\b(?:and|or) (?:after|later)|\bonwards?)", re.IGNORECASE
)
_SINGLE_OPEN = re.compile(r"(?P<rest>.+?)\s*\b(?:and|or) (?:before|earlier)", re.IGNORECASE)

_RANGE_WORDS = re.compile(r"(?:between|from)\s+", re.IGNORECASE)

LONGEST = 200
"""No date is written in more characters; longer texts are not searched for one."""


def parse_date(text: str) -> ArchivalDate | None:
    """The days a written date allows; None if it is empty or says there is none ("[undated]").

    Words that state a date but are not understood give a date without bounds, as uncertain.
    """
    written = " ".join(text.split())
    bare = written.strip(_EDGES + "?")
    if not bare or _UNDATED.fullmatch(written.strip(" []()")) or _UNDATED.fullmatch(bare):
        return None
    found = _understand(written) if len(written) <= LONGEST else None
    if found is None:
        return ArchivalDate(written, None, None, "uncertain")
    (earliest, latest), certainty = found
    return ArchivalDate(written, earliest, latest, "uncertain" if read_two_ways(written) else certainty)


def _understand(text: str) -> tuple[Span, Certainty] | None:
    if found := moment(text):
        return found[0], "approximate" if found[1] else "exact"
    plain = text.replace("–", "-").replace("—", "-").replace("−", "-").replace("‑", "-")
    certainty: Certainty = "exact"
    if _APPROXIMATE.search(plain):
        plain, certainty = _APPROXIMATE.sub(" ", plain), "approximate"
    if _UNCERTAIN.search(plain):
        plain, certainty = _UNCERTAIN.sub(" ", plain), "uncertain"
    plain = _TIME.sub(" ", _RECEIVED.sub(" ", _WEEKDAY.sub("", plain)))
    plain = " ".join(plain.replace("[", " ").replace("]", " ").split()).strip(' \t,;:()<>*_"“”')
    plain = _CLOCK.sub("", plain)
    choice = _CHOICE.fullmatch(plain)
    if choice and (span := _joined(choice["first"], choice["last"])):
        return span, "uncertain"
    if (found := _days(plain.removeprefix("on ").removeprefix("dated "))) is None:
        return None
    span, vague = found
    return span, "approximate" if vague and certainty == "exact" else certainty


def _days(text: str) -> tuple[Span, bool] | None:
    """The days, and whether the words are vague by themselves ("early 1950s")."""
    text = text.strip(" .,;") if ".." not in text else text.strip(" ,;")
    if found := moment(text):
        return found
    if match := _MONTH_DAYS.fullmatch(text):
        ends = (f"{match[end]} {match['month']} {match['year']}" for end in ("first", "last"))
        return _certain(_joined(*ends))
    for rule, apply in _OPEN_RULES:
        if (match := rule.fullmatch(text)) and (found := moment(match["rest"])):
            return _certain(apply(found[0]))
    for rule, apply in (
        (_OPEN_END, lambda span: (span[0], None)),
        (_SINGLE_OPEN, lambda span: (None, span[1])),
    ):
        if (match := rule.fullmatch(text)) and (found := moment(match["rest"])):
            return _certain(apply(found[0]))
    return _range(text)


def _range(text: str) -> tuple[Span, bool] | None:
    text = _RANGE_WORDS.sub("", text)
    for separator in _SEPARATORS:
        for match in separator.finditer(text):
            if span := _joined(text[: match.start()], text[match.end() :]):
                return span, False
    return None


def _joined(first: str, last: str) -> Span | None:
    """From the first day of one to the last of the other, which lends what the first leaves out."""
    first, last = first.strip(" ,;()"), last.strip(" ,;()")
    if short := re.fullmatch(r"(\d\d)(\d\d)/(\d\d)", f"{first}/{last}"):  # 1950-53
        last = short[1] + short[3]
    end = moment(last)
    if end is None:
        return None
    words = last.split()
    lent = (" ".join([first, *words[at:]]) for at in range(len(words)))
    start = moment(first) or next(filter(None, map(moment, reversed(list(lent)))), None)
    return between(start[0], end[0]) if start else None


def _certain(span: Span | None) -> tuple[Span, bool] | None:
    return None if span is None or span == (None, None) else (span, False)
