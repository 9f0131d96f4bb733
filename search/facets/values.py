"""The facet of a field's values: the most frequent or all of them, by count or by alphabet, in stretches.

For any engine that can count the values of a field over a result set.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nsmallest

from search.facets.collation import begins, initial, sort_key
from search.request import FacetRequest
from search.results import Facet, FacetValue


def value_facet(wanted: FacetRequest, counts: Mapping[str, int], missing: int) -> Facet:
    """The facet of these counts (of all values that documents have), `missing` documents having none.

    The kept values come first and all in the first stretch; the others follow so that stretches join
    without gap or repeat. Ties are in the order of the values as written.
    """
    kept = dict.fromkeys(wanted.keep)
    rest = [value for value in counts if value not in kept]
    if wanted.parts:
        rest = [value for value in rest if begins(value, wanted.parts)]
    # Where all of `kept` is longer than a stretch, the first is longer and the second begins with `rest`.
    start, end = (max(0, edge - len(kept)) for edge in (wanted.offset, wanted.offset + wanted.limit))
    first = [] if wanted.offset else list(kept)
    initials: Counter[str] = Counter()
    if wanted.order == "value":
        rest.sort(key=sort_key)
        first.sort(key=sort_key)
        initials.update(map(initial, rest))
        stretch = rest[start:end]
    else:
        first.sort(key=lambda value: (-counts.get(value, 0), value))
        stretch = _most(rest, counts, end)[start:]
    return Facet(
        wanted.field,
        tuple(FacetValue(value, counts.get(value, 0)) for value in (*first, *stretch)),
        distinct=len(counts),
        missing=missing,
        total=len(kept) + len(rest),
        initials=tuple(initials.items()),
    )


def _most(values: Sequence[str], counts: Mapping[str, int], number: int) -> list[str]:
    """The most frequent values, in order."""

    def key(value: str) -> tuple[int, str]:
        return -counts[value], value

    if number < len(values) // 16:  # beyond, sorting is faster
        return nsmallest(number, values, key=key)
    return sorted(values, key=key)[:number]
