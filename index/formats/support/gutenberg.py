"""Project Gutenberg's preamble and licence around a book: no part of it, but they state title and author.

https://www.gutenberg.org/policy/collection_development.html; the marks are `*** START OF THE PROJECT …`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.extracted import Extracted, Passage, Values
from index.formats.support import properties

_START = re.compile(
    r"\*{3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG.*|\*END[*\s]*THE SMALL PRINT!.*",
    re.IGNORECASE | re.DOTALL,
)
_END = re.compile(
    r"\*{3}\s*END OF (?:THE|THIS) PROJECT GUTENBERG.*|End of (?:the |this )?Project Gutenberg.*",
    re.IGNORECASE | re.DOTALL,
)
_WITHIN = 400  # passages at either end, in which the marks stand
_FIELD = re.compile(r"(Title|Author|Language|Illustrator|Editor|Translator):\s*(.+)", re.IGNORECASE)
_PRODUCED = re.compile(r"(?:E-text prepared|Produced|Transcribed|Etext prepared) by\b", re.IGNORECASE)
_LONGEST_CREDITS = 1000
_FIELDS = {"title": "title", "author": "authors", "language": "language"}


def without_licence(found: Extracted) -> Extracted:
    """A document without preamble and licence, which are counted as boilerplate; others unchanged.

    The title, author and language that the preamble states are fields, unless the file states others.
    """
    passages = found.passages
    start = next((at for at, one in enumerate(passages[:_WITHIN]) if _START.match(one.text)), None)
    if start is None:
        return found
    last = max(start + 1, len(passages) - _WITHIN)
    end = next((at for at in range(last, len(passages)) if _END.match(passages[at].text)), len(passages))
    fields, extra = _stated(passages[:start])
    first = start + 1
    if first < end and _is_credits(passages[first]):
        fields["credits"] = properties.one_line(passages[first].text)
        first += 1
    left = sum(len(one.text) for one in (*passages[:first], *passages[end:]))
    return replace(
        found,
        passages=passages[first:end],
        fields=fields | dict(found.fields),
        extra=extra | dict(found.extra),
        boilerplate=found.boilerplate + left,
    )


def _is_credits(passage: Passage) -> bool:
    return len(passage.text) < _LONGEST_CREDITS and _PRODUCED.match(passage.text) is not None


def _stated(preamble: Sequence[Passage]) -> tuple[dict[str, Values], dict[str, str]]:
    """The fields of a preamble; a value goes on in the indented lines below it."""
    fields: dict[str, Values] = {}
    extra: dict[str, str] = {}
    for passage in preamble:
        lines: list[str] = []
        for line in passage.lines:
            if lines and line[:1].isspace():
                lines[-1] += f" {line.strip()}"
            else:
                lines.append(line)
        for line in lines:
            if match := _FIELD.fullmatch(line.strip()):
                name, value = match[1].lower(), properties.one_line(match[2])
                if name in _FIELDS:
                    fields.setdefault(_FIELDS[name], value)
                else:
                    extra.setdefault(name, value)
    return fields, extra
