"""The facet panel: the facets beside the results and on the home page."""

from search.results import DateFacet, Facet
from search.schema import Schema
from search.wording.facets import facet_label
from webui.components.date_histogram import date_histogram
from webui.components.facet_views import FacetView, missing_view, value_views
from webui.state import SearchState


def facet_panel(
    facets: tuple[Facet | DateFacet, ...], state: SearchState, schema: Schema
) -> tuple[FacetView, ...]:
    """The facets of an answer, without those that have nothing to show."""
    views = (
        date_histogram(facet, state, schema)
        if isinstance(facet, DateFacet)
        else _terms_facet(facet, state, schema)
        for facet in facets
    )
    return tuple(view for view in views if view.values or view.missing)


def _terms_facet(facet: Facet, state: SearchState, schema: Schema) -> FacetView:
    chosen_first = sorted(facet.values, key=lambda value: not (value.selected or value.excluded))
    counted = sum(1 for value in facet.values if value.count)
    unlisted = max(facet.distinct - counted, 0)
    return FacetView(
        facet.field,
        facet_label(facet.field, schema),
        tuple(value_views(chosen_first, facet.field, state, schema)),
        missing_view(facet, state),
        unlisted,
        state.list_url(facet.field) if unlisted else "",
    )
