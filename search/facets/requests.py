"""From the facets of a question to those an engine is asked for, and back."""

from dataclasses import replace

from search.calendar import BEGINNING, END, bucket, parse_partial, parse_range
from search.facets.collation import typed
from search.facets.filters import values
from search.request import DATE, FacetListing, FacetRequest, Question
from search.results import Facet


def facet_requests(question: Question) -> tuple[FacetRequest, ...]:
    """What an engine is asked to count for a search."""
    return tuple(_request(name, question) for name in question.facets)


def listing_request(listing: FacetListing) -> FacetRequest:
    """What an engine is asked to count for a page of a facet's values."""
    return FacetRequest(
        listing.field,
        listing.per_page,
        _kept(listing.field, listing.question),
        listing.question.date_interval,
        offset=(listing.page - 1) * listing.per_page,
        order=listing.order,
        parts=typed(listing.prefix),
    )


def marked(facet: Facet, question: Question) -> Facet:
    """The facet with what the question selects and excludes of it."""
    chosen, excluded = values(question, facet.field, "is"), values(question, facet.field, "not")
    return replace(
        facet,
        values=tuple(
            replace(value, selected=value.value in chosen, excluded=value.value in excluded)
            for value in facet.values
        ),
    )


def page_of_dates(facet: Facet, listing: FacetListing) -> Facet:
    """The facet with only the buckets of one page: engines give all of them at once."""
    start = (listing.page - 1) * listing.per_page
    return replace(facet, values=facet.values[start : start + listing.per_page])


def zoomed_date(question: Question) -> str:
    """The one bounded date that a question selects, if its date facet divides that; else empty."""
    chosen = values(question, DATE, "is")
    if not question.zoom or question.date_interval != "auto" or len(chosen) != 1:
        return ""
    days = parse_range(chosen[0])
    return chosen[0] if days and days.earliest > BEGINNING and days.latest < END else ""


def _request(name: str, question: Question) -> FacetRequest:
    if name == DATE and (chosen := zoomed_date(question)):
        return _zoomed(chosen)
    return FacetRequest(name, question.facet_limit, _kept(name, question), question.date_interval)


def _zoomed(value: str) -> FacetRequest:
    """The days, months or years of a date; of a single day, those of its month with it."""
    days = parse_range(value)
    assert days is not None  # noqa: S101 - `zoomed_date` has read it
    if days.earliest < days.latest:
        return FacetRequest(DATE, within=days)
    month = parse_partial(bucket(days.earliest, "month"))
    return FacetRequest(DATE, keep=(value,), interval="day", within=month or days)


def _kept(name: str, question: Question) -> tuple[str, ...]:
    return (*values(question, name, "is"), *values(question, name, "not"))
