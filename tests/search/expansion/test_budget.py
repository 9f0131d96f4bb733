"""All prefixes and fuzzy words of a query share one budget of terms.

1. Terms are divided fairly: who needs fewer leaves the rest to the others.
2. All together have no more than the budget, but each has one term at least.
3. A query beyond the budget is searched by the most frequent terms of each word, and one diagnostic says so.
4. Other spellings count, too; a query within the budget has all its terms.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.commit_data.aliases import Aliases
from search.engines import Engine, open_engine
from search.expansion.budget import MAX_EXPANSIONS, QUERY_EXPANSIONS, fair_share
from search.expansion.expander import Expander
from search.query.parser import parse
from search.query.traversal import all_leaves
from search.query.tree import AnyOf
from search.schema import Schema
from tests.archive import document, fill

LETTERS = "abcdefgh"


@pytest.mark.parametrize(
    ("wanted", "budget", "share"),
    [
        ([10, 10], 20, MAX_EXPANSIONS),
        ([10, 10], 10, 5),
        ([1, 10, 10], 11, 5),
        ([100, 2, 3, 100], 25, 10),
        ([100] * 64, 500, 7),
        ([5, 5, 5], 0, 1),
        ([], 0, MAX_EXPANSIONS),
    ],
)
def test_1_divided_fairly(wanted: list[int], budget: int, share: int) -> None:
    assert fair_share(wanted, budget) == share


@given(st.lists(st.integers(1, MAX_EXPANSIONS), max_size=64), st.integers(0, 600))
def test_2_within_the_budget(wanted: list[int], budget: int) -> None:
    share = fair_share(wanted, budget)
    used = sum(min(need, share) for need in wanted)
    assert used <= max(budget, len(wanted))
    if any(need > share for need in wanted):
        assert used + sum(need > share for need in wanted) > budget, "one more each would not fit"


@pytest.fixture(scope="module")
def engine() -> Engine:
    words = [f"{one}{other}word{n}" for one in LETTERS for other in LETTERS for n in range(20)]
    documents = [
        document(f"d{size}", " ".join(words[:: size + 1]) + " ceasefire cease fire") for size in range(3)
    ]
    return fill(open_engine("memory:", Schema()), documents)


def expanded(query: str, engine: Engine, aliases: str = "") -> tuple[dict[str, int], list[str]]:
    expander = Expander(engine, Aliases.read(aliases))
    tree = expander.expand(parse(query, engine.schema).query)
    terms = {str(leaf): len(leaf.alternatives) for leaf in all_leaves(tree) if isinstance(leaf, AnyOf)}
    return terms, [item.message for item in expander.diagnostics]


def test_3_the_budget_is_shared(engine: Engine) -> None:
    prefixes = [f"{one}{other}*" for one in LETTERS for other in LETTERS[:7]]
    terms, said = expanded(" ".join(prefixes), engine)
    assert terms == dict.fromkeys(prefixes, QUERY_EXPANSIONS // 56)
    assert said == ["Words with * or ~ stand for more than 500 words together: of each, 8 were searched."]


def test_3_rare_prefixes_keep_their_terms(engine: Engine) -> None:
    prefixes = [f"{one}{other}*" for one in LETTERS for other in LETTERS[:7]]
    terms, _ = expanded(" ".join(["aaword2*", *prefixes[1:]]), engine)
    assert terms == {"aaword2*": 1} | dict.fromkeys(prefixes[1:], 499 // 55)


def test_4_within_the_budget_nothing_is_said(engine: Engine) -> None:
    prefixes = [f"{LETTERS[0]}{other}*" for other in LETTERS] * 2
    terms, said = expanded(" ".join(prefixes), engine)
    assert set(terms.values()) == {20}
    assert not said


def test_4_other_spellings_count(engine: Engine) -> None:
    names = "; ".join(f"Person{n}" for n in range(300))
    prefixes = [f"{one}*" for one in ("aa", "ab", "ac", "ad", "ae", "af", "ag", "ah", "ba", "bb", "bc", "bd")]
    _, alone = expanded(" ".join(prefixes), engine, names)
    terms, said = expanded(" ".join(["Person7", *prefixes]), engine, names)
    assert (alone, len(said)) == ([], 1)
    assert sum(terms.values()) <= QUERY_EXPANSIONS - 299
