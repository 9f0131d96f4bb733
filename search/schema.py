"""The schema: `FIELDS` declares every field once, for ranking, queries, facets and pages."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from search.analysis.analyzer import RULES, Analyzer
from search.analysis.text_languages import AS_WRITTEN, stemmer_of
from search.document import Document
from search.messages import Message
from search.vocabulary.languages import language_asked, language_tag

WORDS = "words"
"""The engine field of the folded words of all fields with a weight, with positions."""
TEXT = "text"
"""The engine field that is ranked: stems, each repeated as often as its field weighs."""

WHOLE_TITLE = "whole_title"
"""The field of titles as one term each, in which a query finds the documents of this very title."""
EXTRA = "extra"
"""The field of what documents state beyond the fields declared here; `extra.KEY` names one of its values."""

FORMAT = 11
"""The number of the index format: raised when what engines store of a document changes.

tests/search/test_versions.py fails until it is.
"""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a document.

    `weight` is the number of times that each token counts in the ranking (0: the field is not ranked);
    `query` whether `name:value` searches it; `facet` whether results are counted and filtered by its values.
    The values of a `path` field are paths: each of them is one term, so that a query finds whole segments.
    So is each value of a `whole` field, which no user can name: a query finds documents with just this value.
    `as_stored` gives what documents have for a value as users may write it.
    """

    name: str
    label: Message
    values: Callable[[Document], Sequence[str]]
    weight: int = 0
    query: bool = False
    facet: bool = False
    path: bool = False
    whole: bool = False
    as_stored: Callable[[str], str] = str

    def named_values(self, document: Document) -> Iterator[tuple[str, str]]:
        """The values of a document, each with its name: that of the field, or `extra.KEY`."""
        if self.name == EXTRA:
            yield from ((f"{EXTRA}.{key}", value) for key, value in document.other_details.items())
        else:
            yield from ((self.name, value) for value in self.values(document))


FIELDS = (
    Field("title", Message("Title"), lambda d: (d.title,), weight=4, query=True),
    Field(WHOLE_TITLE, Message("Title"), lambda d: (d.title,), whole=True),
    Field("summary", Message("Summary"), lambda d: (d.summary,), weight=2, query=True),
    Field("body", Message("Text"), lambda d: (d.body,), weight=1),
    Field("author", Message("Author"), lambda d: d.authors, weight=1, query=True, facet=True),
    Field("recipient", Message("Recipient"), lambda d: d.recipients, weight=1, query=True, facet=True),
    Field("subject", Message("Subject"), lambda d: d.subjects, weight=1, query=True, facet=True),
    Field("place", Message("Place"), lambda d: (d.place,), weight=1, query=True, facet=True),
    Field("reference", Message("Reference"), lambda d: (d.reference.text if d.reference else "",), weight=1),
    Field("citation", Message("Citation"), lambda d: (d.citation,), weight=1),
    Field(EXTRA, Message("Other details"), lambda d: tuple(d.other_details.values()), weight=1),
    Field("collection", Message("Collection"), lambda d: (d.collection,), query=True, facet=True),
    Field(
        "language",
        Message("Language"),
        lambda d: d.language.split("; "),
        query=True,
        facet=True,
        as_stored=language_asked,
    ),
    Field(
        "text_language",
        Message("Language of the text"),
        lambda d: (d.text_language,),
        query=True,
        facet=True,
        as_stored=language_asked,
    ),
    Field("type", Message("Type"), lambda d: (d.type,), query=True, facet=True),
    Field("folder", Message("Folder"), lambda d: d.folders, query=True, facet=True, path=True),
    Field("folder_name", Message("Folder"), lambda d: (d.folder,), weight=1),
    Field("file_name", Message("File"), lambda d: d.file_names, weight=1),
    Field("parent", Message("Part of"), lambda d: (d.parent,), facet=True),
)


@dataclass(frozen=True, slots=True)
class Weights:
    """The number of times that a token of a header (title, heading), summary or other field is counted."""

    header: int = 4
    summary: int = 2
    body: int = 1


@dataclass(frozen=True)
class Schema:
    """The fields of an index, and the analyzer that they share.

    `language` is that of most documents, by its English name in lower case. `languages` are those that texts
    may be in, with `language` among them and in alphabetical order; none where any may occur.
    """

    language: str = "english"
    weights: Weights = field(default_factory=Weights)
    languages: tuple[str, ...] = ()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All fields, with the weights of this schema."""
        chosen = {"title": self.weights.header, "summary": self.weights.summary}
        return tuple(
            replace(f, weight=chosen.get(f.name, self.weights.body)) if f.weight else f for f in FIELDS
        )

    @cached_property
    def query_fields(self) -> dict[str, Field]:
        """The fields that `name:value` can search, by name."""
        return {f.name: f for f in self.fields if f.query}

    @cached_property
    def ranked_fields(self) -> tuple[str, ...]:
        """The names of the fields that are part of the weighted text, and searched where none is named."""
        return tuple(f.name for f in self.fields if f.weight)

    @cached_property
    def indexed_fields(self) -> tuple[str, ...]:
        """The names of the fields whose own terms are indexed."""
        return tuple(f.name for f in self.fields if f.query or f.whole)

    @cached_property
    def facets(self) -> dict[str, Field]:
        """The fields that results can be counted and filtered by, by name; without `date`."""
        return {f.name: f for f in self.fields if f.facet}

    def is_ranked(self, name: str) -> bool:
        """Whether a field is part of the weighted text; "" names all that are.

        The others (collection, type …) are no text: their values are analysed in the default language.
        """
        return not name or name in self.ranked_fields

    def label(self, name: str) -> str:
        """The label under which the values of this name are shown (see `Field.named_values`)."""
        if name.startswith(f"{EXTRA}."):
            key = name.removeprefix(f"{EXTRA}.")
            return key[:1].upper() + key[1:]
        return next((field.label for field in self.fields if field.name == name), name)

    @cached_property
    def analyzer(self) -> Analyzer:
        """The analyzer of the default language, in which all texts are of which no other is known."""
        return Analyzer(self.language)

    def analyzer_of(self, text_language: str) -> Analyzer:
        """The analyzer of documents in a language, by its English name.

        It is `analyzer` for the default language, for "", for languages that this archive does not have, and
        for those that have no stemmer and are not written in Latin letters. All that have none but are share
        one.
        """
        stemmer = stemmer_of(text_language)
        if stemmer in {"", self.language} or not self._has(text_language, stemmer):
            return self.analyzer
        if stemmer not in self._analyzers:
            tag = "und" if stemmer == AS_WRITTEN else language_tag(stemmer.capitalize())
            self._analyzers.setdefault(stemmer, self.analyzer.in_language(stemmer, tag))
        return self._analyzers[stemmer]

    @cached_property
    def _analyzers(self) -> dict[str, Analyzer]:
        """Those of other languages than the default, by stemmer."""
        return {}

    def _has(self, text_language: str, stemmer: str) -> bool:
        return not self.languages or not {text_language.casefold(), stemmer}.isdisjoint(self.languages)

    @cached_property
    def fingerprint(self) -> str:
        """A digest of everything that decides what an index contains: an index with another one is stale."""
        import Stemmer  # noqa: PLC0415 - only where there is an index

        declared = [(f.name, f.weight, f.query, f.facet, f.path, f.whole) for f in self.fields]
        stated = (FORMAT, self.language, self.languages, declared, RULES, Stemmer.version())
        return hashlib.sha256(repr(stated).encode()).hexdigest()[:16]
