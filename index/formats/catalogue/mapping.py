"""How is a mapping of `index.record_fields` applied to catalogue records? And what all of them share."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from index.extracted import Extracted, Values
from index.formats.support.content import clean
from index.formats.text import plain
from index.metadata import ids
from index.metadata.dates import parse_date
from index.metadata.names import display_name
from index.record_fields import LISTS, PARAGRAPHS, table
from index.sources.files import SourceFile


def mapped(family: str, values: Callable[[str], Sequence[str]]) -> tuple[dict[str, Values], dict[str, str]]:
    """The fields and the extra values of a record; `values` gives what stands at a place."""
    fields: dict[str, Values] = {}
    for name, places in table(family)["fields"].items():
        found = [values(place) for place in places]
        every = distinct(value for some in found for value in some)
        if name in LISTS:
            fields[name] = every
        elif name in PARAGRAPHS:
            fields[name] = "\n\n".join(every)
        else:
            fields[name] = "; ".join(distinct(next(filter(None, found), ())))
    extra = {
        name: "; ".join(distinct(value for place in places for value in values(place)))
        for name, places in table(family)["extra"].items()
    }
    return fields, extra


def person(role: Iterable[str]) -> str:
    """The field of a person with these roles (terms, codes or their addresses); "" for any other role."""
    said = {one.strip().strip(".,;()").rpartition("/")[2].casefold() for one in role if one.strip()}
    for name, roles in table("roles").items():
        if said & set(roles):
            return str(name)
    return "" if said else "authors"


def stated_date(dates: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """The first date that is understood, and the others; a time of day is a machine's, and no date."""
    found = distinct(dates)
    days = [date for date in found if not ("T" in date and ":" in date)]
    best = next((date for date in days if (parsed := parse_date(date)) and parsed.understood), "")
    best = best or next(iter(days), "")
    return best, tuple(date for date in found if date != best)


def record(
    file: SourceFile, number: int, fields: Mapping[str, Values], extra: Mapping[str, str], own_id: str = ""
) -> Extracted:
    """The document of a record; `own_id` is its number in the catalogue that it is from."""
    stated = {name: value for name, value in fields.items() if value}
    body = str(stated.pop("body", ""))
    for name in ("authors", "recipients"):
        if name in stated:
            stated[name] = distinct(map(display_name, stated[name]))
    own = own_id or str(stated.pop("id", ""))
    stated.pop("id", None)
    if own:
        stated["id"] = f"{ids.file_slug(file.name)}-{own}"
    kept = {name: clean(text) for name, text in extra.items() if text}
    return Extracted(plain(clean(body)), stated, kept, number, header=False)


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts that say something, each on one line and once."""
    return tuple(dict.fromkeys(filter(None, (" ".join(clean(text).split()) for text in texts))))
