"""Cables: telegrams and military messages with a date-time group, FM, TO and SUBJECT lines.

    R 061232Z MAR 74                       precedence and date-time group
    FM AMEMBASSY UPPSALA
    TO SECSTATE WASHDC PRIORITY 0872       an addressee a line, INFO likewise
    C O N F I D E N T I A L UPPSALA 0179   classification and message number
    E.O. 11652: GDS
    TAGS: PFOR, SW
    SUBJECT: MILL GATES ON THE LOWER RIVER
    REF: STATE 106206

Lines that are not understood stay in the text; marks of pages and of routing are no text.

Forms: ACP 127, "Communications Instructions: Tape Relay Procedures"; 5 FAH-2, "Telecommunications
Handbook", of the US Department of State.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from index.extracted import Passage, Values
from index.metadata.names import display_name

_OPENING = 60  # lines within which FM and a date-time group stand
_CLASSES = (
    "TOP SECRET", "SECRET", "CONFIDENTIAL", "RESTRICTED", "LIMITED OFFICIAL USE", "SENSITIVE", "UNCLASSIFIED",
    "UNCLAS",
)  # fmt: skip
_CLASS = "|".join(r"\s*".join(name.replace(" ", "")) for name in _CLASSES)
_CLASSIFIED = re.compile(rf"(?P<class>{_CLASS})(?![A-Z])(?P<rest>.*)")
_MONTH = "(?:JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)"
_GROUP = re.compile(
    rf"(?:(?P<precedence>[ZOPRY](?:\s+[ZOPRY])*|FLASH|IMMEDIATE|PRIORITY|ROUTINE)\s+)?"
    rf"(?P<group>\d{{6}}[A-Z]\s*{_MONTH}\s*(?:\d{{4}}|\d\d))\b(?P<rest>.*)",
    re.IGNORECASE,
)
_PRECEDENCES = {"Z": "Flash", "O": "Immediate", "P": "Priority", "R": "Routine", "Y": "Emergency"}
_LABEL = re.compile(
    r"(?P<name>FM|TO|INFO|ACTION|ORIGIN|XMT)(?:\s+|:\s*)(?P<value>\S.*)"
    r"|(?P<name2>E\.?\s?O\.?\s?\d{5}|TAGS|SUBJECT|SUBJ|REFS?(?:ERENCES?)?)\s*(?:[:/]{1,2}|\s-\s)\s*(?P<value2>.*)"
)
_NAMES = {"SUBJ": "SUBJECT", "REFS": "REF", "REFERENCE": "REF", "REFERENCES": "REF"}
_ADDRESSES = {"FM", "TO", "INFO"}
_KEPT = {
    "FM": "from", "TO": "to", "INFO": "info", "ACTION": "action", "ORIGIN": "origin", "XMT": "exempt",
    "REF": "references",
}  # fmt: skip
_ROUTING = re.compile(
    r"(?:Z[A-Z]{2}\b|VZCZC|DE\s+R[A-Z]{3,}|R[A-Z]{7}\s+R[A-Z]{3,}|[ZOPRY]{2}(?:\s+R[A-Z]{3,})+|-{5,}|#\d{3,5}$).*"
    r"|BT|NNNN"
)
_PAGE = re.compile(
    rf"(?:(?:{_CLASS})\s+)?PAGE\s+\d\d?(?:\s+OF\s+\d\d?)?\s+[A-Z][A-Z ]+\d+.*|NNNN|BT|#\d{{3,5}}"
)
_INDICATOR = re.compile(r"R[A-Z]{3,}\s*/\s*")
_AFTER_ADDRESSEE = re.compile(
    r"(?:\s+(?:PRIORITY|IMMEDIATE|FLASH|ROUTINE|NIACT|IMMED))*(?:\s+\d{1,6})?(?://.*//)?$"
)
_WRAPPED = 50  # characters: a value as long may go on in the next line
_NUMBERED = re.compile(r"\d+\.\s|[A-Z]\.\s|\([A-Z\d]\)")
_LETTERED = re.compile(r"\(?[A-Z]\)|[A-Z]\.\s")
_SIGNED = re.compile(r"[A-Z][A-Z'’-]{2,}(?:\s+JR\.?)?")
_NO_SIGNATURE = {"END", "STOP", "UNQUOTE", "ENDTEXT", "DECON", "NOFORN", "NODIS", "EXDIS", "LIMDIS"}


@dataclass(frozen=True, slots=True)
class Cable:
    """Fields of a cable under the names of `Document`, its other metadata, and the passages of its text.

    `boilerplate` is the number of characters in marks of pages.
    """

    fields: Mapping[str, Values]
    extra: Mapping[str, str]
    body: tuple[Passage, ...]
    boilerplate: int = 0


@dataclass(slots=True)
class _Header:
    """What the lines of the header say: values by label, and the text that is not understood."""

    values: dict[str, list[str]] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    text: list[tuple[int, str]] = field(default_factory=list)
    last: str = ""

    def one(self, name: str) -> str:
        """All lines of a value as one."""
        return " ".join(" ".join(self.values.get(name, ())).split())


def read_cable(passages: Sequence[Passage]) -> Cable | None:
    """The cable that passages are; None if there is no date-time group near an FM line above a text."""
    every = ((number, line) for number, passage in enumerate(passages) for line in passage.lines)
    lines = list(islice(every, _OPENING))
    opening = [line.strip() for _, line in lines]
    group = next((at for at, line in enumerate(opening) if _GROUP.fullmatch(line)), None)
    if group is None or not any(line.startswith("FM ") for line in opening[max(0, group - 5) : group + 6]):
        return None
    lines += every
    header = _Header()
    end = _read_header(lines, header)
    text = [*header.text, *lines[end:]]
    body = _without_pages(text)
    dropped = sum(len(line) for _, line in text) - sum(len(line) for _, line in body)
    return Cable(_fields(header, body), _extra(header), _passages(body, passages), dropped)


def _read_header(lines: Sequence[tuple[int, str]], header: _Header) -> int:
    """Read lines into `header`, up to the text; returns the index of its first line."""
    subject = next((at for at, (_, line) in enumerate(lines[:_OPENING]) if _is_subject(line)), -1)
    passage = -1
    for at, (number, whole) in enumerate(lines):
        line = whole.strip()
        goes_on = number == passage and bool(header.last)
        passage = number
        if not line or _ROUTING.fullmatch(line) or _PAGE.fullmatch(line):
            _keep_routing(line, header)
        elif _understand(line, header):
            pass
        elif goes_on and _continues(whole, header):
            header.values[header.last].append(line)
        elif at > subject and (("date" in header.values and "TO" in header.values) or at >= _OPENING):
            return at
        else:
            header.last = ""
            header.text.append((number, whole))
    return len(lines)


def _keep_routing(line: str, header: _Header) -> None:
    if line and line not in {"BT", "NNNN"}:
        header.extra["routing"] = f"{header.extra.get('routing', '')}\n{line}".strip()
    if "SUBJECT" not in header.values:
        header.last = ""


def _understand(line: str, header: _Header) -> bool:
    """Read a line with a date-time group, a label or a classification; False if it is another."""
    if (match := _GROUP.fullmatch(line)) and "date" not in header.values:
        header.values["date"] = [match["group"]]
        header.extra |= _precedence(match["precedence"] or "")
        header.last = ""
        return True
    if match := _LABEL.fullmatch(line):
        name = match["name"] or match["name2"]
        name = _NAMES.get(name, name)
        header.values.setdefault(name, []).append(match["value"] or match["value2"] or "")
        header.last = name
        return True
    if (match := _CLASSIFIED.fullmatch(line)) and "class" not in header.values:
        header.values["class"] = [match["class"]]
        header.values["message"] = [match["rest"].strip(" /")]
        header.last = ""
        return True
    return False


def _precedence(letters: str) -> dict[str, str]:
    words = (_PRECEDENCES.get(letter.upper(), letter.capitalize()) for letter in letters.split())
    text = ", ".join(words)
    return {"precedence": text} if text else {}


def _continues(whole: str, header: _Header) -> bool:
    """Whether a line goes on with the value above it: an addressee, or a subject that runs on."""
    line = whole.strip()
    if whole[:1] in {" ", "\t"} and line:
        return True
    if header.last in _ADDRESSES:
        return line.isupper() and ":" not in line
    wrapped = len(header.values[header.last][-1]) > _WRAPPED and not _NUMBERED.match(line)
    return (header.last == "REF" and _LETTERED.match(line) is not None) or wrapped


def _is_subject(line: str) -> bool:
    match = _LABEL.fullmatch(line.strip())
    return match is not None and (match["name2"] or "").startswith("SUBJ")


def _without_pages(lines: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines without marks of pages, and without a classification on a line of its own beside one."""
    kept: list[tuple[int, str]] = []
    beside = False
    for number, whole in lines:
        line = whole.strip()
        if _PAGE.fullmatch(line):
            while kept and (not kept[-1][1].strip() or _is_class(kept[-1][1])):
                kept.pop()
            beside = True
        elif not (beside and (not line or _is_class(line))):
            kept.append((number, whole))
            beside = False
    while kept and (not kept[-1][1].strip() or _is_class(kept[-1][1])):
        kept.pop()
    return kept


