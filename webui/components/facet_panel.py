"""The facet panel: the facets beside the results and on the home page."""

from collections.abc import Collection

from search.answer import Answer
from search.results import DateFacet, Facet
from search.schema import Schema
from search.wording.facets import facet_label
from webui.components.date_histogram import date_histogram
from webui.components.facet_views import FacetView, missing_view, value_views
from webui.state import SearchState

_LEAST_SHARE = 5  # one document of so many has a value of a facet that divides an answer


def facet_panel(
    answer: Answer, state: SearchState, schema: Schema, named: Collection[str] = ()
) -> tuple[FacetView, ...]:
    """The facets of an answer that divide it, those that are `named`, and those with a filter.

    A facet divides an answer if it has two values, and a fifth of the documents have one of them.
    """
    filtered = {item.field for item in state.question.filters}
    views = (
        date_histogram(facet, state, schema)
        if isinstance(facet, DateFacet)
        else _terms_facet(facet, state, schema)
        for facet in answer.facets
        if facet.field in {*named, *filtered} or _divides(facet, answer.total)
    )
    return tuple(view for view in views if view.values or view.missing or view.trail)


def _divides(facet: Facet | DateFacet, total: int) -> bool:
    if isinstance(facet, DateFacet):
        return True
    return facet.distinct > 1 and (total - facet.missing) * _LEAST_SHARE >= total


def _terms_facet(facet: Facet, state: SearchState, schema: Schema) -> FacetView:
    chosen_first = sorted(facet.values, key=lambda value: not (value.selected or value.excluded))
    counted = sum(1 for value in facet.values if value.count)
    unlisted = max(facet.distinct - counted, 0)
    return FacetView(
        facet.field,
        facet_label(facet.field, schema),
        tuple(value_views(chosen_first, facet.field, state)),
        missing_view(facet, state),
        unlisted,
        state.list_url(facet.field) if unlisted else "",
    )
