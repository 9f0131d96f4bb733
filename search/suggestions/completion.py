"""Autocomplete: a query that is being typed is completed to a name, a subject, a word or a title."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Literal

from search.analysis.analyzer import Token
from search.engines import Engine
from search.expansion.expander import Expander
from search.query.lexer import Lexeme, lexemes
from search.query.parser import parse
from search.query.tree import And, AnyOf, Exact, MatchAll, Query, Term
from search.request import Count, FacetRequest, Filter, Question, SearchRequest
from search.results import TermCount
from search.schema import WORDS
from search.suggestions import MAX_SUGGESTIONS
from search.suggestions.near_terms import is_slip_of
from search.suggestions.respelling import nearest, nearest_completions
from search.suggestions.typed_words import typed_words
from search.suggestions.written_forms import WrittenForms

MAX_TYPED = 16
"""Words of a text that is completed: a longer one was not typed but pasted."""

_COMPLETIONS = 20  # terms of names and titles that the last word is completed to, the most frequent
_SHORT = 2  # letters of a word whose terms are frequent, and so take long to count
_SHORT_COMPLETIONS = 8  # terms that such a word is completed to
_CANDIDATES = 12  # terms that the text may be completed with
_CHECKED = 8  # texts so completed whose documents are counted
_VALUES, _TITLES = 3, 2  # suggestions of each kind, unless there are too few others
_VALUE_FIELDS = ("author", "recipient", "subject")

Kind = Literal["title", "author", "subject", "word"]
_KINDS: tuple[Kind, ...] = ("author", "subject", "word", "title")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One completion. A title leads to the document `doc_id`, any other to the search `question`.

    All are written as in documents, a word in the text as typed. `author` stands for recipients, too.
    `count` is the number of documents that the suggestion leads to.
    """

    text: str
    kind: Kind
    doc_id: str = ""
    question: Question = field(default_factory=Question)
    count: int = 1


def suggestions(
    engine: Engine, forms: WrittenForms, count: Count, text: str, limit: int = MAX_SUGGESTIONS
) -> tuple[Suggestion, ...]:
    """At most `limit` completions of a text: names and subjects, words, then titles; never the text itself.

    The last word is a prefix, those before it are whole words. If no term has the prefix, terms spelled
    like it are tried, those of names first, also for unknown words before it. Raises EngineError alone.
    """
    if any(lexeme.kind == "quote" for lexeme in lexemes(text)):
        text += '"'
    typed = _Completion(engine, forms, count, text)
    if not typed.is_completable:
        return ()
    found = typed.of_each_kind(limit)
    if not found:
        tries = (list(_each(respelled, limit)) for respelled in typed.respelled())
        found = next(filter(None, tries), [])
    found.sort(key=lambda item: _KINDS.index(item.kind))
    distinct = {(item.kind, item.text.casefold()): item for item in reversed(found)}
    return tuple(reversed(distinct.values()))[:limit]


def _each(texts: Sequence["_Completion"], limit: int) -> Iterator[Suggestion]:
    for text in texts:
        yield from text.of_each_kind(limit)


