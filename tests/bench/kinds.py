"""The kinds of queries that cost most: how long does each take, and the first of its kind in a fresh process?

They are asked of Opis alone: no peer corrects a word, or finds words that are spelled nearly so.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from string import ascii_lowercase

from tests.bench.contenders import Contender
from tests.bench.measures import Figures, spread_of
from tests.bench.processes import CommandFailedError
from tests.bench.querying import Asked
from tests.bench.workload import Query, Source, sources_of

FIGURES = ("p50", "p95", "p99", "processor", "first", "first_processor")
"""What is measured of each kind; see `ask_kinds`."""
Words = Callable[[], str]
"""Gives another word of the collection, of five letters or more, each time."""


def _edited(word: str, random: Random, edits: int) -> str:
    """A word with so many letters exchanged, left out or added."""
    letters = list(word)
    for place in sorted(random.sample(range(len(letters)), edits), reverse=True):
        letters[place : place + 1] = random.choice(
            ([random.choice(ascii_lowercase)], [], [letters[place], random.choice(ascii_lowercase)])
        )
    return "".join(letters)


def _letters(random: Random, number: int) -> str:
    return "".join(random.choices(ascii_lowercase, k=number))


KINDS: Mapping[str, Callable[[Words, Random], str]] = {
    "misspelled by one letter": lambda word, random: _edited(word(), random, 1),
    "misspelled by two letters": lambda word, random: _edited(word(), random, 2),
    "two words, both misspelled": lambda word, random: " ".join(_edited(word(), random, 1) for _ in "ab"),
    "fuzzy: `word~`": lambda word, _: f"{word()}~",
    "three fuzzy words": lambda word, _: " ".join(f"{word()}~" for _ in "abc"),
    "two letters and `*`": lambda word, random: random.choice(ascii_lowercase) + word()[1] + "*",
    "four letters and `*`": lambda word, _: f"{word()[:4]}*",
    "no word: random letters": lambda _, random: _letters(random, random.randint(5, 12)),
    "forty random letters": lambda _, random: _letters(random, 40),
    "four words that never meet": lambda word, _: " ".join(f"+{word()}" for _ in "abcd"),
    "a phrase that is nowhere": lambda word, _: f'"{word()} {word()} {word()}"',
}
"""How a query of each kind is made of words of the collection."""


def make_kinds(documents: Path, number: int, seed: int = 1956) -> dict[str, list[Query]]:
    """So many distinct queries of each kind, or as many as there are: the same for the same documents."""
    random = Random(seed)
    sources = [words for source in sources_of(documents) if (words := _long_words(source))]

    def word() -> str:
        return random.choice(random.choice(sources))

    kinds = {}
    for kind, make in KINDS.items():
        texts = dict.fromkeys(make(word, random) for _ in range(number * 2))
        kinds[kind] = [Query("all", (text,)) for text in islice(texts, number)]
    return kinds


def _long_words(source: Source) -> Sequence[str]:
    """The words that are long enough to be misspelled, frequent ones and rare ones."""
    return [word for word in (*source.frequent, *source.rare) if len(word) > 4]


def ask_kinds(
    contenders: Sequence[Contender], folder: Path, kinds: Mapping[str, Sequence[Query]], processes: int
) -> Figures:
    """Milliseconds by kind: percentiles of queries asked once each, and the longest first query of a process.

    `processor` and `first_processor` are the same in processor time.
    The first of so many processes goes on with the other queries.
    """
    figures: Figures = {}
    for contender in contenders:
        try:
            found = {kind: _asked(contender, folder, queries, processes) for kind, queries in kinds.items()}
        except CommandFailedError as error:
            figures[contender.name] = {"missing": str(error)}
        else:
            figures[contender.name] = {
                figure: {kind: costs[figure] for kind, costs in found.items()} for figure in FIGURES
            }
    return figures


def _asked(contender: Contender, folder: Path, queries: Sequence[Query], processes: int) -> Figures:
    first: list[tuple[float, float]] = []
    for place, query in enumerate(queries[:processes]):
        with Asked(contender, folder / contender.name) as asked:
            others = [] if place else queries[processes:]
            opening, *took = asked.answer([query, *others], variant="full", turn=0)
            first.append(opening)
            if not place:
                spread = spread_of([wall for wall, _ in took])
                worked = spread_of([processor for _, processor in took])
    (waited, *_), (busy, *_) = (sorted(times, reverse=True) for times in zip(*first, strict=True))
    return {**spread, "processor": worked, "first": waited, "first_processor": busy}
