"""Reads a header block line by line, from the top: first what has no label, then labels and values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.extracted import Passage
from index.metadata.dates import parse_date
from index.metadata.header_block.lines import (
    CONNECTING_WORDS,
    RUNNING_TEXT,
    Line,
    begins_with_sentence,
    text_begins_at,
)
from index.metadata.header_block.stated import StatedValue
from index.metadata.header_block.trailing_labels import is_value_of
from index.metadata.labels import Labels

_TITLE_LENGTH = 600  # characters, at most
_TITLE_LINES = 5
_SENTENCE = 12  # words: a first paragraph of more that ends in a full stop is text, not a title
_TYPE_WITHIN = 40  # characters at the beginning of a title in which its type stands
_DATE_LENGTH = 60  # characters, at most
_SHORT_VALUE = 30  # words, at most
_SALUTATIONS = ("dear ", "sir,", "sir:", "madam", "gentlemen", "my dear", "excellency")
_PAGE_NUMBER = re.compile(r"(?:page|p\.|column|col\.)?[\s\W]*\d{1,5}\W*", re.IGNORECASE)
_TITLES = frozenset({"title", "heading"})


@dataclass(slots=True)
class HeaderReader:
    """A position in the lines of a document, and the values that were found before it.

    No value of several paragraphs goes on to `text_end`, where labels may stand below the text. `skipped`
    are lines of the text above the title; `boilerplate` counts the characters that are neither value nor
    text.
    """

    lines: list[Line]
    labels: Labels
    text_end: int
    at: int = 0
    stated: list[StatedValue] = field(default_factory=list)
    skipped: list[Line] = field(default_factory=list)
    boilerplate: int = 0

    @property
    def line(self) -> str | None:
        """The line at the position; None at the end."""
        return self.lines[self.at].text if self.at < len(self.lines) else None

    def has(self, name: str) -> bool:
        """Whether a value of this field was found."""
        return any(value.name == name for value in self.stated)

    def add(self, name: str, value: str, label: str = "") -> None:
        """Keep a value."""
        if value.strip():
            self.stated.append(StatedValue(name, label, value))

    def drop_line(self) -> None:
        """Go on behind a line of boilerplate."""
        self.boilerplate += len(self.line or "")
        self.at += 1

    def paragraph(self) -> list[str]:
        """The lines from the position to the end of the passage, or to the next label in it."""
        lines: list[str] = []
        for at in range(self.at, len(self.lines)):  # a slice would copy the rest of the document
            line = self.lines[at]
            if line.passage != self.lines[self.at].passage or (lines and self.labels.split(line.text)):
                break
            lines.append(line.text)
        return lines

    def value_lines(self, lines: Sequence[str]) -> list[str]:
        """Of a title or value and the lines below it, those above the text, and above what has no label."""
        for at in range(1, len(lines)):
            line = lines[at].strip()
            if (
                self.labels.phrase("credits", line)
                or self.labels.phrase("translation", line)
                or self.labels.is_classification(line)
                or line.lower().startswith(_SALUTATIONS)
                or is_date_line(line)
            ):
                return list(lines[: min(at, text_begins_at(lines[: at + 1]))])
        return list(lines[: text_begins_at(lines)])


def is_date_line(line: str) -> bool:
    """Whether a line is a date and nothing more; a bare number is none, but that of a page or column."""
    if len(line) > _DATE_LENGTH or line.strip(" -–—.").isdigit() or not any(map(str.isdigit, line)):
        return False
    date = parse_date(line)
    return date is not None and date.understood


def read_unlabelled(reader: HeaderReader, passages: Sequence[Passage], *, titled: bool) -> None:
    """Read a date and a title without labels, in either order."""
    if reader.line is None or reader.labels.split(reader.line):
        return
    if not is_date_line(reader.line) and _PAGE_NUMBER.fullmatch(reader.line.strip()):
        reader.skipped.append(reader.lines[reader.at])
        reader.at += 1
    if is_date_line(reader.line or ""):
        reader.add("date", reader.line or "")
        reader.at += 1
    if titled or reader.line is None or reader.labels.split(reader.line):
        return
    passage = passages[reader.lines[reader.at].passage]
    lines = reader.paragraph()
    title = _title_lines(reader, lines)
    followed = reader.at + len(title) < len(reader.lines)
    if passage.kind == "heading" or (
        passage.kind == "paragraph" and followed and _is_title(title, reader.labels)
    ):
        title = lines if passage.kind == "heading" else title
        reader.add("title", " ".join(" ".join(title).split()))
        reader.at += len(title)
        alone = len(title) < len(lines) or len(reader.paragraph()) == 1 if reader.line else False
        if alone and not reader.has("date") and is_date_line(reader.line or ""):
            reader.add("date", reader.line or "")
            reader.at += 1


def _title_lines(reader: HeaderReader, lines: list[str]) -> list[str]:
    """The lines of a paragraph that may be a title: not the text below it, if a type or date tells that."""
    above = reader.value_lines(lines)
    if len(above) < len(lines) and (reader.has("date") or reader.labels.type_word(lines[0][:_TYPE_WITHIN])):
        return above
    return lines


def _is_title(lines: Sequence[str], labels: Labels) -> bool:
    text = " ".join(lines).strip()
    if len(text) > _TITLE_LENGTH or len(lines) > _TITLE_LINES or not any(map(str.isalpha, text)):
        return False
    typed = labels.type_word(text[:_TYPE_WITHIN])
    sentence = text.endswith(".") and len(text.split()) > _SENTENCE and not (typed or " to " in text.lower())
    sentences = len(text) > RUNNING_TEXT and not typed and begins_with_sentence(text)
    return not (
        sentence or sentences or text.endswith((",", ":", ";")) or text.lower().startswith(_SALUTATIONS)
    )


def read_labelled(reader: HeaderReader) -> None:
    """Read labels and their values, up to the text, and marks such as `English Translation` above it."""
    while (line := reader.line) is not None:
        if reader.labels.phrase("credits", line):
            reader.add("credits", line.strip())
            reader.at += 1
        elif (bare := reader.labels.bare_label(line)) == "other" and ":" not in line:
            reader.drop_line()
        elif bare == "contents" and reader.stated and not line.rstrip(" *").endswith("."):
            reader.drop_line()
            break
        elif (found := reader.labels.split(line)) is None:
            break
        elif found[0] == "contents":
            _read_contents(reader, found[1])
            break
        elif _is_text(reader, *found) or not _read_value(reader, *found):
            break
    while reader.line is not None and (match := reader.labels.phrase("translation", reader.line)):
        reader.add("translation", match.groupdict().get("language") or reader.line.strip(" -–—"))
        reader.drop_line()


def _is_text(reader: HeaderReader, name: str, value: str) -> bool:
    """Whether a line only looks like a label and its value: the value is a sentence, and so is no name."""
    return name not in reader.labels.long | _TITLES and begins_with_sentence(value)


def _read_contents(reader: HeaderReader, value: str) -> None:
    """Go on behind the label `Contents`, or to the text on its line."""
    if value:
        reader.lines[reader.at].text = value
    else:
        reader.at += 1


def _read_value(reader: HeaderReader, name: str, value: str) -> bool:
    """Read the label at the position and its value; False if the text begins below the label instead."""
    label = reader.lines[reader.at].text.partition(":")[0].strip("* ")
    reader.at += 1
    if value:
        reader.add(name, _with_next_lines(reader, name, value), label)
        return True
    if reader.line is None or reader.labels.split(reader.line):
        return True  # a label left empty
    lines = _lines_below(reader, name)
    if not lines:
        return False
    reader.at += len(lines)
    value = "\n".join(lines)
    while name in reader.labels.long and _label_follows(reader):
        lines = reader.paragraph()
        reader.at += len(lines)
        value += "\n\n" + "\n".join(lines)
    reader.add(name, value, label)
    return True


def _with_next_lines(reader: HeaderReader, name: str, value: str) -> str:
    """A value and what belongs to it of the lines below it."""
    wrapped = name in reader.labels.long or name in _TITLES
    same_passage = reader.line is not None and (
        reader.lines[reader.at].passage == reader.lines[reader.at - 1].passage
    )
    if wrapped and same_passage and not reader.labels.split(reader.line or ""):
        lines = reader.value_lines([value, *reader.paragraph()])
        reader.at += len(lines) - 1
        value = "\n".join(lines)
    return _continued(reader, value)


def _continued(reader: HeaderReader, value: str) -> str:
    """A value and the indented lines below it, joined by a space where a phrase goes on, else by `\\n`."""
    parts = [value]
    label = reader.lines[reader.at - 1]
    while (
        (line := reader.line) is not None
        and line[:1] in {" ", "\t"}
        and reader.lines[reader.at].passage == label.passage
        and not reader.labels.split(line)
    ):
        goes_on = line.lstrip()[:1].islower() or parts[-1].rpartition(" ")[2] in CONNECTING_WORDS
        parts += (" " if goes_on else "\n", line.strip())
        reader.at += 1
    return "".join(parts)


def _lines_below(reader: HeaderReader, name: str) -> list[str]:
    """The lines below a label that are its value; none if they are text."""
    lines = reader.paragraph()
    if name == "date":
        return lines[:1] if is_date_line(lines[0]) else []
    if name not in reader.labels.long:
        lines = reader.value_lines(lines)
    text = " ".join(" ".join(lines).split())
    if name in reader.labels.long and (name == "summary" or _label_is_next(reader, len(lines))):
        return lines
    is_value = name in _TITLES or is_value_of(name, text, reader.labels)
    return lines if is_value and len(text.split()) <= _SHORT_VALUE else []


def _label_is_next(reader: HeaderReader, count: int) -> bool:
    """Whether a label of the header follows these many lines, which is none of those below the text."""
    after = reader.at + count
    return after < reader.text_end and reader.labels.split(reader.lines[after].text) is not None


def _label_follows(reader: HeaderReader) -> bool:
    """Whether the paragraph at the position is followed by a label, and so still part of a long value."""
    if reader.line is None or reader.labels.split(reader.line):
        return False
    return _label_is_next(reader, len(reader.paragraph()))
