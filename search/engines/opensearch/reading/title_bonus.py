"""The title bonus in OpenSearch: computed by functions over the titles that hold a word of the query.

The bonus is no sum over the words of a query, as the scores of clauses are. But it is a product of three sums
over the words that are in a title, which `function_score` adds up, multiplies and caps: so one search has the
exact order, and no script is needed.
"""

from typing import Any

from search.engines.fields import stems_field
from search.engines.opensearch.reading.clauses import Clause, between, constant
from search.engines.opensearch.reading.compiler import with_stem
from search.ranking import TitleBonus

_TITLE_STEMS = stems_field("title")
_SHARE_OF_ONE = {"field_value_factor": {"field": "title_length", "modifier": "reciprocal"}}


def title_bonus_clause(bonus: TitleBonus) -> list[Clause]:
    """The documents whose titles hold words of the query, with the bonus; nothing for a query without words.

    See `search.ranking.TitleBonus`.
    """
    if not bonus.upper_bound:
        return []
    held = {stem: with_stem(_TITLE_STEMS, stem) for stem in bonus.idfs}
    weights = [constant(idf, held[stem]) for stem, idf in bonus.idfs.items()]
    has_stems = between("title_length", gt=0)
    weight: Clause = {"bool": {"should": weights, "minimum_should_match": 1, "filter": [has_stems]}}
    if len(held) == 1:  # as most queries: it is all of the query's idf, and in each of these titles
        return [_multiplied(weight, [_SHARE_OF_ONE])]
    shares = [{"filter": held[stem], "weight": idf / bonus.upper_bound} for stem, idf in bonus.idfs.items()]
    lengths = [{"filter": clause, **_SHARE_OF_ONE} for clause in held.values()]
    return [_multiplied(_multiplied(weight, shares), lengths, max_boost=1)]


def _multiplied(clause: Clause, functions: list[dict[str, Any]], **options: float) -> Clause:
    """The documents of a clause, their scores multiplied by the sum of the functions that match."""
    asked = {"query": clause, "functions": functions, "score_mode": "sum", "boost_mode": "multiply"}
    return {"function_score": asked | options}
