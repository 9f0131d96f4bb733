"""The queries that the help page shows: one list, made of an archive's own words where it has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from search.schema import Schema
from webui.pages.archive_words import ArchiveWords, telling_word

_GENERAL = ("armistice", "negotiations", "telegram", "delegation")
_LONG = 6
"""Letters of a word that stays telling with one left out."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a form of query finds. The first of `tries` that finds something in an archive is the example.

    `general` is shown where none does.
    """

    finds: str
    general: str
    tries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Forms of query that belong together, under an anchor of the page."""

    anchor: str
    title: str
    rows: tuple[Row, ...]


def sections(known: ArchiveWords, schema: Schema) -> tuple[Section, ...]:
    """All the examples, in the order of the page."""
    return (
        Section("words", "Words", tuple(_words(known))),
        Section("phrases", "Phrases", tuple(_phrases(known))),
        Section("operators", "And, or, not", tuple(_operators(known))),
        Section("fields", "Fields", tuple(_fields(known, schema))),
        Section("dates", "Dates", tuple(_dates(known))),
    )


def _words(known: ArchiveWords) -> Iterator[Row]:
    pairs = tuple(f"{one} {other}" for one, other in permutations(known.words[:4], 2))
    long = [word for word in known.words if len(word) >= _LONG][:4]
    yield Row("both words, in any of their forms", "armistice talks", pairs or known.words[:1])
    yield Row("words that begin so", "negotiat*", tuple(f"{word[:-2]}*" for word in long or known.words[:2]))
    yield Row(
        "words spelled nearly so: one letter or two may differ",
        "armistise~",
        tuple(f"{word[:3]}{word[4:]}~" for word in long),
    )
    yield Row(
        "this form of the word and no other", "=negotiating", tuple(f"={word}" for word in known.words[:2])
    )


def _phrases(known: ArchiveWords) -> Iterator[Row]:
    phrases = known.phrases[:3]
    yield Row("these words in a row, as written", '"line of demarcation"', tuple(f'"{p}"' for p in phrases))
    turned = (" ".join(reversed(phrase.split())) for phrase in phrases)
    near = tuple(f'"{phrase}"~5' for phrase in turned if " " in phrase)
    yield Row("these words at most five places apart, in either order", '"demarcation line"~5', near)


def _operators(known: ArchiveWords) -> Iterator[Row]:
    own = known.words[:4]
    words = (*own, *_GENERAL) if own else ()
    pairs = tuple(permutations(words, 2))[:12]
    rarer = [*known.words[2::3][:8], *_GENERAL]
    first = own[:1]
    yield Row("either word, or both", "Stalin OR Molotov", tuple(f"{a} OR {b}" for a, b in pairs[:2]))
    yield Row(
        "the first word, and not the second",
        "armistice -report",
        tuple(f"{a} -{b}" for a in first for b in rarer),
    )
    yield Row(
        "the first word, and one of the two in parentheses",
        "armistice (Stalin OR Molotov)",
        tuple(f"{a} ({b} OR {c})" for a in first for b, c in permutations((*own[1:], a), 2)),
    )
    yield Row(
        "this word for certain, even where some of the others would do",
        "+armistice talks",
        tuple(f"+{a} {b}" for a, b in pairs),
    )


def _fields(known: ArchiveWords, schema: Schema) -> Iterator[Row]:
    yield Row("the word in the title", "title:telegram", tuple(f"title:{word}" for word in known.words[:3]))
    yield Row(
        "the phrase in the title",
        'title:"line of demarcation"',
        tuple(f'title:"{phrase}"' for phrase in known.phrases[:3]),
    )
    yield Row("the word in the summary", "summary:armistice", tuple(f"summary:{w}" for w in known.words[:5]))
    for name, (general, finds) in _VALUES.items():
        if name in schema.query_fields:
            value = known.values.get(name, "")
            yield Row(finds, f"{name}:{general}", tuple(_of_field(name, value, schema)))


def _of_field(name: str, value: str, schema: Schema) -> Iterator[str]:
    if (word := telling_word(value, schema.analyzer)).isalpha():
        yield f"{name}:{word}"
    if value:
        yield f'{name}:"{value}"'


_VALUES = {
    "author": ("Molotov", "documents by this author"),
    "recipient": ("Stalin", "documents to this recipient"),
    "subject": ("Korea", "documents on this subject"),
    "place": ("Moscow", "documents from this place"),
    "collection": ("letters", "documents of this collection"),
    "language": ("Russian", "documents in this language"),
    "type": ("telegram", "documents of this type"),
}
"""For each field that has a facet: an example for archives where it is empty, and what it finds."""


def _dates(known: ArchiveWords) -> Iterator[Row]:
    year, years = known.year, [year for year in known.years if not year.startswith("-")]
    first, last = (years[0], years[-1]) if years else ("", "")
    yield Row("that may be of this year", "date:1951", (f"date:{year}",) if year else ())
    yield Row("of this decade", "date:1950s", (f"date:{year[:-1]}0s",) if year else ())
    yield Row(
        "between two dates, both included", "date:1951-07..1953", (f"date:{first}..{last}",) if years else ()
    )
    yield Row(
        "from before this time",
        "before:1952",
        tuple(f"before:{year}" for year in (last, _shifted(last, 1))) if years else (),
    )
    yield Row(
        "from after it",
        "after:1951-11",
        tuple(f"after:{year}" for year in (first, _shifted(first, -1))) if years else (),
    )


def _shifted(year: str, by: int) -> str:
    return f"{int(year) + by:04}"
