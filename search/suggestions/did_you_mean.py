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
from search.suggestions.typed_words import is_known, typed_words

MIN_MISSPELLED = 3
"""Letters of a word that may be misspelled: shorter words are near too many others."""
MAX_WORDS = 8
"""Words of a query that are checked: each unknown one is compared with every term."""
MAX_TRIES = 12
"""Respelled queries that are searched, until one finds something."""

_OPTIONS = 5  # terms that are tried for an unknown word
_VARIED = 3  # unknown words for which more than the nearest term is tried
_LONGEST_SPLIT = 30  # letters of a word that is tried as two
_JOINT = re.compile(r"\s+|-")  # between two words that are tried as one

Count = Callable[[Question], int]
"""The number of documents that a question finds."""


@dataclass(frozen=True, slots=True)
class _Repair:
    """Replacements of the text from `start` to `end`, each with its edit distance, nearest first."""

    start: int
    end: int
    options: tuple[tuple[int, str], ...]


def did_you_mean(question: Question, query: Query, engine: Engine, count: Count) -> str | None:
    """The question's text respelled so that it finds something; None if no respelling does.

    `query` is the parsed text. Words under a NOT, prefixes and fuzzy words are not respelled, and the
    rest of the text stays as typed. A word is replaced by terms of its field; of terms equally near,
    one with which the whole query matches is preferred. If no respelling matches as a whole and the
    question may be relaxed, one in which every word is known suffices.
    """
    asked = _words_asked(query)
    repairs = list(_repairs(question.text, asked, engine))
    for better in islice(_respelled(question.text, repairs), MAX_TRIES):
        if count(replace(question, text=better, match=question.match or "all")):
            return better
    misspelled = [repair for repair in repairs if repair.options[0][0]]
    if question.match is None and misspelled:
        better = _rewritten(question.text, misspelled, [repair.options[0][1] for repair in misspelled])
        return better if count(replace(question, text=better)) else None
    return None


def edits_for(word: str) -> int:
    """The edit distance up to which a word may be a misspelling of another."""
    return 1 if len(word) < 5 else 2


def may_be_misspelled(word: str) -> bool:
    """Whether a word is long enough, and has no digits: numbers and shelfmarks are always near others."""
    return len(word) >= MIN_MISSPELLED and not any(map(str.isdigit, word))


def _words_asked(query: Query) -> dict[str, Term | Exact]:
    """The words that can make a document match, each with a query for it alone."""
    asked: dict[str, Term | Exact] = {}
    for leaf in leaves(query):
        if isinstance(leaf, Term | Exact):
            asked.setdefault(leaf.word, leaf)
        elif isinstance(leaf, Phrase):
            for word, stem in zip(leaf.words, leaf.stems, strict=True):
                asked.setdefault(word, Exact(word, stem, leaf.field))
    return dict(islice(asked.items(), MAX_WORDS))


def _repairs(text: str, asked: dict[str, Term | Exact], engine: Engine) -> Iterator[_Repair]:
    """The repairs of a text, in its order; joining two words is preferred to respelling either."""
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
    """Pairs of words that documents write as one: offset of the first, the second, and the joined word."""
    for one, other in pairwise(typed):
        leaf = asked[one.word]
        if leaf.field == asked[other.word].field and _JOINT.fullmatch(text[one.end : other.start]):
            word = one.word + other.word
            if is_known(engine, Exact(word, engine.schema.analyzer.stem(word), leaf.field)):
                yield one.start, (other, word)


def _near(word: str, field: str, engine: Engine, analyzer: Analyzer) -> list[tuple[int, str]]:
    """Terms near an unknown word, and the two words that it may be: (edit distance, words), nearest first."""
    edits = edits_for(word)
    found = [
        (edit_distance(word, near.term, edits), -near.count, near.term)
        for near in engine.vocabulary(field or WORDS).similar(word, edits, _OPTIONS)
    ]
    for middle in range(2, len(word) - 1) if len(word) <= _LONGEST_SPLIT else ():
        parts = word[:middle], word[middle:]
        side_by_side = Phrase(parts, (analyzer.stem(parts[0]), analyzer.stem(parts[1])), 0, field)
        if count := engine.search(SearchRequest(side_by_side, limit=0)).total:
            found.append((1, -count, " ".join(parts)))
    return [(distance, words) for distance, _, words in sorted(found)]


def _in_place(text: str, token: Token, words: str) -> str:
    """The words as they replace a token: two words after a field or sign need quotation marks."""
    lexeme = next((item for item in reversed(lexemes(text)) if item.position <= token.start), None)
    if " " in words and lexeme and lexeme.kind == "word" and (lexeme.sign or lexeme.field or lexeme.exact):
        return f'"{words}"'
    return words


def _respelled(text: str, repairs: Sequence[_Repair]) -> Iterator[str]:
    """The text with all repairs, in each combination of options, fewest edits first.

    Of the repairs after the first _VARIED, only the nearest option is used.
    """
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
    """The word in the typed one's case; never in capitals if it is short, as operators are."""
    if typed.isupper() and len(word) > MIN_MISSPELLED:
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word
