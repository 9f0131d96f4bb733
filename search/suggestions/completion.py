"""Autocomplete: a query that is being typed is completed to a name, a title or a word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Literal

from search.analysis.analyzer import Token
from search.engines import Engine
from search.expansion.expander import Expander
from search.query.lexer import Lexeme, lexemes
from search.query.parser import parse
from search.query.tree import And, AnyOf, Exact, MatchAll, Query, Term
from search.request import FacetRequest, Filter, Question, SearchRequest
from search.schema import WORDS
from search.suggestions.respelling import nearest, nearest_completions
from search.suggestions.typed_words import typed_words

MAX_SUGGESTIONS = 8
"""Suggestions returned unless another number is asked for."""
MAX_TYPED = 16
"""Words of a text that is completed: a longer one was not typed but pasted."""

_COMPLETIONS = 20  # terms of names and titles that the last word is completed to, the most frequent
_SHORT, _SHORT_COMPLETIONS = (
    2,
    8,
)  # the same of a word of so few letters: its terms are costly, being frequent
_CANDIDATES = 12  # terms that the text may be completed with
_CHECKED = 6  # of these, how many are searched together with the words before them
_NAMES = _TITLES = 3  # suggestions of each kind, unless there are too few others
_RESPELLINGS = 3
_KINDS = ("author", "title", "word")

Kind = Literal["title", "author", "word"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One completion. A title leads to the document `doc_id`, any other to the search `question`.

    Titles and names (`author`: recipients too) are written as in documents; a word is folded, and stands
    in the text as typed.
    """

    text: str
    kind: Kind
    doc_id: str = ""
    question: Question = field(default_factory=Question)


def suggestions(engine: Engine, text: str, limit: int = MAX_SUGGESTIONS) -> tuple[Suggestion, ...]:
    """At most `limit` completions of a text: names, then titles, then words; never the text itself.

    The last word is a prefix, those before it are whole words. If no term has the prefix, terms spelled
    like it are tried, also for unknown words before it. Raises EngineError alone.
    """
    if any(lexeme.kind == "quote" for lexeme in lexemes(text)):
        text += '"'
    typed = _Completion(engine, text)
    if not typed.is_completable:
        return ()
    found = typed.of_each_kind(limit)
    if not found:
        respelled = islice(typed.respelled(), _RESPELLINGS)
        found = [item for better in respelled for item in better.of_each_kind(limit)]
    found.sort(key=lambda item: _KINDS.index(item.kind))
    distinct = {(item.kind, item.text.casefold()): item for item in reversed(found)}
    return tuple(reversed(distinct.values()))[:limit]


