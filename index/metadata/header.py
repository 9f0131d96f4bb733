"""The header block of a document: its fields are read and separated from the text.

It consists of a date and a title without labels, then of labels with their values, on the same line or
on the next. What stands below the text is `index.metadata.header_block.trailing_labels`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.extracted import Passage
from index.metadata.header_block.lines import lines_of, passages_of
from index.metadata.header_block.mail_header import without_mail_boilerplate
from index.metadata.header_block.reader import HeaderReader, is_date_line, read_labelled, read_unlabelled
from index.metadata.header_block.stated import StatedValue, first_values
from index.metadata.header_block.trailing_labels import (
    first_trailing_label,
    is_abstract,
    read_trailing_labels,
)
from index.metadata.labels import Labels

_OPENING = 8  # passages, and lines of each, in which labels of a header block are counted

__all__ = ["Header", "is_date_line", "parse_header"]


@dataclass(frozen=True, slots=True)
class Header:
    """The fields found, by their names in `labels.toml`, and the passages of the text.

    `stated` are all values, the later ones of a field as well. `boilerplate` is the number of characters
    that are neither value nor text, or that only tell how the document may be used.
    """

    fields: Mapping[str, str]
    body: tuple[Passage, ...]
    stated: tuple[StatedValue, ...] = ()
    boilerplate: int = 0


def parse_header(passages: Sequence[Passage], labels: Labels, *, titled: bool = False) -> Header:
    """Read the header block of a document; with `titled`, no title is looked for, since it is known."""
    labels = labels.beside(line for passage in passages[:_OPENING] for line in passage.lines[:_OPENING])
    without_mail = without_mail_boilerplate(passages, labels)
    lines = lines_of(without_mail)
    reader = HeaderReader(lines, labels, text_end=first_trailing_label(lines, labels))
    read_unlabelled(reader, without_mail, titled=titled)
    read_labelled(reader)
    tail = reader.text_end
    if tail < reader.at:
        tail = first_trailing_label(lines, labels, reader.at)
    if tail == reader.at and not reader.skipped:  # what stands right below a header is its text
        tail = len(lines)
    trailing, boilerplate = read_trailing_labels(lines[tail:], labels)
    body = [*reader.skipped, *lines[reader.at : tail]]
    fields = first_values(reader.stated)
    if (
        trailing
        and "summary" not in fields
        and len(body) > 1
        and is_abstract(body[-1].text, fields.get("title", ""))
    ):
        trailing.append(StatedValue("summary", "", body.pop().text))
    rights = sum(len(value.text) for value in reader.stated if value.name == "rights")
    dropped = sum(len(p.text) for p in passages) - sum(len(p.text) for p in without_mail)
    return Header(
        first_values(trailing) | fields,
        passages_of(body, without_mail),
        (*reader.stated, *trailing),
        reader.boilerplate + rights + boilerplate + dropped,
    )
