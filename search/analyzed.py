"""What does an engine store of a document? Its tokens, ready to be written as they are."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.document import Document
from search.schema import Schema

POSITION_GAP = 100
"""Positions left empty between two values, so that no phrase, however loose, runs across them."""

Pair = tuple[str, str]  # word, stem


@dataclass(frozen=True, slots=True)
class AnalyzedDocument:
    """A document and its tokens.

    `text` maps each stem to its weighted frequency. `fields` holds, for each field by name, the
    (word, stem) pairs of each of its values; `searchable` names those whose words make up the field
    of all words.
    """

    document: Document
    text: Mapping[str, int]
    fields: Mapping[str, tuple[Sequence[Pair], ...]]
    searchable: tuple[str, ...]

    @property
    def length(self) -> int:
        """The weighted number of tokens, which the ranking takes for the document's length."""
        return sum(self.text.values())

    @property
    def word_count(self) -> int:
        """The number of words that can be searched without naming a field."""
        return sum(map(len, self.all_words()))

    def all_words(self) -> Iterator[Sequence[Pair]]:
        """Every value whose words can be searched without naming a field."""
        for name in self.searchable:
            yield from self.fields[name]


def positions(values: Iterator[Sequence[Pair]] | Sequence[Sequence[Pair]]) -> dict[str, list[int]]:
    """Where each word stands, values POSITION_GAP apart."""
    places: dict[str, list[int]] = {}
    base = 0
    for pairs in values:
        for place, (word, _) in enumerate(pairs, base):
            places.setdefault(word, []).append(place)
        base += len(pairs) + POSITION_GAP
    return places


def analyze(document: Document, schema: Schema) -> AnalyzedDocument:
    """Run every field of a document through the schema's analyzer.

    The weighted text is BM25F as of Robertson, Zaragoza and Taylor, "Simple BM25 Extension to
    Multiple Weighted Fields" (2004): each token counts its field's weight, before saturation.
    Section headings inside the body weigh as much as the title.
    """
    words = schema.analyzer.words
    text: Counter[str] = Counter()
    fields: dict[str, tuple[Sequence[Pair], ...]] = {}
    for field in schema.fields:
        values = tuple(words(value) for value in field.values(document) if value)
        fields[field.name] = values
        _count(text, values, field.weight)
    _count(
        text, [words(heading) for heading in document.headings], schema.weights.header - schema.weights.body
    )
    searchable = tuple(field.name for field in schema.fields if field.weight)
    return AnalyzedDocument(document, text, fields, searchable)


def _count(text: Counter[str], values: Sequence[Sequence[Pair]], weight: int) -> None:
    if weight > 0:
        for pairs in values:
            for stem, times in Counter(stem for _, stem in pairs).items():
                text[stem] += times * weight
