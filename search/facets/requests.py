"""From the facets of a question to the requests that an engine answers, and the selection on its facets."""

from dataclasses import replace

from search.analysis.collation import prefixes
from search.calendar import BEGINNING, END, bucket, parse_partial, parse_range
from search.facets.filters import filter_values
from search.request import DATE, DateFacetRequest, FacetListing, FacetRequest, Question
from search.results import DateFacet, Facet


def facet_requests(question: Question) -> tuple[FacetRequest | DateFacetRequest, ...]:
    """The facets that an engine counts for a search."""
    return tuple(_request(name, question) for name in question.facets)


def listing_request(listing: FacetListing) -> FacetRequest | DateFacetRequest:
    """The facet that an engine counts for a page of values; of dates, it counts all buckets."""
    pinned = _filtered_values(listing.field, listing.question)
    if listing.field == DATE:
        return DateFacetRequest(listing.question.date_interval, pinned)
    return FacetRequest(
        listing.field,
        listing.per_page,
        pinned,
        offset=(listing.page - 1) * listing.per_page,
        order=listing.order,
        prefixes=prefixes(listing.prefix),
    )


def marked(facet: Facet | DateFacet, question: Question) -> Facet | DateFacet:
    """The facet with the values marked that the question selects or excludes."""
    selected = filter_values(question, facet.field, "is")
    excluded = filter_values(question, facet.field, "not")
    if not (selected or excluded):
        return facet
    return replace(
        facet,
        values=tuple(
            replace(value, selected=value.value in selected, excluded=value.value in excluded)
            for value in facet.values
        ),
    )


def page_of_dates(facet: DateFacet, listing: FacetListing) -> DateFacet:
    """The facet with the buckets of one page alone: engines return all of them at once."""
    start = (listing.page - 1) * listing.per_page
    return replace(facet, values=facet.values[start : start + listing.per_page])


def zoomed_date(question: Question) -> str:
    """The one selected date that the question's date facet divides further; empty if there is none.

    There is one if `zoom` is set, the interval is `auto` and a single date without open end is selected.
    """
    selected = filter_values(question, DATE, "is")
    if not question.zoom or question.date_interval != "auto" or len(selected) != 1:
        return ""
    days = parse_range(selected[0])
    return selected[0] if days and days.earliest > BEGINNING and days.latest < END else ""


def _request(name: str, question: Question) -> FacetRequest | DateFacetRequest:
    if name != DATE:
        return FacetRequest(name, question.limit_of(name), _filtered_values(name, question))
    if selected := zoomed_date(question):
        return _zoomed(selected)
    return DateFacetRequest(question.date_interval, _filtered_values(name, question))


def _zoomed(value: str) -> DateFacetRequest:
    """The facet that divides a date: into days, months or years; for a single day, all days of its month."""
    days = parse_range(value)
    assert days is not None  # noqa: S101 - `zoomed_date` has read it
    if days.earliest < days.latest:
        return DateFacetRequest(within=days)
    month = parse_partial(bucket(days.earliest, "month"))
    return DateFacetRequest("day", (value,), within=month or days)


def _filtered_values(name: str, question: Question) -> tuple[str, ...]:
    """The values that the question selects or excludes: they are counted and shown in any case."""
    return (*filter_values(question, name, "is"), *filter_values(question, name, "not"))
