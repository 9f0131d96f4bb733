"""What of a text matched?"""

from dataclasses import dataclass

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document being read with a query: what matched, as character ranges in order, never overlapping.

    `fields` maps the name of a single-valued field (title, summary, citation …) to its ranges; `body`
    are those of the body.
    """

    body: tuple[Range, ...]
    fields: dict[str, tuple[Range, ...]]
