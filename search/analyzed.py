"""What does an engine store of a document? Its terms, analysed once for all engines."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

import msgspec

from search.analysis.analyzer import Analyzer
from search.analysis.collation import title_key
from search.calendar import DayRange
from search.document import Document, from_bytes, to_bytes, with_indexed
from search.schema import Field, Schema

POSITION_GAP = 100
"""Positions between two values of a field, so that no phrase or near phrase matches across them."""


class AnalyzedDocument(msgspec.Struct, frozen=True, array_like=True, dict=True):
    """A document and its terms, quick to send from one process to another.

    `stored` is the encoded document, `title` its sort key, `day_bounds` the first and last day of its date
    (see `search.calendar`), `facets` its values by facet. Terms are space-joined strings: `words` has for
    each field the folded words of each of its values, `stems` the stems of each field that a query can
    name, `weighted_stems` pairs of stems and the weight of each of them in the ranking. `default_fields`
    are the fields that are searched where a query names none, `title_stems` the number of distinct stems of
    the title, stop words left out; 0 where no title is stated. `indexed` is that of the document.
    """

    id: str
    stored: bytes
    title: str
    day_bounds: tuple[int, int] | None
    facets: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]
    stems: dict[str, str]
    weighted_stems: tuple[tuple[str, int], ...]
    default_fields: tuple[str, ...]
    title_stems: int = 0
    indexed: int = 0

    @cached_property
    def document(self) -> Document:
        """The document."""
        return from_bytes(self.stored)

    @property
    def days(self) -> DayRange | None:
        """The days that its date allows; None if it is undated."""
        return DayRange(*self.day_bounds) if self.day_bounds else None

    @cached_property
    def text(self) -> Mapping[str, int]:
        """Stem -> its weighted frequency."""
        text: dict[str, int] = {}
        for stems, weight in self.weighted_stems:
            for stem, times in Counter(stems.split()).items():
                text[stem] = text.get(stem, 0) + times * weight
        return text

    @cached_property
    def length(self) -> int:
        """The weighted number of tokens: the document length of BM25."""
        return sum(self.text.values())

    def all_words(self) -> Iterator[str]:
        """The words of each value of the default fields."""
        for name in self.default_fields:
            yield from self.words[name]


def positions(values: Iterable[str]) -> dict[str, list[int]]:
    """Word -> its positions, with POSITION_GAP between two values."""
    places: dict[str, list[int]] = {}
    base = 0
    for value in values:
        words = value.split()
        for place, word in enumerate(words, base):
            places.setdefault(word, []).append(place)
        base += len(words) + POSITION_GAP
    return places


pack = msgspec.msgpack.Encoder().encode
"""Encode an analysed document, to send it to another process."""
unpack = msgspec.msgpack.Decoder(AnalyzedDocument).decode
"""Decode what `pack` encoded. Raises msgspec.MsgspecError for anything else."""


def with_id(analyzed: AnalyzedDocument, doc_id: str) -> AnalyzedDocument:
    """An analysed document under another id, of which no field is made."""
    stored = to_bytes(replace(analyzed.document, id=doc_id))
    return msgspec.structs.replace(analyzed, id=doc_id, stored=stored)


def with_time(analyzed: AnalyzedDocument, indexed: int) -> AnalyzedDocument:
    """An analysed document with another `indexed` (see `Document`)."""
    stored = with_indexed(analyzed.stored, indexed)
    return msgspec.structs.replace(analyzed, indexed=indexed, stored=stored)


def analyze(document: Document, schema: Schema) -> AnalyzedDocument:
    """Analyse every field of a document, all that are ranked in the language of its text.

    Names and references, too: so each document has one stem of a word, and a word of a query is in as many
    documents as its stems in all languages together.

    The weighted text is BM25F as of Robertson, Zaragoza and Taylor, "Simple BM25 Extension to
    Multiple Weighted Fields" (2004): each token counts its field's weight, before saturation.
    Section headings inside the body weigh as much as the title.
    """
    analyzer = schema.analyzer_of(document.text_language)
    terms = analyzer.index_terms
    words: dict[str, tuple[str, ...]] = {field.name: () for field in schema.fields}
    stems = dict.fromkeys(schema.indexed_fields, "")
    facets: dict[str, tuple[str, ...]] = {}
    weighted: list[tuple[str, int]] = []
    for field in schema.fields:
        values = field.values(document)
        if not (values and all(values)) and not (values := tuple(filter(None, values))):
            continue  # as with most fields
        name = field.name
        if field.facet:
            facets[name] = tuple(dict.fromkeys(values))
        terms_of = _analysis(field, analyzer if field.weight else schema.analyzer)
        if len(values) == 1:
            own_words, own = terms_of(values[0])
            words[name] = (own_words,)
        else:
            words[name], stems_of = zip(*map(terms_of, values), strict=True)
            own = " ".join(stems_of)
        if name in stems:
            stems[name] = own
        if field.weight and own:
            weighted.append((own, field.weight))
    extra = schema.weights.header - schema.weights.body
    if extra > 0:
        weighted += ((terms(heading)[1], extra) for heading in document.headings)
    days = document.date.days if document.date else None
    return AnalyzedDocument(
        id=document.id,
        stored=to_bytes(document),
        title=title_key(document.title, schema.language),
        day_bounds=(days.earliest, days.latest) if days else None,
        facets=facets,
        words=words,
        stems=stems,
        weighted_stems=tuple(weighted),
        default_fields=schema.ranked_fields,
        title_stems=0
        if document.makeshift_title
        else _telling_stems(words["title"], stems["title"], analyzer),
        indexed=document.indexed,
    )


def _analysis(field: Field, analyzer: Analyzer) -> Callable[[str], tuple[str, str]]:
    """What gives the words and the stems of a value of a field."""
    if field.path:
        return analyzer.path_terms
    return analyzer.whole_terms if field.whole else analyzer.index_terms


def _telling_stems(words: tuple[str, ...], stems: str, analyzer: Analyzer) -> int:
    """The number of distinct stems of a title, stop words left out."""
    stop_words = analyzer.stop_words
    pairs = zip(" ".join(words).split(), stems.split(), strict=True)
    return len({stem for word, stem in pairs if word not in stop_words})
