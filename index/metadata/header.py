"""What does a document say about itself above its text, and below it?

Above: a date and a title that nothing announces, then labels with their values, on the same line or
on the next. Below: the labels of the page it was copied from, most of them empty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.extracted import Passage
from index.metadata.dates import parse_date
from index.metadata.labels import Labels, folded
from index.metadata.mail_header import without_mail_boilerplate

_TITLE_LENGTH = 600
_TITLE_LINES = 5
_SENTENCE = 12  # words: a first paragraph of more that ends in a full stop is text, not a title
_TYPE_WITHIN = 40  # characters in which a title names its type, if it does
_DATE_LENGTH = 60
_SHORT_VALUE = 30  # words
_TAIL_GAP = 3  # lines between two labels below the text
_TAIL_END = 8  # lines below the last of them
_GOES_ON = frozenset({"of", "the", "and", "for", "to", "in", "at", "de", "&"})
_SALUTATIONS = ("dear ", "sir,", "sir:", "madam", "gentlemen", "my dear", "excellency")


@dataclass(frozen=True, slots=True)
class Header:
    """The fields found, as text under the names of `labels.toml`, and the passages that are the text."""

    fields: Mapping[str, str]
    body: tuple[Passage, ...]


@dataclass(slots=True)
class _Line:
    text: str
    passage: int


@dataclass(slots=True)
class _Reading:
    """A place in the lines of a document, and what was found up to there."""

    lines: list[_Line]
    labels: Labels
    at: int = 0
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def line(self) -> str | None:
        return self.lines[self.at].text if self.at < len(self.lines) else None

    def add(self, name: str, value: str) -> None:
        """Keep a value; the first one of a field stands."""
        if value and name != "contents":
            self.fields.setdefault(name, value)

    def paragraph(self) -> list[str]:
        """The lines from here to the end of the passage, or to the next label in it."""
        lines: list[str] = []
        for at in range(self.at, len(self.lines)):  # without a copy of all that follows
            line = self.lines[at]
            if line.passage != self.lines[self.at].passage or (lines and self.labels.split(line.text)):
                break
            lines.append(line.text)
        return lines


def parse_header(passages: Sequence[Passage], labels: Labels, *, titled: bool = False) -> Header:
    """Read the header of a document. `titled` says that its title is known and not to be looked for."""
    passages = without_mail_boilerplate(passages, labels)
    lines = [_Line(line, number) for number, passage in enumerate(passages) for line in passage.lines]
    tail = _tail_start(lines, labels)
    reading = _Reading(lines[:tail], labels)
    if reading.line is not None and not labels.split(reading.line):
        _read_unlabelled(reading, passages, titled=titled)
    _read_labelled(reading)
    _skip_translation_mark(reading)
    fields = _read_tail(lines[tail:], labels)
    body = reading.lines[reading.at :]
    if (
        fields
        and body
        and "summary" not in reading.fields
        and _sums_up(body[-1].text, reading.fields.get("title", ""))
    ):
        fields["summary"] = body.pop().text
    return Header(fields | reading.fields, _passages(body, passages))


def is_date_line(line: str) -> bool:
    """Whether a line is a date and nothing else."""
    if len(line) > _DATE_LENGTH or not any(map(str.isdigit, line)):
        return False
    date = parse_date(line)
    return date is not None and date.understood


def _read_unlabelled(reading: _Reading, passages: Sequence[Passage], *, titled: bool) -> None:
    """A date and a title on top, in either order."""
    if is_date_line(reading.line or ""):
        reading.add("date", reading.line or "")
        reading.at += 1
    if titled or reading.line is None or reading.labels.split(reading.line):
        return
    lines = reading.paragraph()
    passage = passages[reading.lines[reading.at].passage]
    alone = reading.at + len(lines) < len(reading.lines)
    if passage.kind == "heading" or (
        passage.kind == "paragraph" and alone and _is_title(lines, reading.labels)
    ):
        reading.add("title", " ".join(" ".join(lines).split()))
        reading.at += len(lines)
        if (
            "date" not in reading.fields
            and reading.line
            and is_date_line(reading.line)
            and len(reading.paragraph()) == 1
        ):
            reading.add("date", reading.line)
            reading.at += 1


def _is_title(lines: Sequence[str], labels: Labels) -> bool:
    text = " ".join(lines).strip()
    if len(text) > _TITLE_LENGTH or len(lines) > _TITLE_LINES or not any(map(str.isalpha, text)):
        return False
    typed = labels.type_word(text[:_TYPE_WITHIN]) or " to " in text.lower()
    sentence = text.endswith(".") and len(text.split()) > _SENTENCE and not typed
    return not (sentence or text.endswith((",", ":", ";")) or text.lower().startswith(_SALUTATIONS))


def _read_labelled(reading: _Reading) -> None:
    """Labels and their values, up to the text."""
    while (line := reading.line) is not None:
        if reading.labels.phrase("credits", line):
            reading.add("credits", line.strip())
            reading.at += 1
            continue
        if (found := reading.labels.split(line)) is None:
            return
        name, value = found
        reading.at += 1
        if name == "contents":
            if value:
                reading.lines[reading.at - 1].text = value
                reading.at -= 1
            return
        if not _read_value(reading, name, value):
            return


def _read_value(reading: _Reading, name: str, value: str) -> bool:
    """The value of a label just passed; False if what follows it is the text already."""
    long = name in reading.labels.long
    wrapped = long or name in {"title", "heading"}
    if value:
        if (
            wrapped
            and reading.line is not None
            and reading.lines[reading.at].passage == reading.lines[reading.at - 1].passage
        ):
            value = "\n".join([value, *_taken(reading)])
        reading.add(name, _continued(reading, value))
        return True
    if reading.line is None or reading.labels.split(reading.line):
        return True  # a label left empty
    lines = reading.paragraph()
    if not long and not _is_value(name, lines):
        return False
    reading.add(name, "\n".join(_taken(reading)))
    while long and _label_follows(reading):
        more = "\n".join(_taken(reading))
        reading.fields[name] = f"{reading.fields[name]}\n\n{more}"
    return True


def _continued(reading: _Reading, value: str) -> str:
    """A value with the lines below it that are set further in: on the same line if they only go on."""
    pieces = [value]
    label = reading.lines[reading.at - 1]
    while (
        (line := reading.line) is not None
        and line[:1] in {" ", "\t"}
        and reading.lines[reading.at].passage == label.passage
        and not reading.labels.split(line)
    ):
        goes_on = line.lstrip()[:1].islower() or pieces[-1].rpartition(" ")[2] in _GOES_ON
        pieces += (" " if goes_on else "\n", line.strip())
        reading.at += 1
    return "".join(pieces)


def _taken(reading: _Reading) -> list[str]:
    if reading.labels.split(reading.line or ""):
        return []
    lines = reading.paragraph()
    reading.at += len(lines)
    return lines


def _is_value(name: str, lines: Sequence[str]) -> bool:
    text = " ".join(lines)
    if name == "date":
        return is_date_line(text)
    return len(text.split()) <= _SHORT_VALUE


def _label_follows(reading: _Reading) -> bool:
    """Whether a further paragraph of a long value stands before the next label."""
    if reading.line is None or reading.labels.split(reading.line):
        return False
    after = reading.at + len(reading.paragraph())
    return after < len(reading.lines) and reading.labels.split(reading.lines[after].text) is not None


def _skip_translation_mark(reading: _Reading) -> None:
    while reading.line is not None and (match := reading.labels.phrase("translation", reading.line)):
        reading.add("translation", match.groupdict().get("language") or reading.line.strip(" -–—"))
        reading.at += 1


def _tail_start(lines: Sequence[_Line], labels: Labels) -> int:
    """The line with which the labels below the text begin, or the number of lines."""
    found: list[int] = []
    for at in range(len(lines) - 1, 0, -1):
        if labels.alone(lines[at].text) or labels.split(lines[at].text):
            found.append(at)
        elif (found[-1] if found else len(lines)) - at > (_TAIL_GAP if found else _TAIL_END):
            break
    names = {(labels.split(lines[at].text) or ("",))[0] or labels.alone(lines[at].text) for at in found}
    page = len(found) >= 3 and names & {"other", "rights"}
    return found[-1] if page else len(lines)


def _read_tail(lines: Sequence[_Line], labels: Labels) -> dict[str, str]:
    values: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        label = labels.alone(line.text)
        found = (label, "") if label else labels.split(line.text)
        if found:
            name, value = found
        else:
            value = line.text
        if value and name:
            values.setdefault(name, []).append(value)
    values.pop("other", None)
    fields = {name: "\n".join(stated) for name, stated in values.items()}
    return fields or ({"rights": ""} if lines else {})


def _sums_up(line: str, title: str) -> bool:
    """Whether the last line above the labels is an abstract: one sentence that takes up the title's names."""
    sentence = line[:1].isupper() and line.endswith(".") and 6 <= len(line.split()) <= 100
    return sentence and len(_names(title) & _names(line)) >= 2


def _names(text: str) -> set[str]:
    """The capitalised words of a text, without their possessive."""
    words = (word.strip(".,;:'\"()").removesuffix("'s") for word in text.split())
    return {folded(word) for word in words if word[:1].isupper() and len(word) > 3}


def _passages(lines: Sequence[_Line], passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages that these lines are, the first without the lines that belonged to the header."""
    texts: dict[int, list[str]] = {}
    for line in lines:
        texts.setdefault(line.passage, []).append(line.text)
    kept = (replace(passages[number], text="\n".join(text).strip()) for number, text in texts.items())
    return tuple(passage for passage in kept if passage.text)
