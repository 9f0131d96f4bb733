"""Why is nothing found? What each part of a search finds alone, and which similar searches find something."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from search.analysis.analyzer import Analyzer
from search.answer import FilterCount, Offer, OfferKind, ZeroExplanation
from search.calendar import INTERVALS, bucket, parse_partial
from search.engines import Engine
from search.query.dates import DATE_FIELDS
from search.query.lexer import Lexeme, lexemes
from search.query.traversal import leaves
from search.query.tree import And, AtLeast, DateRange, Exact, MatchAll, Or, Phrase, Query
from search.query.worded_dates import days_in_words
from search.request import DATE, Count, Filter, Question, SearchRequest
from search.results import TermCount
from search.schema import Schema

MAX_EXPLAINED = 10
"""Terms, and filters, of a search that are counted: each costs a search."""

_MAX_EXCLUSIONS = 3  # excluded words that are offered without the exclusion
_MAX_FIELDS = 3  # words in a field, and values of filters, that are offered anywhere in a document
_OPERATORS = {"AND", "OR", "NOT"}


@dataclass(frozen=True, slots=True)
class ZeroResultExplainer:
    """Explains empty results: `expand` is the search's expansion of queries, `count` counts a question."""

    engine: Engine
    expand: Callable[[Query], Query]
    count: Count

    def explain(self, question: Question, query: Query) -> ZeroExplanation | None:
        """Why a question with this query finds nothing; None if it has neither text nor filters.

        Counts are exact, and of documents that match all of a search: no search is relaxed for them.
        """
        if query == MatchAll() and not question.filters:
            return None
        strict = replace(question, match=question.match or "all", page=1)
        terms = dict(islice(_parts(query), MAX_EXPLAINED))
        dropped = question.filters[:MAX_EXPLAINED]
        counted = [TermCount(typed, self._count_alone(part)) for typed, part in terms.items()]
        return ZeroExplanation(
            terms=tuple(counted),
            filters=tuple(FilterCount(item, self.count(_without(strict, [item]))) for item in dropped),
            together=self.count(_unfiltered(strict)) if _is_filtered(question) else 0,
            offers=tuple(self._offers(question, strict)),
            phrases=tuple(
                (term.term, tuple(self._words_missing(phrase)))
                for term in counted
                if not term.count and isinstance(phrase := terms[term.term], Phrase) and not phrase.field
            ),
        )

    def _words_missing(self, phrase: Phrase) -> Iterator[str]:
        """The words of a phrase that no document has."""
        for word, stem in zip(phrase.words, phrase.stems, strict=False):
            if not self._count_alone(Exact(word, stem)):
                yield word

    def _count_alone(self, part: Query) -> int:
        return self.engine.search(SearchRequest(self.expand(part), limit=0)).total

    def _offers(self, question: Question, strict: Question) -> Iterator[Offer]:
        """The changed searches that find something, in the order of _CHANGES.

        They keep the question's own `match`. "any" is left out if the search was relaxed to it already,
        and of the wider dates only the narrowest that finds something is offered.
        """
        for kind, change in _CHANGES:
            if kind == "any" and question.match is None:
                continue
            for what, changed in change(strict, self.engine.schema):
                if count := self.count(changed):
                    match = changed.match if kind == "any" else question.match
                    yield Offer(kind, what, replace(changed, match=match), count)
                    if kind == "wider":
                        break


def _parts(query: Query) -> Iterator[tuple[str, Query]]:
    """The leaves of a query, each as it is typed; a date in words is one part."""
    match query:
        case Or((words, DateRange(days))) if days_in_words(typed := _typed(words)) == days:
            yield typed, query
        case And(children) | Or(children) | AtLeast(children):
            for child in children:
                yield from _parts(child)
        case _:
            yield from ((str(leaf), leaf) for leaf in leaves(query))


def _typed(query: Query) -> str:
    return " ".join(map(str, leaves(query)))


Changed = Iterator[tuple[str, Question]]
"""Searches changed in one way, each with the part of the query that the change is about, if one is."""


def _phrases_as_words(asked: Question, schema: Schema) -> Changed:
    analyzer = schema.analyzer
    phrases = [lexeme for lexeme in lexemes(asked.text) if _is_phrase(lexeme, analyzer)]
    if phrases:
        yield "", replace(asked, text=_as_words(asked.text, phrases, analyzer))


def _any_word(asked: Question, schema: Schema) -> Changed:
    if asked.match == "all" and len(list(islice(schema.analyzer.tokens(asked.text), 2))) > 1:
        yield "", replace(asked, match="any")


def _without_exclusion(asked: Question, _schema: Schema) -> Changed:
    for before, start, end in islice(_exclusions(lexemes(asked.text)), _MAX_EXCLUSIONS):
        if text := " ".join((asked.text[:before] + asked.text[end:]).split()):
            yield asked.text[start:end], replace(asked, text=text)


def _anywhere(asked: Question, schema: Schema) -> Changed:
    """Without the field of a word: a person may be an author under another name, such as an office."""
    for lexeme in islice(_in_fields(asked.text, schema), _MAX_FIELDS):
        start = lexeme.position + len(lexeme.sign)
        end = start + len(lexeme.field) + 1
        text = asked.text[:start] + asked.text[end:].lstrip()
        yield lexeme.written[end - lexeme.position :].strip(), replace(asked, text=text)
    for item in islice(_value_filters(asked, schema), _MAX_FIELDS):
        value = item.value.replace('"', " ")
        yield value, replace(_without(asked, [item]), text=f'{asked.text} "{value}"'.strip())


