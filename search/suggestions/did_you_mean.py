"""Did you mean? A query with its unknown words respelled, split or joined so that it finds something."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, product

from search.analysis.analyzer import Analyzer, Token
from search.edits import edit_distance
from search.engines import Engine
from search.query.lexer import lexemes
from search.query.tree import Exact, Phrase, Query, Term, leaves
from search.request import Question, SearchRequest
from search.schema import WORDS
from search.suggestions.respelling import MIN_MISSPELLED, edits_for, is_known, may_be_misspelled, typed_words

MAX_WORDS = 8
"""Words of a query that are looked up: longer ones are rarely typed, and each costs a look at every word."""
MAX_TRIES = 12
"""Respelled queries that are searched to see whether they find anything."""

_OPTIONS = 5  # words near one that is unknown
_VARIED = 3  # unknown words of which more than the best option is tried
_LONGEST_SPLIT = 30
_JOINT = re.compile(r"\s+|-")  # what stands between two words that may be one

Finds = Callable[[Question], int]
"""How many documents a question finds."""


@dataclass(frozen=True, slots=True)
class _Repair:
    """What may stand for the text from `start` to `end`: so many edits away, this; nearest first."""

    start: int
    end: int
    options: tuple[tuple[int, str], ...]


def did_you_mean(question: Question, query: Query, engine: Engine, finds: Finds) -> str | None:
    """The question's text as it was likelier meant, if that finds something; else None.

    `query` is what was understood; words under a NOT, prefixes and fuzzy words are left alone, and
    everything else of the text stays as typed. A misspelled word is looked for among the words of
    its field. Of words equally near, one with which all of the query is met goes first. Where a
    question may be relaxed and nothing meets all of it, it is enough that every word is known.
    """
    asked = _words_asked(query)
    repairs = list(_repairs(question.text, asked, engine))
    for better in islice(_respelled(question.text, repairs), MAX_TRIES):
        if finds(replace(question, text=better, match=question.match or "all")):
            return better
    misspelled = [repair for repair in repairs if repair.options[0][0]]
    if question.match is None and misspelled:
        better = _rewritten(question.text, misspelled, [repair.options[0][1] for repair in misspelled])
        return better if finds(replace(question, text=better)) else None
    return None


def _words_asked(query: Query) -> dict[str, Term | Exact]:
    """The words that can make a document match, each as a query for itself."""
    asked: dict[str, Term | Exact] = {}
    for leaf in leaves(query):
        if isinstance(leaf, Term | Exact):
            asked.setdefault(leaf.word, leaf)
        elif isinstance(leaf, Phrase):
            for word, stem in zip(leaf.words, leaf.stems, strict=True):
                asked.setdefault(word, Exact(word, stem, leaf.field))
    return dict(islice(asked.items(), MAX_WORDS))


def _repairs(text: str, asked: dict[str, Term | Exact], engine: Engine) -> Iterator[_Repair]:
    """What may be put right, in order of the text; a pair of words that is one word goes before each."""
    analyzer = engine.schema.analyzer
    typed = [token for token in typed_words(text, engine.schema) if token.word in asked]
    known = {word: is_known(engine, leaf) for word, leaf in asked.items()}
    joined = dict(_joins(text, typed, asked, engine))
    done = 0
    for token in typed:
        if token.start < done:
            continue
        if token.start in joined:
            other, word = joined[token.start]
            as_typed = (
                ((0, text[token.start : other.end]),) if known[token.word] and known[other.word] else ()
            )
            yield _Repair(token.start, done := other.end, (*as_typed, (1, word)))
        elif not known[token.word] and may_be_misspelled(token.word):
            found = _near(token.word, asked[token.word].field, engine, analyzer)
            options = [(edits, _in_place(text, token, word)) for edits, word in found]
            if options:
                yield _Repair(token.start, token.end, tuple(options))


def _joins(
    text: str, typed: Sequence[Token], asked: dict[str, Term | Exact], engine: Engine
) -> Iterator[tuple[int, tuple[Token, str]]]:
    """Where two words begin that documents write as one: the second of them, and the one word."""
    for one, other in pairwise(typed):
        leaf = asked[one.word]
        if leaf.field == asked[other.word].field and _JOINT.fullmatch(text[one.end : other.start]):
            word = one.word + other.word
            if is_known(engine, Exact(word, engine.schema.analyzer.stem(word), leaf.field)):
                yield one.start, (other, word)


def _near(word: str, field: str, engine: Engine, analyzer: Analyzer) -> list[tuple[int, str]]:
    """The words near one that is unknown, and the two that it may be: (edits, words), nearest first."""
    edits = edits_for(word)
    found = [
        (edit_distance(word, near.term, edits), -near.count, near.term)
        for near in engine.vocabulary(field or WORDS).similar(word, edits, _OPTIONS)
    ]
    for cut in range(2, len(word) - 1) if len(word) <= _LONGEST_SPLIT else ():
        parts = word[:cut], word[cut:]
        side_by_side = Phrase(parts, (analyzer.stem(parts[0]), analyzer.stem(parts[1])), 0, field)
        if count := engine.search(SearchRequest(side_by_side, limit=0)).total:
            found.append((1, -count, " ".join(parts)))
    return [(away, words) for away, _, words in sorted(found)]


def _in_place(text: str, token: Token, words: str) -> str:
    """The words as they can stand for a token: two behind a field or a sign need quotation marks."""
    piece = next((p for p in reversed(list(lexemes(text))) if p.position <= token.start), None)
    if " " in words and piece and piece.kind == "word" and (piece.sign or piece.field or piece.exact):
        return f'"{words}"'
    return words


def _respelled(text: str, repairs: Sequence[_Repair]) -> Iterator[str]:
    """The text with every repair made, in all ways but for those beyond the first few: fewest edits first."""
    ways = [repair.options[: None if n < _VARIED else 1] for n, repair in enumerate(repairs)]
    ranks = product(*(range(len(options)) for options in ways))
    picked = [
        (sum(ways[n][rank][0] for n, rank in enumerate(chosen)), sum(chosen), chosen) for chosen in ranks
    ]
    for _, _, chosen in sorted(picked):
        better = _rewritten(text, repairs, [ways[n][rank][1] for n, rank in enumerate(chosen)])
        if better != text:
            yield better


def _rewritten(text: str, repairs: Sequence[_Repair], words: Sequence[str]) -> str:
    for repair, word in reversed(list(zip(repairs, words, strict=True))):
        typed = text[repair.start : repair.end]
        text = text[: repair.start] + _in_case_of(typed, word) + text[repair.end :]
    return text


def _in_case_of(typed: str, word: str) -> str:
    """The word with a capital, or in capitals, where what was typed is. Short ones could be operators."""
    if typed.isupper() and len(word) > MIN_MISSPELLED:
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word
