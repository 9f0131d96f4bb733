"""Names of one person are searched together; the answer names the expansion, which can be switched off."""

import pytest

from search.answer import Expansion
from search.commit_data.aliases import ALIASES_KEY, Aliases
from search.engines import Engine
from search.expansion.forms import FormExpander
from search.expansion.names import name_forms
from search.query.parser import parse
from search.query.tree import AtLeast, Or, Phrase, Term
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import document, fill

TEXT = """
# preferred form; variants
Zhou Enlai; Chou En-lai; 周恩来
Stalin; Filippov; Филиппов   # a cover name
V.M. Molotov; Scriabin
only one name
"""
ALIASES = Aliases.read(TEXT)
SCHEMA = Schema()
EXPANDER = FormExpander(name_forms(ALIASES, SCHEMA.analyzer), quoted=True)


def test_the_file() -> None:
    assert ALIASES.groups == (
        ("Zhou Enlai", "Chou En-lai", "周恩来"),
        ("Stalin", "Filippov", "Филиппов"),
        ("V.M. Molotov", "Scriabin"),
    )
    assert Aliases.read(str(ALIASES)) == ALIASES
    assert ALIASES.preferred("chou  EN-LAI") == "Zhou Enlai"
    assert ALIASES.preferred("Molotov") == "Molotov"
    assert Aliases.read("a; b") + Aliases.read("a; b\nb; c") == Aliases((("a", "b"), ("b", "c")))


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("Chou En-lai armistice", '(((chou AND en-lai) OR "zhou enlai" OR "周 恩 来") AND armistice)'),
        ('"Chou En-lai"', '("chou en lai" OR "zhou enlai" OR "周 恩 来")'),
        ("armistice stalin", "(armistice AND (stalin OR =filippov OR =Филиппов))"),
        ("author:stalin", "(author:stalin OR author:=filippov OR author:=Филиппов)"),
        ("war OR stalin", "(war OR stalin OR =filippov OR =Филиппов)"),
        ("war -filippov", "(war AND NOT (filippov OR =stalin OR =Филиппов))"),
        ("=stalin", "=stalin"),
        ("en-lai chou", "(en-lai AND chou)"),
        ("author:chou title:en-lai", "(author:chou AND title:en-lai)"),
        ("molotov", "molotov"),
        ("V. M. Molotov", '((("v m" OR vm) AND molotov) OR =scriabin)'),
        ("V.M. Molotov", '(((vm OR "v m") AND molotov) OR =scriabin)'),
        ('"V. M. Molotov"', '("v m molotov" OR =scriabin OR "vm molotov")'),
        ("scriabin", '(scriabin OR "vm molotov" OR "v m molotov")'),
    ],
)
def test_names_in_queries(query: str, understood: str) -> None:
    expanded, _ = EXPANDER.expand(parse(query, SCHEMA).query)
    assert str(expanded) == understood


def test_each_word_of_a_name_is_found_by_its_other_forms() -> None:
    words = tuple(Term(stem, word) for word, stem in SCHEMA.analyzer.pairs("letter zhou enlai"))
    expanded, found = EXPANDER.expand(AtLeast(words, 2))
    assert str(expanded) == (
        '(2 of letter, (zhou OR "chou en lai" OR "周 恩 来"), (enlai OR "chou en lai" OR "周 恩 来"))'
    )
    assert [expansion.source for expansion in found] == ["Zhou Enlai"]
    assert isinstance(expanded, AtLeast)
    assert isinstance(last := expanded.children[2], Or)
    assert Phrase(("chou", "en", "lai"), ()) in last.children  # it scores once, with the first word


def test_expansions_are_named_once() -> None:
    query = parse("stalin OR (chou en-lai -stalin)", SCHEMA).query
    _, expansions = EXPANDER.expand(query)
    assert expansions == (
        Expansion("Stalin", ("Filippov", "Филиппов")),
        Expansion("Chou En-lai", ("Zhou Enlai", "周恩来")),
    )


def test_forms_of_the_same_words_are_one() -> None:
    expander = FormExpander(
        name_forms(Aliases.read("Kim Il-sung; Kim Il Sung"), SCHEMA.analyzer), quoted=True
    )
    query = parse("Kim Il Sung armistice", SCHEMA).query
    assert expander.expand(query) == (query, ())


def test_an_answer_names_its_expansions_and_highlights_them(engine: Engine) -> None:
    fill(
        engine,
        [document("a", "Chou En-lai spoke."), document("b", "Zhou Enlai wrote."), document("c", "Zhou.")],
    )
    with engine.writer() as writer:
        writer.put_commit_data(ALIASES_KEY, TEXT.encode())
    searcher = Searcher(engine)
    answer = searcher.search(Question("Zhou Enlai"))
    assert sorted(found.document.id for found in answer.hits) == ["a", "b"]
    assert answer.query.expanded[0] == Expansion("Zhou Enlai", ("Chou En-lai", "周恩来"))
    marked = {f.document.id: [h.text[s:e] for h in f.highlights for s, e in h.ranges] for f in answer.hits}
    assert marked == {"a": ["Chou En-lai"], "b": ["Zhou", "Enlai"]}
    plain = searcher.search(Question("Zhou Enlai", expand=False))
    assert [found.document.id for found in plain.hits] == ["b"]
    assert plain.query.expanded == ()
    assert searcher.search_in(answer.hits[0].document, Question("Zhou Enlai")).matches.body
