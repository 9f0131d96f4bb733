"""Who wrote to whom, in the words of a query: "Mr. Seward to Mr. Adams", "letter from Khrushchev".

A name counts only if a document has it as author or recipient, and a sender and a recipient only if some
document is from the one to the other. So running text with a "to" in it is seldom taken for a direction.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from search.analysis.stem import Stem
from search.commit_data.aliases import Aliases
from search.engines import Engine
from search.expansion.forms import Forms
from search.expansion.names import name_forms
from search.interpretation.initials import names_of_initials
from search.interpretation.reading import Reading, Span, without
from search.languages import words_of_all
from search.query.initials import respelled
from search.query.lexer import OPERATOR_KINDS, Lexeme
from search.query.simplification import simplify
from search.query.tree import And, Exact, Or, Phrase, Query
from search.query.worded_dates import are_bare
from search.request import FacetRequest, Filter, SearchRequest

MAX_NAME = 8
"""Words of a name; each is sought near the one before it."""
MAX_MARKERS = 4
"""Words such as "from" and "to" that are tried: each name behind one costs some searches."""
MAX_VALUES = 20
"""Values that are offered as filters for a direction; with more, its names say too little."""

_SENDER, _RECIPIENT = "author", "recipient"
_TO = frozenset(words_of_all(lambda language: language.letters.before_recipient))
_FROM = frozenset(words_of_all(lambda language: language.letters.before_sender))
_MARKERS = _TO | _FROM
_LETTERS = frozenset(words_of_all(lambda language: language.letters.kinds))
_TITLES = frozenset(words_of_all(lambda language: language.letters.titles))
_EDGES = ".,;:"
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Word:
    """A bare word of the query: in lower case, its tokens, and its place. No other lexeme has tokens."""

    written: str
    tokens: tuple[tuple[str, Stem], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in the query: the documents that have it in `field`, and the words of each of its forms.

    `end` is the number of the word behind it, and `span` where it stands, with the "from" or "to" before it.
    `written` is the name as typed behind "from" or "to".
    """

    field: str
    query: Query
    words: tuple[frozenset[str], ...]
    end: int
    span: Span
    written: str


def direction_readings(
    text: str, found: Sequence[Lexeme], engine: Engine, aliases: Aliases
) -> Iterator[Reading]:
    """A reading, if the lexemes of a query name a sender, a recipient or both."""
    if _MARKERS.isdisjoint(text.casefold().split()) or any(item.kind in OPERATOR_KINDS for item in found):
        return
    forms = name_forms(aliases, engine.analyzer)
    yield from _Directions(text, tuple(_words(found, engine)), engine, forms).readings()


def _words(found: Sequence[Lexeme], engine: Engine) -> Iterator[_Word]:
    """The bare words, and words without tokens for anything else but parentheses that only group."""
    for lexeme, bare in zip(found, are_bare(found), strict=True):
        if not bare and lexeme.kind in {"open", "close"} and not (lexeme.sign or lexeme.field):
            continue
        tokens = tuple(engine.analyzer.pairs(lexeme.text)) if bare else ()
        end = lexeme.position + len(lexeme.written)
        written = lexeme.text.casefold().strip(_EDGES) if bare or lexeme.kind == "date" else ""
        yield _Word(written, tokens, lexeme.position, end)


def _in_field(tokens: Sequence[tuple[str, Stem]], field: str) -> Query:
    """The documents that have these words in one value of a field."""
    if len(tokens) == 1:
        [(word, stem)] = tokens
        return Exact(word, stem, field)
    return Phrase(tuple(word for word, _ in tokens), (), MAX_NAME, field)


