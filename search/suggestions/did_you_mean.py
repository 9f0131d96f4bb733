"""Did you mean? A query with its misspelled words respelled, split or joined so that it finds more.

Misspelled are words that no document has, and bare words that few have where many have a near one. Words in
quotation marks, with `=`, in fields, and words joined or split are respelled only where nothing is found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, pairwise, product
from math import log10

from search.analysis.analyzer import Token
from search.analysis.query_analyzer import QueryAnalyzer
from search.engines import Engine
from search.query.balance import balanced
from search.query.lexer import lexemes
from search.query.traversal import leaves
from search.query.tree import Exact, Phrase, Query, Term
from search.request import Count, Question, SearchRequest
from search.schema import WORDS
from search.suggestions.likeness import LIKELY, UNLIKELY
from search.suggestions.near_terms import MIN_MISSPELLED, may_be_misspelled, more_frequent, near_terms
from search.suggestions.typed_words import typed_words
from search.suggestions.written_forms import WrittenForms

MAX_WORDS = 8
"""Words of a query that are checked: each misspelled one is compared with every term."""
MAX_TRIES = 12
"""Respelled queries that are searched, until one finds more."""

_OPTIONS = 5  # terms that are tried for a misspelled word
_VARIED = 3  # misspelled words for which more than the best term is tried
_LONGEST_SPLIT = 30  # letters of a word that is tried as two
_SPLIT = LIKELY + UNLIKELY  # what it costs: two words stand side by side by chance, too
_WORD = re.compile(r'[^\s"]+')
_JOINT = re.compile(r"\s+|-")  # between two words that are tried as one
_RARE, _RARE_SHARE = 10, 3000  # documents that a rare word has at most: so many, or one in so many
_SUPPORTED_SHARE = 5000  # a term in one document of so many is no slip itself
Option = tuple[float, str]
"""A replacement and its rank (see `NearTerm.rank`)."""


@dataclass(frozen=True, slots=True)
class _Repair:
    """Replacements of the text from `start` to `end`, best first, and the frequency of the first.

    `frequency` is 0 where the text is known to documents as it stands, and so may stay. Replacements are
    folded words of `field`, or the text as typed.
    """

    start: int
    end: int
    options: tuple[Option, ...]
    field: str
    frequency: int = 0


@dataclass(frozen=True, slots=True)
class Respelling:
    """The text of a query respelled, and the number of documents that it finds."""

    text: str
    count: int


def did_you_mean(
    question: Question, query: Query, forms: WrittenForms, total: int, count: Count
) -> Respelling | None:
    """The question's text respelled so that it finds more than `total` documents; None if no respelling does.

    `query` is the parsed text, and `total` the number of documents that match all of it. Words under a NOT,
    prefixes and fuzzy words are not respelled, and the rest of the text stays as typed, but for quotation
    marks and parentheses without a counterpart. A word is replaced by terms of its field, of which the
    likeliest with which the whole query finds something is taken. If no respelling matches as a whole and
    the question may be relaxed, one in which every word is known suffices. Words are as documents write
    them.
    """
    engine = forms.engine
    question = replace(question, text=balanced(question.text))
    asked = _words_asked(query, bare=total > 0)
    repairs = list(_repairs(question.text, asked, engine, joins=not total))
    for better in islice(_respelled(question.text, repairs), MAX_TRIES):
        text = _rewritten(question.text, repairs, better, forms)
        if (found := count(replace(question, text=text, match=question.match or "all"))) > total:
            return Respelling(text, found)
    supported = engine.info().documents / _SUPPORTED_SHARE
    misspelled = [repair for repair in repairs if repair.frequency > supported]
    if not total and question.match is None and misspelled:
        best = [repair.options[0][1] for repair in misspelled]
        text = _rewritten(question.text, misspelled, best, forms)
        found = count(replace(question, text=text))
        return Respelling(text, found) if found else None
    return None


def _words_asked(query: Query, *, bare: bool) -> dict[str, Term | Exact]:
    """The words that can make a document match, each as a query for it alone; only those that are `bare`."""
    asked: dict[str, Term | Exact] = {}
    for leaf in leaves(query):
        if bare and not (isinstance(leaf, Term) and not leaf.field):
            continue
        if isinstance(leaf, Term | Exact):
            asked.setdefault(leaf.word, leaf)
        elif isinstance(leaf, Phrase) and leaf.stems:
            for word, stem in zip(leaf.words, leaf.stems, strict=True):
                asked.setdefault(word, Exact(word, stem, leaf.field))
    return dict(islice(asked.items(), MAX_WORDS))


def _repairs(text: str, asked: dict[str, Term | Exact], engine: Engine, *, joins: bool) -> Iterator[_Repair]:
    """The repairs of a text, in its order; joining two words is preferred to respelling either."""
    known = {word: _frequency(leaf, engine) for word, leaf in asked.items()}
    if not joins and not any(_is_rare(documents, engine) for documents in known.values()):
        return
    typed = [token for token in typed_words(text, engine) if token.word in asked]
    joined = dict(_joins(text, typed, asked, engine)) if joins else {}
    done = 0
    for token in typed:
        if token.start < done:
            continue
        if token.start in joined:
            other, word = joined[token.start]
            both = known[token.word] and known[other.word]
            as_typed = ((0.0, text[token.start : other.end]),) if both else ()
            options = (*as_typed, (LIKELY, word))
            yield _Repair(token.start, done := other.end, options, asked[token.word].field, not both)
        elif may_be_misspelled(token.word):
            leaf = asked[token.word]
            if not known[token.word]:
                yield from _respelling(text, token, leaf.field, engine)
            elif isinstance(leaf, Term) and not leaf.field:
                yield from _rare(text, token, known[token.word], engine)


def _frequency(leaf: Term | Exact, engine: Engine) -> int:
    """The number of documents with a word."""
    if isinstance(leaf, Term) and not leaf.field:
        return engine.frequencies([leaf.stem])[0]
    return engine.search(SearchRequest(leaf, limit=0)).total


def _joins(
    text: str, typed: Sequence[Token], asked: dict[str, Term | Exact], engine: Engine
) -> Iterator[tuple[int, tuple[Token, str]]]:
    """Pairs of words that documents write as one: offset of the first, the second, and the joined word."""
    for one, other in pairwise(typed):
        leaf = asked[one.word]
        if leaf.field == asked[other.word].field and _JOINT.fullmatch(text[one.end : other.start]):
            word = one.word + other.word
            if _frequency(Exact(word, engine.analyzer.stem(word), leaf.field), engine):
                yield one.start, (other, word)


def _respelling(text: str, token: Token, field: str, engine: Engine) -> Iterator[_Repair]:
    """What a word that no document has may have been: terms near it, and two words."""
    near = near_terms(token.word, engine.vocabulary(field or WORDS))[:_OPTIONS]
    options = [(found.rank, found.term) for found in near]
    options += _splits(token.word, field, engine, engine.analyzer)
    if options:
        in_place = tuple((rank, _in_place(text, token, words)) for rank, words in sorted(options))
        yield _Repair(token.start, token.end, in_place, field, near[0].count if near else 1)


def _rare(text: str, token: Token, documents: int, engine: Engine) -> Iterator[_Repair]:
    """The term that a word in few documents was probably typed for, or else the word itself."""
    if _is_rare(documents, engine):
        vocabulary, analyzer = engine.vocabulary(WORDS), engine.analyzer
        if near := more_frequent(token.word, documents, vocabulary, analyzer):
            options = ((near.rank, near.term), (near.rank + UNLIKELY, text[token.start : token.end]))
            yield _Repair(token.start, token.end, options, "")


def _is_rare(documents: int, engine: Engine) -> bool:
    """Whether so few documents have a word that it may be misspelled."""
    return documents <= max(_RARE, engine.info().documents // _RARE_SHARE)


def _splits(word: str, field: str, engine: Engine, analyzer: QueryAnalyzer) -> Iterator[Option]:
    """The two words that an unknown word may be."""
    for middle in range(2, len(word) - 1) if len(word) <= _LONGEST_SPLIT else ():
        parts = word[:middle], word[middle:]
        side_by_side = Phrase(parts, (analyzer.stem(parts[0]), analyzer.stem(parts[1])), 0, field)
        if count := engine.search(SearchRequest(side_by_side, limit=0)).total:
            yield _SPLIT - log10(count) / 4, " ".join(parts)


def _in_place(text: str, token: Token, words: str) -> str:
    """The words as they replace a token: two words after a field or sign need quotation marks."""
    lexeme = next((item for item in reversed(lexemes(text)) if item.position <= token.start), None)
    if " " in words and lexeme and lexeme.kind == "word" and (lexeme.sign or lexeme.field or lexeme.exact):
        return f'"{words}"'
    return words


def _respelled(text: str, repairs: Sequence[_Repair]) -> Iterator[Sequence[str]]:
    """The words for all repairs in each combination of options, the likeliest first; not those as typed.

    Of the repairs after the first _VARIED, only the best option is used.
    """
    ways = [repair.options[: None if n < _VARIED else 1] for n, repair in enumerate(repairs)]
    ranks = product(*(range(len(options)) for options in ways))
    picked = [
        (sum(ways[n][rank][0] for n, rank in enumerate(chosen)), sum(chosen), chosen) for chosen in ranks
    ]
    typed = [text[repair.start : repair.end] for repair in repairs]
    for _, _, chosen in sorted(picked):
        words = [ways[n][rank][1] for n, rank in enumerate(chosen)]
        if words != typed:
            yield words


def _rewritten(text: str, repairs: Sequence[_Repair], words: Sequence[str], forms: WrittenForms) -> str:
    """The text with its repairs, in the words that documents write."""
    for repair, replacement in reversed(list(zip(repairs, words, strict=True))):
        typed = text[repair.start : repair.end]
        if replacement != typed:
            written = _WORD.sub(partial(_written, forms, repair.field), replacement)
            text = text[: repair.start] + _in_case_of(typed, written) + text[repair.end :]
    return text


def _written(forms: WrittenForms, field: str, word: re.Match[str]) -> str:
    return forms.of(word[0], field)


def _in_case_of(typed: str, word: str) -> str:
    """The word in the typed one's case; never in capitals if it is short, as operators are."""
    if typed.isupper() and len(word) > MIN_MISSPELLED:
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word
