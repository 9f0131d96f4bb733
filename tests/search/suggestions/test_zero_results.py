"""An empty result explained.

1. Each term counts by itself in the whole archive, the whole query without filters, and without each filter.
2. What is offered differs in one thing, finds just as many as it says, and never nothing.
3. Of a phrase that is nowhere, the words are named that are in no document.
4. All words asked for explicitly stay so; what is relaxed is explained as well; what finds all is not.
"""

from collections.abc import Callable, Iterable

import pytest

from search.answer import ZeroExplanation
from search.document import Document
from search.engines import Engine
from search.request import DATE, Filter, Question
from search.searcher import Searcher
from tests.archive import document

DOCUMENTS = (
    document("a", "Gromyko on the Suez canal and on peace", authors=["Kuznetsov"], date="1951-07"),
    document("b", "Gromyko in Cairo", authors=["Molotov"], date="1953"),
    document("c", "Gromyko, undated", authors=["Molotov"]),
    document("d", "The canal of Panama", authors=["Kuznetsov"], date="1950..1960"),
)
KUZNETSOV, MOLOTOV = Filter("author", "is", "Kuznetsov"), Filter("author", "is", "Molotov")
FROM, TO = Filter(DATE, "from", "1960"), Filter(DATE, "to", "1970")


@pytest.fixture(scope="module")
def searcher(engine_of: Callable[[Iterable[Document]], Engine]) -> Searcher:
    return Searcher(engine_of(DOCUMENTS))


def explained(searcher: Searcher, question: Question) -> ZeroExplanation:
    zero = searcher.search(question).explain_zero
    assert zero is not None
    return zero


def test_1_each_part_counts_by_itself(searcher: Searcher) -> None:
    zero = explained(searcher, Question("gromyko canal author:zorin pan* zzz*", filters=(MOLOTOV,)))
    assert [(term.term, term.count) for term in zero.terms] == [
        ("gromyko", 3), ("canal", 2), ("author:zorin", 0), ("pan*", 1), ("zzz*", 0)
    ]  # fmt: skip
    assert [item.count_without for item in zero.filters] == [0]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ('gromyko "suez zebra canal"', (('"suez zebra canal"', ("zebra",)),)),
        ('"canal suez"', (('"canal suez"', ()),)),
        ('title:"peace zebra"', ()),
        ('"suez canal" zebra', ()),
    ],
)
def test_3_words_of_a_phrase(
    searcher: Searcher, text: str, phrases: tuple[tuple[str, tuple[str, ...]], ...]
) -> None:
    assert explained(searcher, Question(text)).phrases == phrases


def test_1_a_date_in_words_is_one_part(searcher: Searcher) -> None:
    zero = explained(searcher, Question("gromyko zzz 4 July 1951"))
    assert [(term.term, term.count) for term in zero.terms] == [
        ("gromyko", 3), ("zzz", 0), ("4 july 1951", 2)
    ]  # fmt: skip


def test_1_together_and_without_each_filter(searcher: Searcher) -> None:
    zero = explained(searcher, Question("gromyko suez", filters=(MOLOTOV, FROM)))
    assert zero.together == 1
    assert [item.count_without for item in zero.filters] == [0, 0]
    zero = explained(searcher, Question("gromyko suez", filters=(MOLOTOV,)))
    assert [item.count_without for item in zero.filters] == [1]


CASES = [
    (Question('"canal suez"'), [("words", "", "canal suez", 1)]),
    (Question('"canal suez" "gromyko cairo"~1'), []),
    (Question('+"canal suez" gromyko'), [("words", "", "+(canal suez) gromyko", 1)]),
    (Question("gromyko panama", match="all"), [("any", "", "gromyko panama", 4)]),
    (Question("suez -peace"), [("included", "-peace", "suez", 1)]),
    (Question("suez AND NOT peace"), [("included", "NOT peace", "suez", 1)]),
    (Question("suez NOT peace"), [("included", "NOT peace", "suez", 1)]),
    (Question('canal -panama -"suez canal"'), [("included", "-panama", 'canal -"suez canal"', 1),
                                               ("included", '-"suez canal"', "canal -panama", 1)]),
    (Question("author:gromyko date:1951"), [("anywhere", "gromyko", "gromyko date:1951", 1)]),
    (Question('+recipient:"Suez canal" peace author:Zorin'), []),
    (Question('author:"Suez canal" -author:Molotov', match="all"),
     [("anywhere", '"Suez canal"', '"Suez canal" -author:Molotov', 1)]),
    (Question("canal", filters=(Filter("author", "is", "Gromyko"),)),
     [("anywhere", "Gromyko", 'canal "Gromyko"', 1)]),
    (Question("cairo", filters=(FROM, TO)), [("unfiltered", "", "cairo", 1)]),
    (Question("gromyko", filters=(FROM,)), [("undated", "", "gromyko", 1)]),
    (Question("canal", filters=(TO, KUZNETSOV, FROM), date_match="within"),
     [("overlap", "", "canal", 1), ("any-date", "", "canal", 2), ("unfiltered", "", "canal", 2)]),
    (Question("gromyko", filters=(MOLOTOV, FROM, TO)),
     [("undated", "", "gromyko", 1), ("any-date", "", "gromyko", 2), ("unfiltered", "", "gromyko", 3)]),
    (Question("suez", filters=(Filter(DATE, "is", "1951-03-04"),)), [("wider", "1951", "suez", 1)]),
    (Question("cairo", filters=(Filter(DATE, "is", "1951"),)), [("wider", "1950s", "cairo", 1)]),
    (Question("cairo", filters=(Filter(DATE, "is", "1961"),)), []),
    (Question("undated", undated="exclude"), [("undated", "", "undated", 1)]),
    (Question("zzz"), []),
    (Question(filters=(Filter("author", "is", "Zorin"),)), []),
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), CASES)
def test_2_offers(searcher: Searcher, question: Question, expected: list[tuple[str, str, str, int]]) -> None:
    offers = explained(searcher, question).offers
    assert [(offer.kind, offer.what, offer.question.text, offer.count) for offer in offers] == expected
    for offer in offers:
        assert searcher.search(offer.question).total == offer.count


def test_4_all_words_stay_all_words(searcher: Searcher) -> None:
    answer = searcher.search(Question("gromyko panama", match="all", filters=(MOLOTOV,)))
    assert (answer.total, answer.query.relaxed) == (0, False)
    assert answer.explain_zero is not None
    relaxed = searcher.search(Question("gromyko suez", filters=(MOLOTOV,)))
    assert (relaxed.total, relaxed.query.relaxed) == (2, True)
    assert [item.count_without for item in relaxed.explain_zero.filters] == [1]  # type: ignore[union-attr]
    assert searcher.search(Question("gromyko suez")).explain_zero is None
