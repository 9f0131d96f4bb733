"""The lines of a text, and where running text begins among them: text is neither title nor value."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.extracted import Passage

RUNNING_TEXT = 160
"""Characters: a longer line or value is running text."""

CONNECTING_WORDS = frozenset(
    {"of", "the", "and", "for", "to", "in", "at", "de", "&", "by", "on", "with", "a", "an", "from"}
)
"""Words in small letters after which a phrase goes on in the next line."""

_SENTENCE = 4  # words, at least
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s|$)|[。！？]")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_LOOKED_AT = 400  # characters in which the end of a first sentence is looked for


@dataclass(slots=True)
class Line:
    """A line and the index of its passage."""

    text: str
    passage: int


def lines_of(passages: Sequence[Passage]) -> list[Line]:
    """The lines of the passages in order."""
    return [Line(line, number) for number, passage in enumerate(passages) for line in passage.lines]


def passages_of(lines: Sequence[Line], passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages again from these lines of them; empty ones are left out."""
    texts: dict[int, list[str]] = {}
    for line in lines:
        texts.setdefault(line.passage, []).append(line.text)
    kept = ((passages[number], "\n".join(text).strip()) for number, text in texts.items())
    return tuple(
        passage if text == passage.text else passage.with_text(text) for passage, text in kept if text
    )


def paragraphs_of(lines: Sequence[Line]) -> Iterator[str]:
    """The lines of each passage as one line."""
    texts: dict[int, list[str]] = {}
    for line in lines:
        texts.setdefault(line.passage, []).append(line.text)
    return (" ".join(" ".join(text).split()) for text in texts.values())


def is_running_text(text: str) -> bool:
    """Whether a paragraph is text: it is long, or begins with a sentence."""
    return len(text) > RUNNING_TEXT or begins_with_sentence(text)


def begins_with_sentence(text: str) -> bool:
    """Whether a text begins with a sentence: words up to a full stop, most of them in small letters.

    Names and citations, which may end in a full stop as well, are mostly capitalised. In scripts without
    capitals, the script's own full stop ends a sentence.
    """
    for end in _SENTENCE_END.finditer(text[:_LOOKED_AT]):
        if end[0] in "。！？":
            return True
        words = _WORD.findall(text[: end.start()])
        small = sum(word[0].islower() for word in words)
        if len(words) >= _SENTENCE and 2 * small > len(words):
            return True
    return False


def text_begins_at(lines: Sequence[str]) -> int:
    """The index of the first line below the first that begins with a sentence; their number if none does."""
    for at in range(1, len(lines)):
        before = lines[at - 1].rstrip()
        goes_on = (
            before.endswith((",", "-", "–", "—", "(")) or (before.split() or [""])[-1] in CONNECTING_WORDS
        )
        if lines[at].strip()[:1].islower() or goes_on:
            continue
        if begins_with_sentence(" ".join(lines[at : at + 8])):
            return at
    return len(lines)