@dataclass(frozen=True)
class _Completion:
    """One text and its completions. `is_respelled`: it is not the text typed, but one spelled like it."""

    engine: Engine
    forms: WrittenForms
    count: Count
    text: str
    is_respelled: bool = False

    @cached_property
    def words(self) -> Sequence[Token]:
        """The words of the text, without names of fields; none if it is too long to be completed."""
        words = typed_words(self.text, self.engine, MAX_TYPED + 1)
        return words if len(words) <= MAX_TYPED else []

    @cached_property
    def parts(self) -> Sequence[Lexeme]:
        """The lexemes of the text, up to the one with the last word."""
        return [
            lexeme for lexeme in lexemes(self.text) if self.words and lexeme.position <= self.words[-1].start
        ]

    @property
    def is_completable(self) -> bool:
        """Whether the last word can be a prefix."""
        return bool(self.parts) and _is_completable(self.parts[-1])

    @property
    def field(self) -> str:
        """The field that the last word is completed in; empty for all."""
        name = self.parts[-1].field.lower()
        return name if name in self.engine.schema.query_fields else ""

    def of_each_kind(self, limit: int) -> list[Suggestion]:
        """Suggestions of every kind, so that no kind fills the list alone."""
        values, titles = list(islice(self._values(), limit)), list(islice(self._titles(), limit))
        some = [*values[:_VALUES], *titles[:_TITLES]]
        words = list(islice(self._words(), max(0, limit - len(some))))
        return [*some, *words, *values[_VALUES:], *titles[_TITLES:]][:limit]

    def respelled(self) -> Iterator[Sequence["_Completion"]]:
        """The text with its unknown words replaced by near terms, nearest first: those of names, then all."""
        *earlier, last = self.words
        own, _ = self.value_words(self.field)
        before = self.text[: last.start]
        for token in reversed(earlier):
            name = self.field if token in own else ""
            if near := nearest(self.engine, token, name):
                before = before[: token.start] + self.forms.of(near, name) + before[token.end :]
        is_value = len(self.value_words(*_VALUE_FIELDS)[0]) == len(self.words)
        names = _VALUE_FIELDS if is_value and not self.field else ()
        for terms in (
            [term for name in names for term in nearest_completions(self.engine, last.word, name)],
            nearest_completions(self.engine, last.word, self.field) or [last.word],
        ):
            texts = (before + term + self.text[last.end :] for term in dict.fromkeys(terms))
            yield [replace(self, text=text, is_respelled=True) for text in texts]

    def value_words(self, *fields: str) -> tuple[Sequence[Token], str]:
        """The words typed for a value of one of these fields, and the text before them.

        These are all words of a text of plain words, or those of the last lexeme if it names the field.
        """
        last = self.parts[-1]
        if self.field and self.field in fields and last.sign != "-":
            own = [token for token in self.words if token.start >= last.position]
            return own, self.text[: last.position].strip()
        return (self.words, "") if all(map(_is_plain, self.parts)) else ((), "")

    def _values(self) -> Iterator[Suggestion]:
        for name in _VALUE_FIELDS:
            tokens, rest = self.value_words(name)
            if not tokens or self.field not in {"", name}:
                continue
            last = self._any_completion(name)
            earlier = [Exact(token.word, token.stem, name) for token in self._without_stop_words(tokens[:-1])]
            query = And((self._parsed(rest), *earlier, last))
            facet = FacetRequest(name, limit=_COMPLETIONS)
            [counted] = self.engine.search(SearchRequest(query, facets=(facet,), limit=0)).facets
            completions = {item.word for item in last.alternatives}
            for value in counted.values:
                if value.count and self._is_typed(value.value, [token.word for token in tokens], completions):
                    asked = Question(rest, filters=(Filter(name, "is", value.value),))
                    count = self._counted(asked) if rest else value.count
                    kind: Kind = "subject" if name == "subject" else "author"
                    yield Suggestion(value.value, kind, question=asked, count=count)

    def _is_typed(self, value: str, typed: Sequence[str], completions: AbstractSet[str]) -> bool:
        """Whether a value has the words typed: a document found may have other authors as well."""
        words = [word for word, _ in self.engine.analyzer.pairs(value)]
        return set(typed[:-1]) <= set(words) and not completions.isdisjoint(words)

    def _titles(self) -> Iterator[Suggestion]:
        tokens, rest = self.value_words("title")
        if not tokens:
            return
        earlier = [Term(token.stem, token.word, "title") for token in self._without_stop_words(tokens[:-1])]
        query = And((self._parsed(rest), *earlier, self._any_completion("title")))
        hits = self.engine.search(SearchRequest(query, limit=MAX_SUGGESTIONS)).hits
        for document in self.engine.get_many([hit.id for hit in hits]):
            if document is not None:
                yield Suggestion(document.short_title, "title", document.id)

    def _words(self) -> Iterator[Suggestion]:
        """The text with its last word completed; of several terms with one stem, the most frequent.

        Misspellings that documents have are left out.
        """
        analyzer = self.engine.analyzer
        last = self.words[-1]
        stems = {token.stem for token in self.words[: -1 if self.is_respelled else None]}
        checks = _CHECKED
        more_frequent: list[TermCount] = []
        for found in self.engine.vocabulary(self.field or WORDS).with_prefix(last.word, _CANDIDATES):
            stem = analyzer.stem(found.term)
            if stem in stems or (found.term in analyzer.stop_words and not self.field):
                continue
            if is_slip_of(found, more_frequent):
                continue
            more_frequent.append(found)
            stems.add(stem)
            written = self.forms.of(found.term, self.field)
            question = Question(self.text[: last.start] + written + self.text[last.end :])
            checks -= 1
            if checks < 0:
                return
            if count := self._counted(question):
                yield Suggestion(question.text, "word", question=question, count=count)

    def _counted(self, question: Question) -> int:
        """The number of documents that a question finds without being relaxed."""
        return self.count(replace(question, match="all"))

    def _without_stop_words(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens without stop words, which are the slowest to search and the least selective."""
        stop_words = self.engine.analyzer.stop_words
        return [token for token in tokens if token.word not in stop_words]

    def _any_completion(self, name: str) -> AnyOf:
        """The terms of a field that begin with the last word, as one query."""
        stem = self.engine.analyzer.stem
        word = self.words[-1].word
        most = _SHORT_COMPLETIONS if len(word) <= _SHORT else _COMPLETIONS
        found = self.engine.vocabulary(name).with_prefix(word, most)
        return AnyOf(tuple(Exact(item.term, stem(item.term), name) for item in found), "")

    def _parsed(self, text: str) -> Query:
        """The query of a text, names only as typed: a suggestion has to find something by itself."""
        query = parse(text, self.engine.schema, analyzer=self.engine.analyzer).query if text else MatchAll()
        return Expander(self.engine, None).expand(query)


def _is_completable(lexeme: Lexeme) -> bool:
    """Whether the last word of a lexeme can be a prefix."""
    return lexeme.kind == "phrase" or (lexeme.kind == "word" and not {"*", "~"} & set(lexeme.text))


def _is_plain(lexeme: Lexeme) -> bool:
    """Whether a lexeme is plain words, without sign or field."""
    return _is_completable(lexeme) and not (lexeme.sign or lexeme.field or lexeme.exact)
