"""What does an archive hold, by its facets? Which of them divide it, and what do all documents share?"""

from dataclasses import dataclass

from search.engines import Engine
from search.request import DATE, FacetRequest, SearchRequest
from search.results import Facet

FIRST_FACETS = ("author", DATE)
"""The facets that stand before all others."""

_LISTED = 6  # values of each facet
_NOT_TO_CHOOSE = {"parent"}  # ids of documents, to which their parts lead


@dataclass(frozen=True, slots=True)
class Coverage:
    """The facets of all documents but the date, each with its most frequent values."""

    documents: int = 0
    facets: tuple[Facet, ...] = ()

    @property
    def dividing(self) -> tuple[str, ...]:
        """The facets by which some search can be narrowed: those of several values, and the date."""
        several = [facet.field for facet in self.facets if facet.distinct > 1]
        return (*FIRST_FACETS, *(name for name in several if name not in {*FIRST_FACETS, *_NOT_TO_CHOOSE}))

    @property
    def shared(self) -> frozenset[tuple[str, str]]:
        """The values that all documents have, and no other of the same facet: pairs of facet and value."""
        alone = (facet for facet in self.facets if facet.distinct == 1 and not facet.missing)
        return frozenset((facet.field, facet.values[0].value) for facet in alone)


def coverage(engine: Engine) -> Coverage:
    """The coverage of the present commit of an index. Raises EngineError."""
    asked = tuple(FacetRequest(name, _LISTED) for name in engine.schema.facets)
    found = engine.search(SearchRequest(facets=asked, limit=0))
    return Coverage(found.total, tuple(facet for facet in found.facets if isinstance(facet, Facet)))
