"""What the first and last lines of a text state: dateline, security classification, signature."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.extracted import Passage
from index.metadata.date_forms import ORDINAL
from index.metadata.dates import is_weekday, parse_date
from index.metadata.header_block.lines import begins_with_sentence
from index.metadata.labels import Labels
from index.metadata.names import display_name
from search.document import ArchivalDate
from search.languages.english_months import MONTH

_MONTH = rf"(?i:{MONTH})"
_NUMBER = rf"\d{{1,2}}{ORDINAL}"
_DAY = (
    rf"(?:{_MONTH}\s+{_NUMBER},?\s+\d{{3,4}}|{_NUMBER}\s+(?:of\s+)?{_MONTH},?\s+\d{{3,4}}|\d{{4}}-\d\d-\d\d)"
)
_PLACE_WORD = r"(?:[^\W\d_a-z][\w'’]*|of|the|de|la|del|du|in|at|on|near|and|am|au|aux|les|el|sur)"
_DATELINE = re.compile(
    rf"""[\[(]?\s*(?!Rec)(?P<place>(?:{_PLACE_WORD}[\s,./—–\]-]+){{0,20}}?|\[[^\]\d]{{1,40}}\],\s*)\[?
        (?P<date>(?:{_MONTH}\s+)?(?:\d{{1,2}}{ORDINAL}\s*[–-]\s*)?{_DAY}|(?<=,\s){_MONTH}\s+\d{{4}})
        (?P<time>[\s,—–-]+.{{0,40}}?)?[.\])]*
        (?:\s*[\[(](?:Received|Rec['’]?d).*)?""",
    re.VERBOSE,
)
_MEETING = re.compile(rf"\b(?i:held|met|meeting|session|sitting)\b.*?\W(?P<date>{_DAY})(?!\w)")
_SALUTATION = re.compile(
    r"""(?:my\s)?(?:very\s)?dear(?:est)?\s | (?:dear\s)?(?:sir|madam|gentlemen)\b\s?[,:.—-]
    | (?:sehr\s)?(?:geehrter?|verehrter?)\s | (?:meine?\s)?lieber?\s[^\W\d_a-z]
    | (?:mon\s|ma\s)?ch(?:er|ère)\s | (?:querid|estimad|car|gentil|egregi)[oa]\s
    | (?:много)?уважаем(?:ый|ая)\s | дорог(?:ой|ая)\s | милостивый\s
    | käre?\s | kære?\s | beste\s[^\W\d_a-z]""",
    re.IGNORECASE | re.VERBOSE,
)
_GREETING = 4  # passages within which a salutation stands
_OPENING = 8  # passages in which a dateline may stand
_OPENING_LINES = 40  # lines in which a classification may stand
_LONGEST_PLACE = 60  # characters
_CLOSING = 30  # lines in which a signature may stand
_RUNNING_TEXT = 160  # characters: a longer line is text, and no signature stands above it
_NAME = r"[^\W\d_a-z][\w'’.-]*(?:\s+(?:(?:de|von|van|der|la|le)\s+)*[^\W\d_a-z][\w'’.-]*){0,3}"
_SIGNED_WITH_DATE = re.compile(
    rf"(?P<date>{_DAY})[,.]?\s+(?P<name>{_NAME})\.?|(?P<name2>{_NAME})\s+(?P<date2>{_DAY})\.?"
)
_SIGNED = re.compile(r"(?:/s/|\(signed\)|\[signed\]|signed:?)\s*(?P<name>.+)", re.IGNORECASE)
_CLOSING_FORMULA = re.compile(
    r"""(?:I\s(?:have|am|remain|renew|avail|beg)\b | yours?\b | accept[,\s] | (?:your\s)?obedient\sservant
        | (?:very\s|most\s)?(?:respectfully|sincerely|faithfully|truly|cordially)\b
        | with\s(?:\w+\s){0,3}(?:regards?|wishes|respect|greetings)).{0,80}""",
    re.IGNORECASE | re.VERBOSE,
)
_INITIALS_AND_SURNAME = re.compile(r"(?:[^\W\d_]\.\s?){1,3}(?:(?:de|von|van)\s)?[^\W\d_a-z][\w'’-]+\.?")
_CAPITALS = re.compile(r"[^\W\d_]{4,}(?:[-'’][^\W\d_]+)?(?:\s*[\[(][\w .'’-]+[\])])?[.,]?")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and the date beside the name, if any."""

    name: str = ""
    date: ArchivalDate | None = None

    @property
    def dated(self) -> bool:
        """Whether a date stands beside the name, as the writer of a document puts it."""
        return self.date is not None


def find_dateline(passages: Sequence[Passage]) -> tuple[ArchivalDate | None, str]:
    """The date and place of the first line near the top that consists of a place and a day."""
    for passage in passages[:_OPENING]:
        if any(len(line) > _RUNNING_TEXT for line in passage.lines):
            break  # a date further down belongs to the text
        for line in passage.lines:
            match = _DATELINE.fullmatch(line.strip())
            date = parse_date(match["date"]) if match else None
            if match and date and date.understood:
                return date, _place(match["place"])
    return None, ""


def find_meeting_day(passages: Sequence[Passage]) -> ArchivalDate | None:
    """The day in the first line near the top that tells when those who write minutes met."""
    for passage in passages[:_OPENING]:
        match = (
            _MEETING.search(" ".join(passage.text.split())) if len(passage.text) <= _RUNNING_TEXT else None
        )
        date = parse_date(match["date"]) if match else None
        if date and date.understood:
            return date
    return None


def _place(text: str) -> str:
    """The last part before the comma and the date: Berne in `Legation of Spain, Berne,`."""
    if not text.rstrip(" ]").endswith(",") or len(text) > _LONGEST_PLACE:
        return ""
    parts = [part.strip() for part in text.strip(" ,.—–-[]").split(",")]
    place = next((part for part in reversed(parts) if not _has_day_name(part)), "")
    return place if place[:1].isupper() else ""


def begins_with_salutation(passages: Sequence[Passage]) -> bool:
    """Whether a text begins as letters do, with `Dear Sir,` or the like."""
    return any(_SALUTATION.match(passage.text) for passage in passages[:_GREETING])


def find_classification(passages: Sequence[Passage], labels: Labels) -> str:
    """The security classification on a line of its own near the top; capitals become `Capitals`."""
    lines = [line for passage in passages[:_OPENING_LINES] for line in passage.lines]
    found = (line.strip("[]() .") for line in lines[:_OPENING_LINES] if labels.is_classification(line))
    return next((line.title() if line.isupper() or line.islower() else line for line in found), "")


def find_signature(passages: Sequence[Passage], *, signed: bool = False) -> Signature:
    """The signature at the end of the text.

    A word in capitals as the last line is a name only if documents of this type are `signed` that way.
    """
    lines = _closing_lines(passages)
    for line in reversed(lines):
        if match := _SIGNED_WITH_DATE.fullmatch(line):
            name = match["name"] or match["name2"]
            if _is_signature(name):
                return Signature(display_name(name), parse_date(match["date"] or match["date2"]))
    for before, line in zip(["", *lines], lines, strict=False):
        if match := _SIGNED.fullmatch(line):
            return Signature(display_name(match["name"])) if _is_signature(match["name"]) else Signature()
        if _CLOSING_FORMULA.fullmatch(before) and _is_signature(line):
            return Signature(display_name(line))
    for line in reversed(lines):
        if begins_with_sentence(line) and line[:1].isalpha():
            break  # what stands above a sentence heads it, as "D. Gambling" may
        if _INITIALS_AND_SURNAME.fullmatch(line):
            return Signature(display_name(line))
    if signed and lines and _CAPITALS.fullmatch(lines[-1]) and lines[-1].partition("[")[0].isupper():
        return Signature(display_name(lines[-1]))
    return Signature()


def _has_day_name(text: str) -> bool:
    """Whether a text begins with the name of a weekday, or is that of a month."""
    word = (text.split() or [""])[0].strip(".,")
    return (word.isalpha() and is_weekday(word)) or re.fullmatch(_MONTH, text.strip()) is not None


def _is_signature(name: str) -> bool:
    """Whether a text is one to four capitalised words, and perhaps brackets, as signatures are."""
    if _has_day_name(name):
        return False
    return re.fullmatch(rf"{_NAME}(?:\s*[\[(][\w .'’-]+[\])])?[.,]?", name.strip()) is not None


def _closing_lines(passages: Sequence[Passage]) -> list[str]:
    """The short lines at the end of the text, in order, below the last heading; empty ones are left out."""
    lines: list[str] = []
    for passage in reversed(passages[-_CLOSING:]):
        if passage.kind == "heading" and lines:
            return lines[::-1]
        for line in reversed(passage.lines):
            if len(line) > _RUNNING_TEXT or len(lines) >= _CLOSING:
                return lines[::-1]
            if line.strip():
                lines.append(line.strip())
    return lines[::-1]
