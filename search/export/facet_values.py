"""The values of a facet as CSV: in the columns that they have as JSON, under the same names."""

from collections.abc import Iterator

from msgspec import structs

from search.answer import FacetAnswer
from search.api.facet_payload import BucketPayload, ValuePayload, facet_payload
from search.export.csv import table
from search.export.format import blocks
from search.results import DateFacet


def facet_values_csv(answer: FacetAnswer, site: str = "") -> Iterator[bytes]:
    """The values of an answer in its order, in blocks of some 64 KB.

    `site` is the address that links begin with.
    """
    kind = BucketPayload if isinstance(answer.facet, DateFacet) else ValuePayload
    header = [field.encode_name for field in structs.fields(kind)]
    values = facet_payload(answer.facet, answer.listing.question, site).values
    return blocks(table(header, map(structs.astuple, values)))
