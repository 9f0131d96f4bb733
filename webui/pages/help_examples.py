"""The example queries of the help page, made of the archive's own terms where it has suitable ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from search.messages import Message
from search.schema import Schema
from webui.pages.example_terms import ExampleTerms, longest_word

_GENERAL = ("armistice", "negotiations", "telegram", "delegation")
_LONG = 6
"""Letters of a word that is specific even with one left out."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """One construct of the query syntax, such as a phrase, with a description of what it finds.

    The first of the `candidates` that finds documents becomes the example; if none does, the `fallback`.
    """

    finds: Message
    fallback: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExampleSection:
    """Related constructs under one heading; `anchor` is its id on the page."""

    anchor: str
    title: Message
    syntax: tuple[Syntax, ...]


def example_sections(terms: ExampleTerms, schema: Schema) -> tuple[ExampleSection, ...]:
    """All the examples, in the order of the page."""
    return (
        ExampleSection("words", Message("Words"), tuple(_words(terms))),
        ExampleSection("phrases", Message("Phrases"), tuple(_phrases(terms))),
        ExampleSection("operators", Message("And, or, not"), tuple(_operators(terms))),
        ExampleSection("fields", Message("Fields"), tuple(_fields(terms, schema))),
        ExampleSection("dates", Message("Dates"), tuple(_dates(terms))),
    )


def _words(terms: ExampleTerms) -> Iterator[Syntax]:
    pairs = tuple(f"{one} {other}" for one, other in permutations(terms.words[:4], 2))
    long = [word for word in terms.words if len(word) >= _LONG][:4]
    yield Syntax(Message("both words, in any of their forms"), "armistice talks", pairs or terms.words[:1])
    yield Syntax(
        Message("words that begin so"),
        "negotiat*",
        tuple(f"{word[:-2]}*" for word in long or terms.words[:2]),
    )
    yield Syntax(
        Message("words spelled nearly so: one letter or two may differ"),
        "armistise~",
        tuple(f"{word[:3]}{word[4:]}~" for word in long),
    )
    yield Syntax(
        Message("this form of the word and no other"),
        "=negotiating",
        tuple(f"={word}" for word in terms.words[:2]),
    )


def _phrases(terms: ExampleTerms) -> Iterator[Syntax]:
    phrases = terms.phrases[:3]
    yield Syntax(
        Message("these words in a row, as written"), '"line of demarcation"', tuple(f'"{p}"' for p in phrases)
    )
    turned = (" ".join(reversed(phrase.split())) for phrase in phrases)
    near = tuple(f'"{phrase}"~5' for phrase in turned if " " in phrase)
    yield Syntax(
        Message("these words at most five places apart, in either order"), '"demarcation line"~5', near
    )


def _operators(terms: ExampleTerms) -> Iterator[Syntax]:
    own = terms.words[:4]
    words = (*own, *_GENERAL) if own else ()
    pairs = tuple(permutations(words, 2))[:12]
    rarer = [*terms.words[2::3][:8], *_GENERAL]
    first = own[:1]
    yield Syntax(
        Message("either word, or both"), "Stalin OR Molotov", tuple(f"{a} OR {b}" for a, b in pairs[:2])
    )
    yield Syntax(
        Message("the first word, and not the second"),
        "armistice -report",
        tuple(f"{a} -{b}" for a in first for b in rarer),
    )
    yield Syntax(
        Message("the first word, and one of the two in parentheses"),
        "armistice (Stalin OR Molotov)",
        tuple(f"{a} ({b} OR {c})" for a in first for b, c in permutations((*own[1:], a), 2)),
    )
    yield Syntax(
        Message("this word for certain, even where some of the others would do"),
        "+armistice talks",
        tuple(f"+{a} {b}" for a, b in pairs),
    )


def _fields(terms: ExampleTerms, schema: Schema) -> Iterator[Syntax]:
    yield Syntax(
        Message("the word in the title"), "title:telegram", tuple(f"title:{word}" for word in terms.words[:3])
    )
    yield Syntax(
        Message("the phrase in the title"),
        'title:"line of demarcation"',
        tuple(f'title:"{phrase}"' for phrase in terms.phrases[:3]),
    )
    yield Syntax(
        Message("the word in the summary"),
        "summary:armistice",
        tuple(f"summary:{w}" for w in terms.words[:5]),
    )
    for name, field in schema.facets.items():
        value = terms.values.get(name, "")
        if field.query and (value or name in _EXAMPLES):
            fallback, finds = _EXAMPLES.get(name, ("", Message("documents with this value")))
            yield Syntax(finds, f"{name}:{fallback}", tuple(_of_field(name, value, schema)))


def _of_field(name: str, value: str, schema: Schema) -> Iterator[str]:
    if (word := longest_word(value, schema.analyzer)).isalpha():
        yield f"{name}:{word}"
    if value:
        yield f'{name}:"{value}"'


_EXAMPLES = {
    "author": ("Molotov", Message("documents by this author")),
    "recipient": ("Stalin", Message("documents to this recipient")),
    "subject": ("Korea", Message("documents on this subject")),
    "place": ("Moscow", Message("documents from this place")),
    "collection": ("letters", Message("documents of this collection")),
    "language": ("Russian", Message("documents whose language is stated so")),
    "text_language": ("English", Message("documents whose text is in this language")),
    "type": ("telegram", Message("documents of this type")),
    "folder": ("letters", Message("documents in this folder, or below it")),
}
"""A value to show where the archive has none, and better words for what it finds than the field's label."""


def _dates(terms: ExampleTerms) -> Iterator[Syntax]:
    year, years = terms.year, [year for year in terms.years if not year.startswith("-")]
    first, last = (years[0], years[-1]) if years else ("", "")
    dated = tuple(f"{word} {year}" for word in terms.words[:4]) if year.isdigit() else ()
    yield Syntax(Message("documents of this year before all others"), "armistice 1951", dated)
    yield Syntax(Message("that may be of this year"), "date:1951", (f"date:{year}",) if year else ())
    yield Syntax(Message("of this decade"), "date:1950s", (f"date:{year[:-1]}0s",) if year else ())
    yield Syntax(
        Message("between two dates, both included"),
        "date:1951-07..1953",
        (f"date:{first}..{last}",) if years else (),
    )
    yield Syntax(
        Message("from before this time"),
        "before:1952",
        tuple(f"before:{year}" for year in (last, _shifted(last, 1))) if years else (),
    )
    yield Syntax(
        Message("from after it"),
        "after:1951-11",
        tuple(f"after:{year}" for year in (first, _shifted(first, -1))) if years else (),
    )


def _shifted(year: str, by: int) -> str:
    return f"{int(year) + by:04}"