@dataclass(frozen=True)
class _Completion:
    """One text and its completions. `is_respelled`: it is not the text typed, but one spelled like it."""

    engine: Engine
    text: str
    is_respelled: bool = False

    @cached_property
    def words(self) -> Sequence[Token]:
        """The words of the text, without names of fields; none if it is too long to be completed."""
        words = typed_words(self.text, self.engine.schema, MAX_TYPED + 1)
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
        names, titles = list(islice(self._names(), limit)), list(islice(self._titles(), limit))
        some = [*names[:_NAMES], *titles[:_TITLES]]
        words = list(islice(self._words(), max(0, limit - len(some))))
        return [*some, *words, *names[_NAMES:], *titles[_TITLES:]][:limit]

    def respelled(self) -> Iterator["_Completion"]:
        """The text with its unknown words replaced by the nearest terms, nearest first."""
        *earlier, last = self.words
        own, _ = self.value_words(self.field)
        before = self.text[: last.start]
        for token in reversed(earlier):
            if near := nearest(self.engine, token, self.field if token in own else ""):
                before = before[: token.start] + near + before[token.end :]
        for term in nearest_completions(self.engine, last.word, self.field) or [last.word]:
            yield _Completion(self.engine, before + term + self.text[last.end :], is_respelled=True)

    def value_words(self, *fields: str) -> tuple[Sequence[Token], str]:
        """The words typed for a value of one of these fields, and the text before them.

        These are all words of a text of plain words, or those of the last lexeme if it names the field.
        """
        last = self.parts[-1]
        if self.field and self.field in fields and last.sign != "-":
            own = [token for token in self.words if token.start >= last.position]
            return own, self.text[: last.position].strip()
        return (self.words, "") if all(map(_is_plain, self.parts)) else ((), "")

    def _names(self) -> Iterator[Suggestion]:
        for name in ("author", "recipient"):
            tokens, rest = self.value_words(name)
            if not tokens or self.field not in {"", name}:
                continue
            words = [token.word for token in tokens]
            earlier = [Exact(token.word, token.stem, name) for token in self._without_stop_words(tokens[:-1])]
            query = And((self._parsed(rest), *earlier, self._any_completion(name)))
            facet = FacetRequest(name, limit=_COMPLETIONS)
            [counted] = self.engine.search(SearchRequest(query, facets=(facet,), limit=0)).facets
            for value in counted.values:
                if value.count and self._is_typed(value.value, words):
                    asked = Question(rest, filters=(Filter(name, "is", value.value),))
                    yield Suggestion(value.value, "author", question=asked)

    def _is_typed(self, name: str, typed: Sequence[str]) -> bool:
        """Whether a name has the words typed: a document found may have other authors as well."""
        words = [word for word, _ in self.engine.schema.analyzer.pairs(name)]
        return set(typed[:-1]) <= set(words) and any(word.startswith(typed[-1]) for word in words)

    def _titles(self) -> Iterator[Suggestion]:
        tokens, rest = self.value_words("title")
        if not tokens:
            return
        earlier = [Term(token.stem, token.word, "title") for token in self._without_stop_words(tokens[:-1])]
        query = And((self._parsed(rest), *earlier, self._any_completion("title")))
        hits = self.engine.search(SearchRequest(query, limit=MAX_SUGGESTIONS)).hits
        for document in self.engine.get_many([hit.id for hit in hits]):
            if document is not None:
                yield Suggestion(document.title, "title", document.id)

    def _words(self) -> Iterator[Suggestion]:
        """The text with its last word completed; of several terms with one stem, the most frequent."""
        analyzer = self.engine.schema.analyzer
        last = self.words[-1]
        stems = {token.stem for token in self.words[: -1 if self.is_respelled else None]}
        checks = _CHECKED
        for found in self.engine.vocabulary(self.field or WORDS).with_prefix(last.word, _CANDIDATES):
            stem = analyzer.stem(found.term)
            if stem in stems or (found.term in analyzer.stop_words and not self.field):
                continue
            stems.add(stem)
            text = self.text[: last.start] + found.term + self.text[last.end :]
            if len(self.parts) > 1 or len(self.words) > 1 or not _is_plain(self.parts[0]):
                checks -= 1
                if checks < 0 or not self._finds(text):
                    continue
            yield Suggestion(text, "word", question=Question(text))

    def _without_stop_words(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens without stop words, which are the slowest to search and the least selective."""
        stop_words = self.engine.schema.analyzer.stop_words
        return [token for token in tokens if token.word not in stop_words]

    def _any_completion(self, name: str) -> Query:
        """The terms of a field that begin with the last word, as one query."""
        stem = self.engine.schema.analyzer.stem
        word = self.words[-1].word
        most = _SHORT_COMPLETIONS if len(word) <= _SHORT else _COMPLETIONS
        found = self.engine.vocabulary(name).with_prefix(word, most)
        return AnyOf(tuple(Exact(item.term, stem(item.term), name) for item in found), "")

    def _parsed(self, text: str) -> Query:
        """The query of a text, names only as typed: a suggestion has to find something by itself."""
        query = parse(text, self.engine.schema).query if text else MatchAll()
        return Expander(self.engine, None).expand(query)

    def _finds(self, text: str) -> bool:
        return bool(self.engine.search(SearchRequest(self._parsed(text), limit=0)).total)


def _is_completable(lexeme: Lexeme) -> bool:
    """Whether the last word of a lexeme can be a prefix."""
    return lexeme.kind == "phrase" or (lexeme.kind == "word" and not {"*", "~"} & set(lexeme.text))


def _is_plain(lexeme: Lexeme) -> bool:
    """Whether a lexeme is plain words, without sign or field."""
    return _is_completable(lexeme) and not (lexeme.sign or lexeme.field or lexeme.exact)
