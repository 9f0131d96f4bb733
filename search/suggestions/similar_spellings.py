"""The same search in similar spellings of every word, as names vary and scans are misread."""

from collections.abc import Iterator
from dataclasses import replace

from search.answer import Offer
from search.engines import Engine
from search.query.leaves import MIN_FUZZY
from search.query.lexer import Lexeme, lexemes
from search.query.parser import parse
from search.query.traversal import leaves
from search.query.tree import Term
from search.request import Count, Question
from search.schema import WORDS

FEW = 10
"""A search that finds fewer documents may be offered in similar spellings."""
MAX_RESPELLED = 16
"""Words of such a search: a longer text was not typed but pasted."""

_DISTANCE = 1  # edits: enough for what is misread, and seldom another word


def spellings_offer(question: Question, engine: Engine, total: int, count: Count) -> Offer | None:
    """The question in similar spellings, if it finds few documents, `total`, and so more of them."""
    respelled = similar_spellings(question, engine) if total < FEW else None
    if respelled is None:
        return None
    found = count(replace(respelled, match=question.match or "all"))
    return Offer("spellings", "", respelled, found) if found > total else None


def similar_spellings(question: Question, engine: Engine) -> Question | None:
    """The question with each bare word searched in all spellings near to it; None if no word has others.

    Words in quotation marks, behind `=`, signs or fields, stop words, numbers, and words of one or two
    letters stay as typed. Raises EngineError alone.
    """
    text = question.text
    respelled = list(_respelled(question, engine))
    if not 0 < len(respelled) <= MAX_RESPELLED:
        return None
    for lexeme, end in reversed(respelled):
        start = lexeme.position
        text = f"{text[: start + end]}~{_DISTANCE}{text[start + len(lexeme.written) :]}"
    return replace(question, text=text, page=1)


def _respelled(question: Question, engine: Engine) -> Iterator[tuple[Lexeme, int]]:
    """The bare words that documents spell in other ways, too, each with the offset in it where it ends."""
    analyzer, vocabulary = engine.analyzer, engine.vocabulary(WORDS)
    query = parse(question.text, engine.schema, question.match or "all", analyzer=analyzer).query
    asked = {leaf.word for leaf in leaves(query) if isinstance(leaf, Term) and not leaf.field}
    for lexeme in lexemes(question.text):
        if lexeme.kind == "word" and lexeme.is_plain:
            match list(analyzer.tokens(lexeme.text)):
                case [token] if token.word in asked - analyzer.stop_words and _can_be_respelled(token.word):
                    if vocabulary.similar(token.word, _DISTANCE, 1):
                        yield lexeme, token.end


def _can_be_respelled(word: str) -> bool:
    return len(word) >= MIN_FUZZY and not any(map(str.isdigit, word))
