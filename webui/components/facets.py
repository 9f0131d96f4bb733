"""The facets beside the results, and on the home page."""

from search.results import DateFacet, Facet
from search.schema import Schema
from webui.components.date_facet import date_view
from webui.components.facet_views import FacetView, missing_view, value_view
from webui.state import SearchState
from webui.words import facet_label


def facet_views(
    facets: tuple[Facet | DateFacet, ...], state: SearchState, schema: Schema
) -> tuple[FacetView, ...]:
    """The facets of an answer for a page, those with nothing to show left out."""
    views = (
        date_view(facet, state, schema) if isinstance(facet, DateFacet) else _value_view(facet, state, schema)
        for facet in facets
    )
    return tuple(view for view in views if view.values or view.missing)


def _value_view(facet: Facet, state: SearchState, schema: Schema) -> FacetView:
    listed = sorted(facet.values, key=lambda value: not (value.selected or value.excluded))
    counted = sum(1 for value in facet.values if value.count)
    unlisted = max(facet.distinct - counted, 0)
    return FacetView(
        facet.field,
        facet_label(facet.field, schema),
        tuple(value_view(value, facet.field, state, schema) for value in listed),
        missing_view(facet, state, schema),
        unlisted,
        state.list_url(facet.field) if unlisted else "",
    )
