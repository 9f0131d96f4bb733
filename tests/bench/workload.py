"""What is asked: a fixed, seeded mix of queries, made of the words and phrases of the collection itself."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Literal

from search.analysis.analyzer import stop_words
from tests.bench.collection import count, records, text_of

Kind = Literal["all", "any", "phrase"]

_SAMPLE = 2_000  # documents whose words are drawn from
_WORD = re.compile(r"\b[a-z]{3,}\b")
_STRETCH = re.compile(r"\b[A-Za-z]{3,}(?: [A-Za-z]{2,}){1,2}\b")
_COMMON = 0.5  # words of more documents than this are not asked for, nor are stop words: some drop them
_FREQUENT = 0.05  # words of more documents than this are frequent, the others rare
_LEFT_OUT = stop_words("english") | {"near"}
_SHAPES: tuple[tuple[Kind, int, int], ...] = (  # kind, words, share in per cent
    ("all", 1, 22),
    ("all", 2, 25),
    ("all", 3, 15),
    ("all", 4, 10),
    ("phrase", 0, 15),
    ("any", 2, 8),
    ("any", 3, 5),
)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, in no engine's syntax: all of the words, any of them, or the phrase."""

    kind: Kind
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """The query as Opis and Whoosh read it."""
        return f'"{" ".join(self.words)}"' if self.kind == "phrase" else self._joined(" OR ", self.words)

    @property
    def fts5(self) -> str:
        """The query as FTS5 reads it: every word a string, so that none is an operator."""
        if self.kind == "phrase":
            return f'"{" ".join(self.words)}"'
        return self._joined(" OR ", [f'"{word}"' for word in self.words])

    def _joined(self, either: str, words: Sequence[str]) -> str:
        return (either if self.kind == "any" else " ").join(words)


@dataclass(frozen=True)
class Source:
    """The words and phrases of one document that queries are made of."""

    frequent: tuple[str, ...]
    rare: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]


def make_queries(documents: Path, number: int, seed: int = 1951) -> list[Query]:
    """So many queries, each another one: the same for the same documents, whatever the machine.

    The words of a query come from one document, so that it finds something.
    """
    sources, random = sources_of(documents), Random(seed)
    shapes = random.choices(_SHAPES, weights=[share for *_, share in _SHAPES], k=number * 20)
    made: dict[Query, None] = {}
    for kind, words, _ in shapes:
        if len(made) == number:
            break
        if (query := _query(random.choice(sources), kind, words, random)) is not None:
            made[query] = None
    return list(made)


def _query(source: Source, kind: Kind, size: int, random: Random) -> Query | None:
    if kind == "phrase":
        return Query(kind, random.choice(source.phrases)) if source.phrases else None
    words: dict[str, None] = {}
    for _ in range(size * 4):
        pool = random.choice((source.frequent, source.rare))
        if pool and len(words) < size:
            words[random.choice(pool)] = None
    return Query(kind, tuple(words)) if len(words) == size else None


def sources_of(path: Path) -> list[Source]:
    """What queries are made of, from documents spread over a file."""
    step = max(1, count(path) // _SAMPLE)
    texts = [text_of(record) for record in islice(records(path), 0, None, step)]
    vocabularies = [sorted(set(_WORD.findall(text.lower())) - _LEFT_OUT) for text in texts]
    frequency = Counter(word for words in vocabularies for word in words)
    known = {word: count / len(texts) for word, count in frequency.items()}

    def phrases(text: str) -> tuple[tuple[str, ...], ...]:
        found = (tuple(match.lower().split()) for match in _STRETCH.findall(text[:20_000]))
        return tuple(p for p in found if known.get(p[0], 1) < _COMMON and known.get(p[-1], 1) < _COMMON)

    return [
        Source(
            frequent=tuple(word for word in words if _FREQUENT <= known[word] < _COMMON),
            rare=tuple(word for word in words if known[word] < _FREQUENT),
            phrases=phrases(text),
        )
        for text, words in zip(texts, vocabularies, strict=True)
    ]
