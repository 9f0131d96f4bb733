"""How may a search that is being typed go on? With a name, a title, or a word."""

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
from search.suggestions.respelling import nearest, nearest_beginnings, typed_words

MAX_SUGGESTIONS = 8
"""Ways to go on that are suggested while a query is typed, unless more are asked for."""
MAX_TYPED = 16
"""Words typed, beyond which nothing is suggested: so long a text is not being looked for, but pasted."""

_BEGINNINGS = 20  # words that a beginning stands for in titles and names, the most frequent
_SHORT, _SHORT_BEGINNINGS = 2, 8  # of so few letters: the words are frequent ones, which cost most
_CANDIDATES = 12  # words that may finish the text
_CHECKED = 6  # of these, how many are searched with the words before them
_NAMES = _TITLES = 3  # of each, while there is something else to fill the list
_RESPELLINGS = 3
_KINDS = ("author", "title", "word")

Kind = Literal["title", "author", "word"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to go on. A title leads to the document `doc_id`; anything else to the search `question`.

    A title or name (`author`: also a recipient) is as documents write it; a word is folded, in the
    text as typed.
    """

    text: str
    kind: Kind
    doc_id: str = ""
    question: Question = field(default_factory=Question)


def suggestions(engine: Engine, text: str, limit: int = MAX_SUGGESTIONS) -> tuple[Suggestion, ...]:
    """At most `limit` ways to go on from a text: names, then titles, then words; never the text itself.

    The last word is taken for the beginning of one, those before it must be met as they are. Only
    where nothing begins so, words that are spelled much like it (and like unknown ones before it)
    take its place. Raises EngineError alone.
    """
    if any(piece.kind == "quote" for piece in lexemes(text)):
        text += '"'
    typed = _Completion(engine, text)
    if not typed.can_grow:
        return ()
    found = typed.mixed(limit)
    if not found:
        respelled = islice(typed.respelled(), _RESPELLINGS)
        found = [item for better in respelled for item in better.mixed(limit)]
    found.sort(key=lambda item: _KINDS.index(item.kind))
    distinct = {(item.kind, item.text.casefold()): item for item in reversed(found)}
    return tuple(reversed(distinct.values()))[:limit]


@dataclass(frozen=True)
class _Completion:
    """One text and what it may become. `is_respelled`: it is not what was typed, but near it."""

    engine: Engine
    text: str
    is_respelled: bool = False

    @cached_property
    def words(self) -> Sequence[Token]:
        """The words of the text, names of fields left out; none if it is too long to be completed."""
        words = typed_words(self.text, self.engine.schema, MAX_TYPED + 1)
        return words if len(words) <= MAX_TYPED else []

    @cached_property
    def pieces(self) -> Sequence[Lexeme]:
        """The text's lexemes, up to the one with the last word."""
        return [
            piece for piece in lexemes(self.text) if self.words and piece.position <= self.words[-1].start
        ]

    @property
    def can_grow(self) -> bool:
        """Whether the last word can be the beginning of one."""
        return bool(self.pieces) and _can_grow(self.pieces[-1])

    @property
    def field(self) -> str:
        """The field that the last word is looked for in; empty for all."""
        name = self.pieces[-1].field.lower()
        return name if name in self.engine.schema.query_fields else ""

    def mixed(self, limit: int) -> list[Suggestion]:
        """Some of each kind."""
        names, titles = list(islice(self._names(), limit)), list(islice(self._titles(), limit))
        some = [*names[:_NAMES], *titles[:_TITLES]]
        words = list(islice(self._words(), max(0, limit - len(some))))
        return [*some, *words, *names[_NAMES:], *titles[_TITLES:]][:limit]

    def respelled(self) -> Iterator["_Completion"]:
        """The text with its unknown words replaced by those nearest to them, likeliest first."""
        *earlier, last = self.words
        own, _ = self.own_words(self.field)
        begun = self.text[: last.start]
        for token in reversed(earlier):
            if near := nearest(self.engine, token, self.field if token in own else ""):
                begun = begun[: token.start] + near + begun[token.end :]
        for ending in nearest_beginnings(self.engine, last.word, self.field) or [last.word]:
            yield _Completion(self.engine, begun + ending + self.text[last.end :], is_respelled=True)

    def own_words(self, *fields: str) -> tuple[Sequence[Token], str]:
        """The words that a value of one of these fields must have, and the query they stand beside.

        All words of a text of plain words, else those of the last piece, if it names the field; else none.
        """
        last = self.pieces[-1]
        if self.field and self.field in fields and last.sign != "-":
            own = [token for token in self.words if token.start >= last.position]
            return own, self.text[: last.position].strip()
        return (self.words, "") if all(map(_is_plain, self.pieces)) else ((), "")

    def _names(self) -> Iterator[Suggestion]:
        for name in ("author", "recipient"):
            tokens, beside = self.own_words(name)
            if not tokens or self.field not in {"", name}:
                continue
            words = [token.word for token in tokens]
            earlier = [Exact(token.word, token.stem, name) for token in self._telling(tokens[:-1])]
            query = And((self._parsed(beside), *earlier, self._beginning(name)))
            facet = FacetRequest(name, limit=_BEGINNINGS)
            [counted] = self.engine.search(SearchRequest(query, facets=(facet,), limit=0)).facets
            for value in counted.values:
                if value.count and self._is_meant(value.value, words):
                    asked = Question(beside, filters=(Filter(name, "is", value.value),))
                    yield Suggestion(value.value, "author", question=asked)

    def _is_meant(self, name: str, typed: Sequence[str]) -> bool:
        """Whether it is this name that was typed, and not that of another author of the same document."""
        words = [word for word, _ in self.engine.schema.analyzer.pairs(name)]
        return set(typed[:-1]) <= set(words) and any(word.startswith(typed[-1]) for word in words)

    def _titles(self) -> Iterator[Suggestion]:
        tokens, beside = self.own_words("title")
        if not tokens:
            return
        earlier = [Term(token.stem, token.word, "title") for token in self._telling(tokens[:-1])]
        query = And((self._parsed(beside), *earlier, self._beginning("title")))
        hits = self.engine.search(SearchRequest(query, limit=MAX_SUGGESTIONS)).hits
        for document in self.engine.get_many([hit.id for hit in hits]):
            if document is not None:
                yield Suggestion(document.title, "title", document.id)

    def _words(self) -> Iterator[Suggestion]:
        """The text with its last word finished; of several forms of a word, the most frequent."""
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
            if len(self.pieces) > 1 or len(self.words) > 1 or not _is_plain(self.pieces[0]):
                checks -= 1
                if checks < 0 or not self._finds(text):
                    continue
            yield Suggestion(text, "word", question=Question(text))

    def _telling(self, tokens: Sequence[Token]) -> list[Token]:
        """Those that are no stop words, which cost most and tell least."""
        stop_words = self.engine.schema.analyzer.stop_words
        return [token for token in tokens if token.word not in stop_words]

    def _beginning(self, name: str) -> Query:
        """Any word of a field that begins as the last one does."""
        stem = self.engine.schema.analyzer.stem
        word = self.words[-1].word
        most = _SHORT_BEGINNINGS if len(word) <= _SHORT else _BEGINNINGS
        found = self.engine.vocabulary(name).with_prefix(word, most)
        return AnyOf(tuple(Exact(item.term, stem(item.term), name) for item in found), "")

    def _parsed(self, text: str) -> Query:
        """What a text asks for, its names only as typed: a suggestion says what it finds by itself."""
        query = parse(text, self.engine.schema).query if text else MatchAll()
        return Expander(self.engine, None).expand(query)

    def _finds(self, text: str) -> bool:
        return bool(self.engine.search(SearchRequest(self._parsed(text), limit=0)).total)


def _can_grow(piece: Lexeme) -> bool:
    """Whether a piece is one whose last word can be a beginning."""
    return piece.kind == "phrase" or (piece.kind == "word" and not {"*", "~"} & set(piece.text))


def _is_plain(piece: Lexeme) -> bool:
    """Whether a piece is words and nothing else."""
    return _can_grow(piece) and not (piece.sign or piece.field or piece.exact)