@dataclass(frozen=True)
class _Directions:
    """The words of one query, and the index that knows which of them are names."""

    text: str
    words: tuple[_Word, ...]
    engine: Engine
    forms: Forms

    def readings(self) -> Iterator[Reading]:
        """The first direction that the index knows, if any."""
        found = (at for at, word in enumerate(self.words) if word.written in _MARKERS)
        markers = list(islice(found, MAX_MARKERS))
        for at in markers:
            if self.words[at].written in _TO and (recipient := self._behind(at, _RECIPIENT)):
                for sender in self._senders(at, recipient, markers):
                    if reading := self._reading(sender, recipient):
                        yield reading
                        return
        for at in filter(self._follows_a_letter, markers):
            field = _RECIPIENT if self.words[at].written in _TO else _SENDER
            if name := self._before_letter(at) or self._behind(at, field):
                if reading := self._reading(name):
                    yield reading
                return

    def _senders(self, to: int, recipient: _Name, markers: Sequence[int]) -> Iterator[_Name]:
        """Who may have written to the recipient behind `to`: one beside them, or whom a letter is from."""
        for at in (at for at in markers if self.words[at].written in _FROM):
            if name := self._behind(at, _SENDER):
                beside = to == name.end or at == recipient.end
                if beside or self._follows_a_letter(min(at, to)):
                    yield name
        if name := self._before(to, _SENDER):
            yield name

    def _reading(self, *names: _Name) -> Reading | None:
        """The reading of names as a direction; None unless some document is so directed."""
        directed = simplify(And(tuple(name.query for name in names)))
        facets = tuple(FacetRequest(name.field, MAX_VALUES + 1) for name in names)
        results = self.engine.search(SearchRequest(directed, facets=facets, limit=0))
        if not results.total:
            return None
        filters = [
            Filter(name.field, "is", value.value)
            for name, facet in zip(names, results.facets, strict=True)
            for value in facet.values
            if any(words <= self._folded(value.value) for words in name.words)
        ]
        return Reading(
            kind="direction",
            text=" ".join(name.written for name in names),
            preferred=(directed,),
            filters=tuple(filters) if len(filters) <= MAX_VALUES else (),
            rest=without(self.text, *(name.span for name in names)),
        )

    def _follows_a_letter(self, at: int) -> bool:
        """Whether a marker stands first, or behind a letter with only stop words and figures between."""
        before = at - 1
        while before >= 0 and (self._is_stop_word(before) or _FIGURE.search(self.words[before].written)):
            before -= 1
        return before < 0 or self._is_letter(before)

    def _behind(self, marker: int, field: str) -> _Name | None:
        """The longest name that follows a marker."""
        first = last = marker + 1
        while last < len(self.words) and last - first < MAX_NAME and self._may_name(last):
            last += 1
        ends = range(last, first, -1)
        return next(filter(None, (self._name(first, end, field, marker) for end in ends)), None)

    def _before_letter(self, marker: int) -> _Name | None:
        """The sender of `X letter to somebody`, whom the index need not know."""
        is_to = self.words[marker].written in _TO
        return self._before(marker, _SENDER) if is_to and self._is_letter(marker - 1) else None

    def _before(self, marker: int, field: str) -> _Name | None:
        """The longest name that ends before a marker, or before the letter that stands there."""
        end = marker - 1 if self._is_letter(marker - 1) else marker
        first = end
        while first and end - first < MAX_NAME and self._may_name(first - 1):
            first -= 1
        starts = range(first, end)
        return next(filter(None, (self._name(start, end, field, start) for start in starts)), None)

    def _may_name(self, at: int) -> bool:
        word = self.words[at]
        return bool(word.tokens) and word.written not in _MARKERS and word.written not in _LETTERS

    def _name(self, first: int, end: int, field: str, start: int) -> _Name | None:
        """The words `first` to `end` as a name in a field, if a document has it; `start` begins its span."""
        if self._is_stop_word(end - 1) or (first == start and self._is_stop_word(first)):
            return None
        named = self.text[self.words[self._behind_titles(first, end)].start : self.words[end - 1].end]
        pairs = self.engine.analyzer.pairs
        forms = [form for text in (named, respelled(named)) if (form := self._content(pairs(text)))]
        _, others = self.forms.get(tuple(word for word, _ in pairs(named)), ("", ()))
        queries = [*(_in_field(form, field) for form in forms), *(other.query(field) for other in others)]
        query = simplify(Or(tuple(queries)))
        words = [*({word for word, _ in form} for form in forms), *(other.words for other in others)]
        if not self.engine.search(SearchRequest(query, limit=0)).total:
            full = [self._content(pairs(name)) for name in names_of_initials(named, field, self.engine)]
            if not full:
                return None
            query = simplify(Or(tuple(_in_field(name, field) for name in full)))
            words = [{word for word, _ in name} for name in full]
        span = self.words[start].start, self.words[end - 1].end
        written = re.sub(r"[\s()]+", " ", self.text[self.words[first].start : span[1]]).strip(f" {_EDGES}")
        preposition = "to" if field == _RECIPIENT else "from"
        return _Name(field, query, tuple(map(frozenset, words)), end, span, f"{preposition} {written}")

    def _behind_titles(self, first: int, end: int) -> int:
        """Where a name begins behind the titles before it: President Kennedy, Mr. Adams."""
        at = first
        while at < end and self.words[at].written in _TITLES:
            at += 1
        # Otherwise a title is all of it, or begins an office: President of the Board.
        return at if at < end and not self._is_stop_word(at) else first

    def _content(self, tokens: Sequence[tuple[str, Stem]]) -> list[tuple[str, Stem]]:
        """The tokens that are no stop words."""
        return [token for token in tokens if token[0] not in self.engine.analyzer.stop_words]

    def _is_letter(self, at: int) -> bool:
        return at >= 0 and self.words[at].written in _LETTERS

    def _is_stop_word(self, at: int) -> bool:
        return self.words[at].written in self.engine.analyzer.stop_words

    def _folded(self, value: str) -> set[str]:
        return {word for word, _ in self.engine.analyzer.pairs(value)}