def _wider_date(asked: Question, _schema: Schema) -> Changed:
    dates = _date_filters(asked)
    for wider in _wider_buckets(dates):
        filters = tuple(replace(item, value=wider) if item == dates[0] else item for item in asked.filters)
        yield wider, replace(asked, filters=filters)


def _undated_too(asked: Question, _schema: Schema) -> Changed:
    if asked.undated == "exclude" or (asked.undated is None and _date_filters(asked)):
        yield "", replace(asked, undated="include")


def _overlapping_dates(asked: Question, _schema: Schema) -> Changed:
    if asked.date_match == "within" and _date_filters(asked):
        yield "", replace(asked, date_match="overlap")


def _any_date(asked: Question, _schema: Schema) -> Changed:
    dates = _date_filters(asked)
    changed = replace(_without(asked, dates), undated=None, date_match="overlap")
    if len(dates) > 1 and changed.filters:  # one is counted among the filters, and all as "unfiltered"
        yield "", changed


def _no_filters(asked: Question, _schema: Schema) -> Changed:
    if len(asked.filters) > 1:
        yield "", _unfiltered(asked)


_CHANGES: tuple[tuple[OfferKind, Callable[[Question, Schema], Changed]], ...] = (
    ("words", _phrases_as_words),
    ("any", _any_word),
    ("included", _without_exclusion),
    ("anywhere", _anywhere),
    ("wider", _wider_date),
    ("undated", _undated_too),
    ("overlap", _overlapping_dates),
    ("any-date", _any_date),
    ("unfiltered", _no_filters),
)
"""Every kind of offer (see `search.results.Offer`), from the change that keeps most of the search on."""


def _in_fields(text: str, schema: Schema) -> Iterator[Lexeme]:
    """The words and phrases that are sought in one field, but those that are excluded."""
    for before, lexeme in pairwise((None, *lexemes(text))):
        field = lexeme and schema.query_fields.get(lexeme.field.lower())
        is_sought = lexeme and lexeme.sign in {"", "+"} and not (before and before.kind == "not")
        if lexeme and field and not field.path and is_sought and lexeme.kind in {"word", "phrase"}:
            yield lexeme


def _value_filters(question: Question, schema: Schema) -> Iterator[Filter]:
    """The filters on a value whose words can be sought anywhere, if it is the only one of its field."""
    for item in question.filters:
        field = schema.query_fields.get(item.field)
        alone = sum(other.field == item.field for other in question.filters) == 1
        if field and not field.path and item.op == "is" and alone:
            yield item


def _date_filters(question: Question) -> list[Filter]:
    return [item for item in question.filters if item.field == DATE and item.op != "missing"]


def _wider_buckets(dates: Sequence[Filter]) -> Iterator[str]:
    """The month, year and decade that contain the one date asked for, narrowest first."""
    days = parse_partial(dates[0].value) if len(dates) == 1 and dates[0].op == "is" else None
    if days is None:
        return
    for interval in reversed(INTERVALS):
        value = bucket(days.earliest, interval)
        wider = parse_partial(value)
        if wider is not None and wider != days and wider.contains(days):
            yield value


def _is_filtered(question: Question) -> bool:
    return bool(question.filters) or question.undated in {"exclude", "only"}


def _unfiltered(question: Question) -> Question:
    return replace(question, filters=(), undated=None, date_match="overlap")


def _without(question: Question, dropped: Sequence[Filter]) -> Question:
    return replace(question, filters=tuple(item for item in question.filters if item not in dropped))


def _is_phrase(lexeme: Lexeme, analyzer: Analyzer) -> bool:
    """Whether a lexeme is a phrase of several words that is not excluded."""
    return (
        lexeme.kind == "phrase"
        and lexeme.sign in {"", "+"}
        and lexeme.field.lower() not in DATE_FIELDS
        and len(list(analyzer.tokens(lexeme.text))) > 1
    )


def _as_words(text: str, phrases: Sequence[Lexeme], analyzer: Analyzer) -> str:
    """The text with these phrases replaced by their words, in the same field."""
    for lexeme in reversed(phrases):
        written = (lexeme.text[token.start : token.end] for token in analyzer.tokens(lexeme.text))
        words = " ".join(word.lower() if word in _OPERATORS else word for word in written)
        if lexeme.sign or lexeme.field:
            words = f"{lexeme.sign}{lexeme.field}{':' if lexeme.field else ''}({words})"
        text = text[: lexeme.position] + words + text[lexeme.position + len(lexeme.written) :]
    return text


def _exclusions(found: Sequence[Lexeme]) -> Iterator[tuple[int, int, int]]:
    """The offsets of excluded words and phrases: of an AND before (or else the same), sign or NOT, end."""
    for number, lexeme in enumerate(found):
        if lexeme.kind not in {"word", "phrase"}:
            continue
        negated = number > 0 and found[number - 1].kind == "not"
        if negated or lexeme.sign in {"-", "!"}:
            first = number - 1 if negated else number
            joined = first > 0 and found[first - 1].kind == "and"
            before = found[first - 1 if joined else first].position
            yield before, found[first].position, lexeme.position + len(lexeme.written)
