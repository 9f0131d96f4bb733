"""Is the document that someone remembers on top? Known items of a collection, asked for as people do.

A seeded script draws documents and writes a query for each, of three kinds: sender, recipient and year;
two words of the title and two rare ones of the text; a word of the text and the day.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from statistics import fmean
from typing import get_args

from search.analysis.analyzer import stop_words
from search.evaluate import Match, ranking
from search.languages.english_months import MONTHS
from search.request import Question
from search.searcher import Searcher
from tests.bench.collection import Record, records, text_of

ITEMS = 100
"""Items of each kind."""
DEPTH = 100
"""Hits of a ranking that are looked at: an item below them counts as not found."""

_SAMPLE = 4_000  # documents that words are drawn from
_RARE = 0.01  # words of fewer of these documents are rare
_COMMON = 0.5  # words of more of them are not asked for
_WORD = re.compile(r"\b[a-z]{4,}\b")
_PARTIES = re.compile(r"(?:.*?\bfrom\b )?(?P<sender>.+?) to (?P<recipient>.+?)[.,]?", re.IGNORECASE)
_SURNAME = re.compile(r"\((?:[^()]* )?([A-Z][\w'-]+)\)|(?:[A-Z][\w.'-]* )+([A-Z][\w'-]+)")
_LEFT_OUT = stop_words("english")


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A query, and the id of the document that it is meant to find."""

    kind: str
    query: str
    id: str


@dataclass(frozen=True, slots=True)
class Found:
    """How well known items are found: the mean reciprocal rank, and the share among the first ten."""

    mrr: float
    top_ten: float


PARTIES, WORDS, DAY = "sender, recipient, year", "words of title and text", "a word and the day"
GOALS = {PARTIES: 0.94, WORDS: 0.84, DAY: 0.80}
"""The mean reciprocal rank that each kind is to reach with what users get by default."""


def known_items(documents: Path, items: int = ITEMS, seed: int = 1951) -> list[KnownItem]:
    """So many items of each kind, as far as the documents have them: the same for the same documents."""
    random = Random(seed)
    all_records = [_without_text(record) for record in records(documents)]
    step = max(1, len(all_records) // _SAMPLE)
    sample = [record for number, record in enumerate(records(documents)) if number % step == 0]
    vocabulary = Counter(word for record in sample for word in _words(text_of(record)))
    rare = {word for word, count in vocabulary.items() if count < max(2, _RARE * len(sample))}
    common = {word for word, count in vocabulary.items() if count > _COMMON * len(sample)} | _LEFT_OUT
    found = [
        list(_by_parties(all_records, random)),
        [item for record in sample if (item := _by_words(record, common, rare, random))],
        [item for record in sample if (item := _by_day(record, common, random))],
    ]
    return [item for kind in found for item in random.sample(kind, min(items, len(kind)))]


def find(searcher: Searcher, items: Sequence[KnownItem], match: Match) -> Found:
    """How well these items are found."""
    rankings = (ranking(searcher, item.query, match, DEPTH) for item in items)
    places = [
        found.index(item.id) + 1 if item.id in found else 0
        for found, item in zip(rankings, items, strict=True)
    ]
    return Found(fmean(1 / place if place else 0.0 for place in places), fmean(0 < p <= 10 for p in places))


def taking_the_offer(searcher: Searcher, item: KnownItem) -> KnownItem:
    """The item asked for in similar spellings of every word, where these are offered."""
    offer = searcher.search(Question(item.query, facets=(), highlight=False)).similar_spellings
    return replace(item, query=offer.question.text) if offer else item


def rows(searcher: Searcher, items: Sequence[KnownItem]) -> Iterator[str]:
    """A table: each kind with any of its words, and with what users get by default."""
    yield "| known items | queries | any: MRR | top ten | default: MRR | top ten | goal: MRR |"
    yield "|---|---|---|---|---|---|---|"
    for kind in dict.fromkeys(item.kind for item in items):
        asked = [item for item in items if item.kind == kind]
        figures = " | ".join(
            f"{found.mrr:.3f} | {found.top_ten:.2f}"
            for match in get_args(Match)
            if (found := find(searcher, asked, match))
        )
        yield f"| {kind} | {len(asked)} | {figures} | {GOALS[kind]:.2f} |"


def _without_text(record: Record) -> Record:
    return {key: str(record.get(key) or "") for key in ("id", "title", "date")}


def _by_parties(found: Sequence[Record], random: Random) -> Iterator[KnownItem]:
    """Letters that are the only one of a year between these two."""
    parties = [(record, _parties(record)) for record in found]
    times = Counter(frozenset(named) for _, named in parties if named)
    for record, named in parties:
        if named and times[frozenset(named)] == 1:
            sender, recipient, year = named
            typed = f"{sender} {recipient} {year}".lower(), f"{sender} to {recipient} {year}"
            yield KnownItem(PARTIES, random.choice(typed), record["id"])


def _parties(record: Record) -> tuple[str, str, str] | None:
    """The surnames of sender and recipient, as the title has them, and the year."""
    sides = _PARTIES.fullmatch(record["title"])
    if not sides or not record["date"]:
        return None
    names = [_surname(sides[side].strip()) for side in ("sender", "recipient")]
    return (names[0], names[1], record["date"][:4]) if all(names) else None


def _surname(party: str) -> str:
    """The surname in `the Ambassador in France (Bruce)` or `Mr. Seward`; empty for an office."""
    in_brackets = party.rfind("(")
    found = _SURNAME.fullmatch(party[in_brackets:] if in_brackets >= 0 else party)
    return (found[1] or found[2]) if found else ""


def _by_words(record: Record, common: set[str], rare: set[str], random: Random) -> KnownItem | None:
    title = sorted(_words(record["title"]) - common)
    text = sorted((_words(record["body"]) & rare) - set(title))
    if len(title) < 2 or len(text) < 2:
        return None
    return KnownItem(WORDS, " ".join([*random.sample(title, 2), *random.sample(text, 2)]), record["id"])


def _by_day(record: Record, common: set[str], random: Random) -> KnownItem | None:
    text, date = sorted(_words(record["body"]) - common), str(record["date"]).split("-")
    if not text or len(date) < 3:
        return None
    day = f"{int(date[2])} {MONTHS[int(date[1]) - 1].capitalize()} {date[0]}"
    return KnownItem(DAY, f"{random.choice(text)} {day}", record["id"])


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))
