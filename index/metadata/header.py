"""The header block of a document: its fields are read and separated from the text.

It consists of a date and a title without labels, then of labels with their values, on the same line or
on the next. What stands below the text is `index.metadata.trailing_labels`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.extracted import Passage
from index.metadata.dates import parse_date
from index.metadata.labels import Labels
from index.metadata.mail_header import without_mail_boilerplate
from index.metadata.trailing_labels import first_trailing_label, is_abstract, read_trailing_labels

_TITLE_LENGTH = 600  # characters, at most
_TITLE_LINES = 5
_SENTENCE = 12  # words: a first paragraph of more that ends in a full stop is text, not a title
_TYPE_WITHIN = 40  # characters at the beginning of a title in which its type stands
_DATE_LENGTH = 60  # characters, at most
_SHORT_VALUE = 30  # words, at most
_CONNECTING_WORDS = frozenset({"of", "the", "and", "for", "to", "in", "at", "de", "&"})
_SALUTATIONS = ("dear ", "sir,", "sir:", "madam", "gentlemen", "my dear", "excellency")


@dataclass(frozen=True, slots=True)
class Header:
    """The fields found, by their names in `labels.toml`, and the passages of the text."""

    fields: Mapping[str, str]
    body: tuple[Passage, ...]


@dataclass(slots=True)
class _Line:
    """A line and the index of its passage."""

    text: str
    passage: int


@dataclass(slots=True)
class _HeaderReader:
    """A position in the lines of a document, and the fields found before it."""

    lines: list[_Line]
    labels: Labels
    at: int = 0
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def line(self) -> str | None:
        """The line at the position; None at the end."""
        return self.lines[self.at].text if self.at < len(self.lines) else None

    def add(self, name: str, value: str) -> None:
        """Keep the first value of each field."""
        if value and name != "contents":
            self.fields.setdefault(name, value)

    def paragraph(self) -> list[str]:
        """The lines from the position to the end of the passage, or to the next label in it."""
        lines: list[str] = []
        for at in range(self.at, len(self.lines)):  # a slice would copy the rest of the document
            line = self.lines[at]
            if line.passage != self.lines[self.at].passage or (lines and self.labels.split(line.text)):
                break
            lines.append(line.text)
        return lines

    def take_paragraph(self) -> list[str]:
        """The same lines, and go on behind them; none if the position is at a label."""
        if self.labels.split(self.line or ""):
            return []
        lines = self.paragraph()
        self.at += len(lines)
        return lines


def parse_header(passages: Sequence[Passage], labels: Labels, *, titled: bool = False) -> Header:
    """Read the header block of a document; with `titled`, no title is looked for, since it is known."""
    passages = without_mail_boilerplate(passages, labels)
    lines = [_Line(line, number) for number, passage in enumerate(passages) for line in passage.lines]
    tail = first_trailing_label([line.text for line in lines], labels)
    reader = _HeaderReader(lines[:tail], labels)
    if reader.line is not None and not labels.split(reader.line):
        _read_unlabelled(reader, passages, titled=titled)
    _read_labelled(reader)
    _skip_translation_mark(reader)
    fields = read_trailing_labels([line.text for line in lines[tail:]], labels)
    body = reader.lines[reader.at :]
    if (
        fields
        and body
        and "summary" not in reader.fields
        and is_abstract(body[-1].text, reader.fields.get("title", ""))
    ):
        fields["summary"] = body.pop().text
    return Header(fields | reader.fields, _passages(body, passages))


def is_date_line(line: str) -> bool:
    """Whether a line is a date and nothing more."""
    if len(line) > _DATE_LENGTH or not any(map(str.isdigit, line)):
        return False
    date = parse_date(line)
    return date is not None and date.understood


def _read_unlabelled(reader: _HeaderReader, passages: Sequence[Passage], *, titled: bool) -> None:
    """Read a date and a title without labels, in either order."""
    if is_date_line(reader.line or ""):
        reader.add("date", reader.line or "")
        reader.at += 1
    if titled or reader.line is None or reader.labels.split(reader.line):
        return
    lines = reader.paragraph()
    passage = passages[reader.lines[reader.at].passage]
    followed = reader.at + len(lines) < len(reader.lines)
    if passage.kind == "heading" or (
        passage.kind == "paragraph" and followed and _is_title(lines, reader.labels)
    ):
        reader.add("title", " ".join(" ".join(lines).split()))
        reader.at += len(lines)
        if (
            "date" not in reader.fields
            and reader.line
            and is_date_line(reader.line)
            and len(reader.paragraph()) == 1
        ):
            reader.add("date", reader.line)
            reader.at += 1


def _is_title(lines: Sequence[str], labels: Labels) -> bool:
    text = " ".join(lines).strip()
    if len(text) > _TITLE_LENGTH or len(lines) > _TITLE_LINES or not any(map(str.isalpha, text)):
        return False
    typed = labels.type_word(text[:_TYPE_WITHIN]) or " to " in text.lower()
    sentence = text.endswith(".") and len(text.split()) > _SENTENCE and not typed
    return not (sentence or text.endswith((",", ":", ";")) or text.lower().startswith(_SALUTATIONS))


def _read_labelled(reader: _HeaderReader) -> None:
    """Read labels and their values, up to the text."""
    while (line := reader.line) is not None:
        if reader.labels.phrase("credits", line):
            reader.add("credits", line.strip())
            reader.at += 1
            continue
        if (found := reader.labels.split(line)) is None:
            return
        name, value = found
        reader.at += 1
        if name == "contents":
            if value:
                reader.lines[reader.at - 1].text = value
                reader.at -= 1
            return
        if not _read_value(reader, name, value):
            return


def _read_value(reader: _HeaderReader, name: str, value: str) -> bool:
    """Read the value of the label before the position; False if the text begins there instead."""
    long = name in reader.labels.long
    wrapped = long or name in {"title", "heading"}
    if value:
        if (
            wrapped
            and reader.line is not None
            and reader.lines[reader.at].passage == reader.lines[reader.at - 1].passage
        ):
            value = "\n".join([value, *reader.take_paragraph()])
        reader.add(name, _continued(reader, value))
        return True
    if reader.line is None or reader.labels.split(reader.line):
        return True  # a label left empty
    lines = reader.paragraph()
    if not long and not _is_value(name, lines):
        return False
    reader.add(name, "\n".join(reader.take_paragraph()))
    while long and _label_follows(reader):
        more = "\n".join(reader.take_paragraph())
        reader.fields[name] = f"{reader.fields[name]}\n\n{more}"
    return True


def _continued(reader: _HeaderReader, value: str) -> str:
    """A value and the indented lines below it, joined by a space where a phrase goes on, else by `\\n`."""
    parts = [value]
    label = reader.lines[reader.at - 1]
    while (
        (line := reader.line) is not None
        and line[:1] in {" ", "\t"}
        and reader.lines[reader.at].passage == label.passage
        and not reader.labels.split(line)
    ):
        goes_on = line.lstrip()[:1].islower() or parts[-1].rpartition(" ")[2] in _CONNECTING_WORDS
        parts += (" " if goes_on else "\n", line.strip())
        reader.at += 1
    return "".join(parts)


def _is_value(name: str, lines: Sequence[str]) -> bool:
    """Whether a paragraph below a label is its value, and not the text: a date, or a few words."""
    text = " ".join(lines)
    if name == "date":
        return is_date_line(text)
    return len(text.split()) <= _SHORT_VALUE


def _label_follows(reader: _HeaderReader) -> bool:
    """Whether the paragraph at the position is followed by a label, and so still part of a long value."""
    if reader.line is None or reader.labels.split(reader.line):
        return False
    after = reader.at + len(reader.paragraph())
    return after < len(reader.lines) and reader.labels.split(reader.lines[after].text) is not None


def _skip_translation_mark(reader: _HeaderReader) -> None:
    """Read lines such as `English Translation` above the text."""
    while reader.line is not None and (match := reader.labels.phrase("translation", reader.line)):
        reader.add("translation", match.groupdict().get("language") or reader.line.strip(" -–—"))
        reader.at += 1


def _passages(lines: Sequence[_Line], passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages again from their lines; those of the header are left out."""
    texts: dict[int, list[str]] = {}
    for line in lines:
        texts.setdefault(line.passage, []).append(line.text)
    kept = (replace(passages[number], text="\n".join(text).strip()) for number, text in texts.items())
    return tuple(passage for passage in kept if passage.text)
