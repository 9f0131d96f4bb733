"""Terms facet: the top-n or paged values of a field, by count or in collation order.

For any engine that can count the values of a field over a result set.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nlargest

from search.analysis.collation import initial, matches_prefixes, sort_key
from search.request import FacetRequest
from search.results import Facet, FacetValue


def value_facet(request: FacetRequest, counts: Mapping[str, int], missing: int) -> Facet:
    """The facet of these counts (value -> documents, of all values); `missing` documents have no value.

    The pinned values come first, all of them on the first page; the others follow so that pages join
    without gap or repeat. Ties are in the order of the values as written.
    """
    pinned = dict.fromkeys(request.pinned)
    others = [value for value in counts if value not in pinned]
    if request.prefixes:
        others = [value for value in others if matches_prefixes(value, request.prefixes)]
    # With more pinned values than fit on a page, the first page is longer and the second begins `others`.
    start, end = (max(0, edge - len(pinned)) for edge in (request.offset, request.offset + request.limit))
    first = [] if request.offset else list(pinned)
    initials: Counter[str] = Counter()
    if request.order == "value":
        others.sort(key=sort_key)
        first.sort(key=sort_key)
        initials.update(map(initial, others))
        page = others[start:end]
    else:
        first.sort(key=lambda value: (-counts.get(value, 0), value))
        page = _most_frequent(others, counts, end)[start:]
    return Facet(
        request.field,
        tuple(FacetValue(value, counts.get(value, 0)) for value in (*first, *page)),
        distinct=len(counts),
        missing=missing,
        total=len(pinned) + len(others),
        initials=tuple(initials.items()),
    )


def _most_frequent(values: Sequence[str], counts: Mapping[str, int], number: int) -> list[str]:
    """The first `number` of the values by falling count, ties by value."""

    def key(value: str) -> tuple[int, str]:
        return -counts[value], value

    if 0 < number < len(values) // 16:  # beyond that share, sorting all is faster
        least = nlargest(number, map(counts.__getitem__, values))[-1]
        values = [value for value in values if counts[value] >= least]
    return sorted(values, key=key)[:number]