def _is_class(line: str) -> bool:
    match = _CLASSIFIED.fullmatch(line.strip())
    return match is not None and not match["rest"].strip()


def _fields(header: _Header, body: Sequence[tuple[int, str]]) -> dict[str, Values]:
    sender = tuple(_addressees(header, "FM"))
    signed = _signature(body)
    subject = header.one("SUBJECT").rstrip("/ ")
    return {
        "title": subject or header.one("message"),
        "date": header.one("date"),
        "authors": (display_name(signed).replace(" JR", " Jr."),) if signed else sender[:1],
        "recipients": tuple(_addressees(header, "TO")),
        "subjects": tuple(
            tag for tag in map(str.strip, re.split(r"[,;](?![^(]*\))", header.one("TAGS"))) if tag
        ),
        "classification": _class_name(header.one("class")),
        "type": "telegram",
    }


def _class_name(written: str) -> str:
    letters = written.replace(" ", "")
    name = next((name for name in _CLASSES if name.replace(" ", "") == letters), "")
    return "Unclassified" if name == "UNCLAS" else name.title()


def _addressees(header: _Header, name: str) -> Iterator[str]:
    """Offices, as written, without their routing indicators, precedence and serial number."""
    found = (
        _AFTER_ADDRESSEE.sub("", _INDICATOR.sub("", line)).strip() for line in header.values.get(name, ())
    )
    yield from dict.fromkeys(filter(None, found))


def _signature(body: Sequence[tuple[int, str]]) -> str:
    """The name in capitals on the last line of the text; none if there are no other lines."""
    last = body[-1][1].strip() if len(body) > 1 else ""
    return last if _SIGNED.fullmatch(last) and last not in _NO_SIGNATURE else ""


def _extra(header: _Header) -> dict[str, str]:
    """What has no field of its own: message number, information addressees, references …"""
    extra = dict(header.extra)
    for name, shown in _KEPT.items():
        if values := header.values.get(name):
            extra[shown] = "\n".join(filter(None, values))
    extra |= {name: header.one(name) for name in header.values if name.startswith("E")}
    extra["message number"] = header.one("message")
    return {name: value for name, value in extra.items() if value}


def _passages(lines: Iterable[tuple[int, str]], passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages again from their lines."""
    texts: dict[int, list[str]] = {}
    for number, line in lines:
        texts.setdefault(number, []).append(line)
    kept = (passages[number].with_text("\n".join(text).strip()) for number, text in texts.items())
    return tuple(passage for passage in kept if passage.text)
