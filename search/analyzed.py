"""What does an engine store of a document? Its tokens, ready to be written as they are."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import msgspec

from search.calendar import DayRange
from search.document import Document, from_bytes, title_key, to_bytes
from search.schema import Schema

POSITION_GAP = 100
"""Positions left empty between two values, so that no phrase, however loose, runs across them."""


class AnalyzedDocument(msgspec.Struct, frozen=True, array_like=True, dict=True):
    """A document and its tokens, ready to be written and quick to send from one process to another.

    `stored` is the document itself, `title` what sorting by title compares, `between` the days it may be
    of, `facets` its values by facet. `words` holds, for each field by name, the folded words of each of
    its values with a space between two; `stems` the same of the stems of each field that can be searched
    by name. `weighed` are stems, with how often each of them counts in the ranking. `searchable` names
    the fields whose words make up the field of all words.
    """

    id: str
    stored: bytes
    title: str
    between: tuple[int, int] | None
    facets: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]
    stems: dict[str, str]
    weighed: tuple[tuple[str, int], ...]
    searchable: tuple[str, ...]

    @cached_property
    def document(self) -> Document:
        """The document."""
        return from_bytes(self.stored)

    @property
    def days(self) -> DayRange | None:
        """The days it may be of; None if it is undated."""
        return DayRange(*self.between) if self.between else None

    @cached_property
    def text(self) -> Mapping[str, int]:
        """Each stem's weighted frequency."""
        text: dict[str, int] = {}
        for stems, weight in self.weighed:
            for stem, times in Counter(stems.split()).items():
                text[stem] = text.get(stem, 0) + times * weight
        return text

    @property
    def length(self) -> int:
        """The weighted number of tokens, which the ranking takes for the document's length."""
        return sum(self.text.values())

    @property
    def word_count(self) -> int:
        """The number of words that can be searched without naming a field."""
        return sum(value.count(" ") + 1 for value in self.all_words() if value)

    def all_words(self) -> Iterator[str]:
        """Every value whose words can be searched without naming a field."""
        for name in self.searchable:
            yield from self.words[name]


def positions(values: Iterable[str]) -> dict[str, list[int]]:
    """Where each word stands, values POSITION_GAP apart."""
    places: dict[str, list[int]] = {}
    base = 0
    for value in values:
        words = value.split()
        for place, word in enumerate(words, base):
            places.setdefault(word, []).append(place)
        base += len(words) + POSITION_GAP
    return places


pack = msgspec.msgpack.Encoder().encode
"""An analysed document in the form in which one process hands it to another."""
unpack = msgspec.msgpack.Decoder(AnalyzedDocument).decode
"""What was packed."""


def analyze(document: Document, schema: Schema) -> AnalyzedDocument:
    """Run every field of a document through the schema's analyzer.

    The weighted text is BM25F as of Robertson, Zaragoza and Taylor, "Simple BM25 Extension to
    Multiple Weighted Fields" (2004): each token counts its field's weight, before saturation.
    Section headings inside the body weigh as much as the title.
    """
    terms = schema.analyzer.index_terms
    words: dict[str, tuple[str, ...]] = {}
    stems: dict[str, str] = {}
    weighed: list[tuple[str, int]] = []
    for field in schema.fields:
        values = [terms(value) for value in field.values(document) if value]
        words[field.name] = tuple(value for value, _ in values)
        own = " ".join(value for _, value in values)
        if field.query:
            stems[field.name] = own
        if field.weight and own:
            weighed.append((own, field.weight))
    raised = schema.weights.header - schema.weights.body
    if raised > 0:
        weighed += ((terms(heading)[1], raised) for heading in document.headings)
    days = document.date.days if document.date else None
    return AnalyzedDocument(
        id=document.id,
        stored=to_bytes(document),
        title=title_key(document),
        between=(days.earliest, days.latest) if days else None,
        facets={name: found for name, field in schema.facets.items() if (found := field.distinct(document))},
        words=words,
        stems=stems,
        weighed=tuple(weighed),
        searchable=tuple(field.name for field in schema.fields if field.weight),
    )
