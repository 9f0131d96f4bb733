"""Which documents are similar? The index is searched for a document's most characteristic stems.

In an archive of several languages these are stems of its own language, and what its words, names above all,
are in the others: so documents in those are found, too.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import sqrt

from search.analysis.characters import APOSTROPHES, is_unspaced
from search.analysis.stem import Stem, parts_of, unmarked
from search.analyzed import AnalyzedDocument, analyze
from search.document import Document
from search.engines import Engine
from search.query.simplification import simplify
from search.query.tree import Or, Term
from search.ranking import idf
from search.request import SearchRequest
from search.results import Hit, IndexInfo
from search.schema import Schema

MAX_SIMILAR = 20
"""Similar documents that can be asked for."""
DEFAULT_SIMILAR = 5
"""Similar documents returned unless another number is asked for."""
MAX_STEMS = 25
"""Stems of a document that the index is searched for."""
MAX_SHARED = 5
"""Shared words that are shown for a similar document."""
MIN_SIMILARITY = 0.3
"""The similarity from which on a document is listed.

In a test on 5,000 diplomatic documents, of 300 of them, the five best answers of this similarity and above
came from the same chapter as the document in 82 % (from the same volume in 93 %), those below in 47 %.
"""

_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s$")
# Fields that say where a document is kept, not what it is about.
_PROVENANCE = {"reference", "citation", "folder_name", "file_name"}
_MIN_SHARED = 3  # shared stems: one name or one phrase alone makes no document similar
_MAX_IN_LANGUAGES = 4 * MAX_STEMS  # stems of which those in other languages are looked up
_MAX_CANDIDATES = 1000  # stems of a document, its most frequent ones, whose document frequency is looked up
_FIRST_WORDS = 50  # of two texts, which are compared before all of their words are
_MAX_READ = 30_000  # characters of a text that tell what it is about


@dataclass(frozen=True, slots=True)
class SimilarDocument:
    """A document that is similar to another, the query document.

    `similarity` is its score divided by that of the query document itself, 0.3 to 1. `words` are the most
    characteristic words that both have, as the query document writes them; those in the title of the
    similar one come last. `same_text` is whether the bodies are the same, word for word.
    """

    document: Document
    score: float
    similarity: float
    words: tuple[str, ...]
    same_text: bool


@dataclass(frozen=True, slots=True)
class Similar:
    """The documents similar to another: those of the same text first, then by score; often none."""

    hits: tuple[SimilarDocument, ...]
    index: IndexInfo


def similar(document: Document, engine: Engine, limit: int = DEFAULT_SIMILAR) -> Similar:
    """At most `limit` documents similar to this one, itself left out. Raises EngineError alone."""
    schema, beginning = engine.schema, _beginning(document)
    written = _FormsInDocument(beginning, schema)
    stems = characteristic_stems(beginning, engine, written)
    query = simplify(Or(tuple(Term(stem, count=times) for stem, times in stems.items())))
    results = engine.search(SearchRequest(query, limit=limit + 1))
    if not results.hits:
        return Similar((), results.index)
    own_score = next((hit.score for hit in results.hits if hit.id == document.id), results.hits[0].score)
    near = [hit for hit in results.hits if hit.id != document.id and hit.score >= MIN_SIMILARITY * own_score][
        :limit
    ]
    found: list[tuple[Hit, Document, list[Stem]]] = []
    for hit, other in zip(near, engine.get_many([hit.id for hit in near]), strict=True):
        if other is None:  # deleted between the two calls
            continue
        shared = _shared(stems, analyze(_beginning(other), schema))
        if len(shared) >= _MIN_SHARED:
            found.append((hit, other, shared[:MAX_SHARED]))
    forms = written.of({stem for _, _, shared in found for stem in shared})
    hits = [
        SimilarDocument(
            other,
            hit.score,
            min(hit.score / own_score, 1.0),
            tuple(forms[stem] for stem in shared if stem in forms),
            _is_same_text(document.body, other.body),
        )
        for hit, other, shared in found
    ]
    return Similar(tuple(sorted(hits, key=lambda hit: not hit.same_text)), results.index)


def _beginning(document: Document) -> Document:
    """The document without what follows on some twelve pages: a book is about what its beginning is about."""
    if len(document.body) <= _MAX_READ:
        return document
    end = document.body.rfind(" ", 0, _MAX_READ)
    return replace(document, body=document.body[: end if end > 0 else _MAX_READ])


def _is_same_text(one: str, other: str) -> bool:
    """Whether two texts have the same words; most that differ do so in the first few."""
    few = _FIRST_WORDS
    return (
        bool(one)
        and one.split(None, few)[:few] == other.split(None, few)[:few]
        and one.split() == other.split()
    )


def _shared(stems: Iterable[Stem], other: AnalyzedDocument) -> list[Stem]:
    """The stems that another document has as well; those in its title come last."""
    in_title = set(other.stems["title"].split())
    in_text = {stem for text, _ in other.weighted_stems for stem in text.split()}
    shared = (stem for stem in stems if not in_text.isdisjoint(parts_of(stem)))
    return sorted(shared, key=lambda stem: not in_title.isdisjoint(parts_of(stem)))


def characteristic_stems(
    document: Document, engine: Engine, written: "_FormsInDocument | None" = None
) -> dict[Stem, int]:
    """The stems of a document with the highest tf-idf, highest first, each with its weight in the query.

    tf is the frequency in the weighted text (Salton and Buckley, "Term-weighting approaches in automatic
    text retrieval", 1988); the weight in the query is its square root. Stop words, numbers, single
    letters, stems of no other document, and the words of citation, reference, folder and file are left out.
    """
    text = _without_provenance(document, engine.schema)
    stop_words = engine.schema.analyzer_of(document.text_language).stop_words
    candidates = (
        (stem, times) for stem, times in text.items() if unmarked(stem) not in stop_words and _is_word(stem)
    )
    frequencies: dict[Stem, int] = dict(
        sorted(candidates, key=lambda item: (-item[1], item[0]))[:_MAX_CANDIDATES]
    )
    if engine.analyzer is not engine.schema.analyzer:
        telling = _most_telling(frequencies, engine, 1)[:_MAX_IN_LANGUAGES]
        forms = (written or _FormsInDocument(document, engine.schema)).of(telling)
        in_languages = {stem: engine.analyzer.pairs(form)[-1][1] for stem, form in forms.items()}
        frequencies = {in_languages.get(stem, stem): frequencies[stem] for stem in telling}
    chosen = _most_telling(frequencies, engine, 2)[:MAX_STEMS]
    return {stem: round(sqrt(frequencies[stem])) for stem in chosen}


def _most_telling(frequencies: Mapping[Stem, int], engine: Engine, at_least: int) -> list[Stem]:
    """The stems of so many documents, by their frequency in one and their idf."""
    documents = engine.info().documents
    in_documents = dict(zip(frequencies, engine.frequencies(list(frequencies)), strict=True))
    tf_idf = {
        stem: frequencies[stem] * idf(documents, number)
        for stem, number in in_documents.items()
        if number >= at_least
    }
    return sorted(tf_idf, key=lambda stem: (-tf_idf[stem], parts_of(stem)))


def _without_provenance(document: Document, schema: Schema) -> Counter[str]:
    """The weighted frequencies of a document's stems, without those that tell where it is from."""
    analyzed = analyze(document, schema)
    kept = Counter(analyzed.text)
    for field in schema.fields:
        if field.name in _PROVENANCE:
            for value in field.values(document):
                counts = Counter(schema.analyzer_of(document.text_language).index_terms(value)[1].split())
                kept.subtract({stem: field.weight * times for stem, times in counts.items()})
    return +kept


def _is_word(marked_stem: str) -> bool:
    stem = unmarked(marked_stem)
    return is_unspaced(stem) or (len(stem) > 1 and not any(map(str.isdigit, stem)))


class _FormsInDocument:
    """How a document writes the words of its stems."""

    def __init__(self, document: Document, schema: Schema) -> None:
        self._document, self._schema = document, schema
        self._analyzer = schema.analyzer_of(document.text_language)
        self._parts: list[list[tuple[str, Stem, int]]] = []

    def of(self, stems: Collection[Stem]) -> Mapping[Stem, str]:
        """The most frequent written form of each of these stems that a word of the document has."""
        forms: dict[Stem, Counter[str]] = {stem: Counter() for stem in stems}
        of_part = {part: counts for stem, counts in forms.items() for part in parts_of(stem)}
        for words in self._words():
            for word, stem, times in words:
                for counts in (of_part[part] for part in parts_of(stem) if part in of_part):
                    counts[_POSSESSIVE.sub("", word)] += times
            if all(forms.values()):
                break
        return {stem: counts.most_common(1)[0][0] for stem, counts in forms.items() if counts}

    def _words(self) -> Iterator[list[tuple[str, Stem, int]]]:
        """The words of each part of the texts, which is analysed when it is first needed."""
        for number, text in enumerate(self._texts()):
            if number == len(self._parts):
                self._parts.append(list(self._analyzer.written_words(text)))
            yield self._parts[number]

    def _texts(self) -> Iterator[str]:
        for field in self._schema.fields:
            if field.weight:
                yield from field.values(self._document)
