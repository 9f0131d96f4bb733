"""The Structs of a document in a list: what is said of it, and the passages that matched."""

from collections.abc import Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct

from search.api.page_links import Url
from search.document import Certainty
from search.parameters.question import HIT_KEYS
from search.results import CharRange

Names = tuple[str, ...]


class DatePayload(Struct, frozen=True, gc=False):
    """A date: its text as written, and the first and last day that the text allows; null for an open end."""

    text: str
    earliest: str | None
    latest: str | None
    certainty: Certainty


class SummaryPayload(Struct, frozen=True):
    """What is said of a document both in a list and by itself."""

    id: str
    url: Url
    title: str
    authors: Names
    recipients: Names
    subjects: Names
    collection: str
    language: Annotated[str, Meta(description="The language that is stated, of the original, say.")]
    text_language: Annotated[str, Meta(description="The language of the text, by its English name.")]
    type: str
    summary: str
    source: Annotated[str, Meta(description="The path of the file below SOURCE.")]
    date: DatePayload | None
    indexed: Annotated[
        str | None,
        Meta(description="When it was added to the index as it is now, in RFC 3339; null where unknown."),
    ]


class HighlightPayload(Struct, frozen=True, gc=False):
    """A fragment of a field's text, the character ranges in it that matched, and both as HTML.

    `html` is the text escaped, with `<mark>` around the ranges and no other tag.
    """

    field: str
    text: str
    ranges: tuple[CharRange, ...]
    html: str


class HitPayload(SummaryPayload, frozen=True):
    """A document that was found, its score, and passages of it."""

    score: float
    highlights: tuple[HighlightPayload, ...]


Hits = Annotated[
    Sequence[Any],
    Meta(
        extra_json_schema={
            "items": {
                "anyOf": [
                    {"$ref": "#/components/schemas/Hit"},
                    {
                        "type": "object",
                        "description": "The keys of a hit that the parameter `fields` names.",
                        "propertyNames": {"enum": list(HIT_KEYS)},
                    },
                ]
            }
        }
    ),
]
"""Hits: each a `HitPayload`, or an object of the keys asked for."""
