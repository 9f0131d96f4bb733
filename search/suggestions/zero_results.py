"""Why is nothing found? What each part finds by itself, and which searches beside it find something."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from search.analysis.analyzer import Analyzer
from search.calendar import INTERVALS, bucket, parse_partial
from search.engines import Engine
from search.query.dates import DATE_FIELDS
from search.query.lexer import Lexeme, lexemes
from search.query.tree import MatchAll, Query, as_typed, leaves
from search.request import DATE, Filter, Question, SearchRequest
from search.results import FilterCount, Offer, OfferKind, TermCount, ZeroExplained

MAX_EXPLAINED = 10
"""Terms and filters whose part in an empty result is worked out: each costs a search."""

_EXCLUDED = 3  # words excluded that are offered to be let in
_OPERATORS = {"AND", "OR", "NOT"}


@dataclass(frozen=True, slots=True)
class Explainer:
    """What explaining needs: `expand` as the search did, and how many documents a question `finds`."""

    engine: Engine
    expand: Callable[[Query], Query]
    finds: Callable[[Question], int]

    def explain(self, question: Question, query: Query) -> ZeroExplained | None:
        """Why a question of this query finds nothing of all it asks; None if it asks for nothing.

        Every count is exact and of documents that meet all of a search: nothing is relaxed for it.
        """
        if query == MatchAll() and not question.filters:
            return None
        strict = replace(question, match=question.match or "all", page=1)
        terms = {as_typed(leaf): leaf for leaf in islice(leaves(query), MAX_EXPLAINED)}
        dropped = question.filters[:MAX_EXPLAINED]
        return ZeroExplained(
            terms=tuple(TermCount(said, self._alone(leaf)) for said, leaf in terms.items()),
            filters=tuple(FilterCount(item, self.finds(_without(strict, item))) for item in dropped),
            together=self.finds(_unfiltered(strict)) if _is_filtered(question) else 0,
            offers=tuple(self._offers(question, strict)),
        )

    def _alone(self, leaf: Query) -> int:
        return self.engine.search(SearchRequest(self.expand(leaf), limit=0)).total

    def _offers(self, question: Question, strict: Question) -> Iterator[Offer]:
        """Those that find something, as links that keep the question's own `match`."""
        analyzer, widened = self.engine.schema.analyzer, False
        for kind, what, changed in _changes(strict, analyzer):
            if (kind == "any" and question.match is None) or (kind == "wider" and widened):
                continue  # relaxing has tried that; the narrowest that finds something will do
            if count := self.finds(changed):
                match = changed.match if kind == "any" else question.match
                yield Offer(kind, what, replace(changed, match=match), count)
                widened = widened or kind == "wider"


def _changes(asked: Question, analyzer: Analyzer) -> Iterator[tuple[OfferKind, str, Question]]:
    """Searches that differ in one thing: the kind of change, what of the query it is about, the search."""
    phrases = [piece for piece in lexemes(asked.text) if _is_phrase(piece, analyzer)]
    if phrases:
        yield "words", "", replace(asked, text=_as_words(asked.text, phrases, analyzer))
    if asked.match == "all" and len(list(islice(analyzer.tokens(asked.text), 2))) > 1:
        yield "any", "", replace(asked, match="any")
    for cut, start, end in islice(_exclusions(list(lexemes(asked.text))), _EXCLUDED):
        text = " ".join((asked.text[:cut] + asked.text[end:]).split())
        if text:
            yield "included", asked.text[start:end], replace(asked, text=text)
    dates = [item for item in asked.filters if item.field == DATE and item.op != "missing"]
    for wider in _around(dates):
        changed = tuple(replace(dates[0], value=wider) if f == dates[0] else f for f in asked.filters)
        yield "wider", wider, replace(asked, filters=changed)
    if (dates and asked.undated is None) or asked.undated == "exclude":
        yield "undated", "", replace(asked, undated="include")
    if dates and asked.date_match == "within":
        yield "overlap", "", replace(asked, date_match="overlap")
    rest = tuple(item for item in asked.filters if item not in dates)
    if len(dates) > 1 and rest:
        yield "any-date", "", replace(asked, filters=rest, undated=None, date_match="overlap")
    if len(asked.filters) > 1:
        yield "unfiltered", "", _unfiltered(asked)


def _around(dates: Sequence[Filter]) -> Iterator[str]:
    """The month, the year and the decade that hold the one date asked for, narrowest first."""
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


def _without(question: Question, dropped: object) -> Question:
    return replace(question, filters=tuple(item for item in question.filters if item != dropped))


def _is_phrase(piece: Lexeme, analyzer: Analyzer) -> bool:
    """Whether a piece is a phrase of several words that has not been excluded."""
    return (
        piece.kind == "phrase"
        and piece.sign in {"", "+"}
        and piece.field.lower() not in DATE_FIELDS
        and len(list(analyzer.tokens(piece.text))) > 1
    )


def _as_words(text: str, phrases: Sequence[Lexeme], analyzer: Analyzer) -> str:
    """The text with these phrases as words that may stand anywhere, in the same field."""
    for piece in reversed(phrases):
        tokens = analyzer.tokens(piece.text)
        words = [piece.text[token.start : token.end] for token in tokens]
        said = " ".join(word.lower() if word in _OPERATORS else word for word in words)
        if piece.sign or piece.field:
            said = f"{piece.sign}{piece.field}{':' if piece.field else ''}({said})"
        text = text[: piece.position] + said + text[piece.position + len(piece.written) :]
    return text


def _exclusions(pieces: Sequence[Lexeme]) -> Iterator[tuple[int, int, int]]:
    """Where a word or phrase is excluded: from an AND before it, from its sign or NOT, and to its end."""
    for n, piece in enumerate(pieces):
        if piece.kind not in {"word", "phrase"}:
            continue
        negated = n > 0 and pieces[n - 1].kind == "not"
        if negated or piece.sign in {"-", "!"}:
            first = n - 1 if negated else n
            joined = first > 0 and pieces[first - 1].kind == "and"
            cut = pieces[first - 1 if joined else first].position
            yield cut, pieces[first].position, piece.position + len(piece.written)
