"""The title bonus in OpenSearch: computed by functions over the titles that hold a word of the query.

The bonus is no sum over the words of a query, as the scores of clauses are. But it is a product of three sums
over the words that are in a title, which `function_score` adds up, multiplies and caps: so one search has the
exact order, and no script is needed.
"""

from typing import Any

from search.analysis.stem import parts_of
from search.engines.disk.fields import stems_field
from search.engines.opensearch.reading.clauses import Clause, between, filtering, terms
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
    stems = dict.fromkeys(part for stem in held for part in parts_of(stem))
    titles = filtering([terms(_TITLE_STEMS, [*stems]), between("title_length", gt=0)])
    idfs = [{"filter": held[stem], "weight": idf} for stem, idf in bonus.idfs.items()]
    shares = [{"filter": held[stem], "weight": idf / bonus.upper_bound} for stem, idf in bonus.idfs.items()]
    lengths = [{"filter": clause, **_SHARE_OF_ONE} for clause in held.values()]
    weight = _function(titles, idfs, "replace")
    return [_function(_function(weight, shares, "multiply"), lengths, "multiply", max_boost=1)]


def _function(clause: Clause, functions: list[dict[str, Any]], mode: str, **options: float) -> Clause:
    """The documents of a clause, their scores multiplied or replaced by the sum of what functions give."""
    asked = {"query": clause, "functions": functions, "score_mode": "sum", "boost_mode": mode}
    return {"function_score": asked | options}
