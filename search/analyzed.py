"""What does an engine store of a document? Its tokens, ready to be written as they are."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

import msgspec

from search.document import Document, from_bytes, to_bytes
from search.schema import Schema

POSITION_GAP = 100
"""Positions left empty between two values, so that no phrase, however loose, runs across them."""


_Packed = tuple[bytes, dict[str, int], dict[str, tuple[str, ...]], dict[str, frozenset[str]], tuple[str, ...]]
_decoder = msgspec.msgpack.Decoder(_Packed)


@dataclass(frozen=True, slots=True)
class AnalyzedDocument:
    """A document and its tokens, in a form that is quick to send from one process to another.

    `text` maps each stem to its weighted frequency. `words` holds, for each field by name, the folded
    words of each of its values, with a space between two; `stems` the stems of each field that can be
    searched by name. `searchable` names the fields whose words make up the field of all words.
    """

    document: Document
    text: Mapping[str, int]
    words: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, Set[str]]
    searchable: tuple[str, ...]

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


def pack(analyzed: AnalyzedDocument) -> bytes:
    """The form in which one process hands it to another."""
    stems = {name: list(values) for name, values in analyzed.stems.items()}
    parts = (to_bytes(analyzed.document), analyzed.text, analyzed.words, stems, analyzed.searchable)
    return msgspec.msgpack.encode(parts)


def unpack(data: bytes) -> AnalyzedDocument:
    """What `pack` was given."""
    document, text, words, stems, searchable = _decoder.decode(data)
    return AnalyzedDocument(from_bytes(document), text, words, stems, searchable)


def analyze(document: Document, schema: Schema) -> AnalyzedDocument:
    """Run every field of a document through the schema's analyzer.

    The weighted text is BM25F as of Robertson, Zaragoza and Taylor, "Simple BM25 Extension to
    Multiple Weighted Fields" (2004): each token counts its field's weight, before saturation.
    Section headings inside the body weigh as much as the title.
    """
    terms = schema.analyzer.terms
    counted: list[tuple[Mapping[str, int], int]] = []  # with their weights
    words: dict[str, tuple[str, ...]] = {}
    stems: dict[str, Set[str]] = {}
    for field in schema.fields:
        values = [terms(value) for value in field.values(document) if value]
        words[field.name] = tuple(value for value, _ in values)
        if field.weight:
            counted += ((counts, field.weight) for _, counts in values)
        if field.query:
            stems[field.name] = frozenset().union(*(counts for _, counts in values))
    raised = schema.weights.header - schema.weights.body
    counted += ((terms(heading)[1], raised) for heading in document.headings)
    searchable = tuple(field.name for field in schema.fields if field.weight)
    return AnalyzedDocument(document, _weighted(counted), words, stems, searchable)


def _weighted(counted: list[tuple[Mapping[str, int], int]]) -> dict[str, int]:
    """The sum of counts, each as often as its weight says."""
    text: dict[str, int] = {}
    before = text.get
    for counts, weight in sorted(counted, key=lambda each: len(each[0]), reverse=True):  # few to be added
        if not text and weight == 1:
            text.update(counts)
            continue
        for stem, times in counts.items() if weight > 0 else ():
            text[stem] = before(stem, 0) + times * weight
    return text
