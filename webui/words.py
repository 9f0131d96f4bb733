"""How a page says it: dates, numbers and filters in words."""

from search.calendar import DayRange, bucket, civil, describe_range, parse_range
from search.document import ArchivalDate
from search.months import MONTHS
from search.request import DATE, Filter, Question
from search.schema import Schema


def number(count: int) -> str:
    """A count as people write it: 12,345."""
    return f"{count:,}"


def plural(count: int, singular: str) -> str:
    """`1 result`, `2 results`."""
    return f"{count:,} {singular}{'' if count == 1 else 's'}"


def day(day_number: int) -> str:
    """A day in words: 4 July 1953."""
    year, month, day_of_month = civil(day_number)
    return f"{day_of_month} {MONTHS[month - 1]} {_year(year)}"


def date_words(value: str) -> str:
    """A partial date, or a range of two, in words: `1951-07` is July 1951. Anything else stays as it is."""
    first, dots, last = value.partition("..")
    if not dots:
        return _partial(value)
    if not first or not last:
        return f"from {_partial(first)}" if first else f"until {_partial(last)}"
    return f"{_partial(first)} to {_partial(last)}"


def date_range(date: ArchivalDate) -> str:
    """The days that an inexact date may be; empty where the words on the page already say it all."""
    if not date.understood:
        return "not understood as a date"
    if date.earliest is None or date.latest is None:
        known = date.latest if date.earliest is None else date.earliest
        assert known is not None  # noqa: S101 - `understood` says that there is one
        return f"{'not after' if date.earliest is None else 'not before'} {day(known)}"
    known_days = DayRange(date.earliest, date.latest)
    plain = describe_range(known_days)
    if ".." in plain:
        return f"between {day(date.earliest)} and {day(date.latest)}"
    # "July 1953" says all there is to say of itself; "the summer of 1953" or "circa 1953" does not.
    return "" if date.certainty == "exact" else f"{date_words(plain)}, {date.certainty}"


def near(date: ArchivalDate | None) -> str:
    """The month, else year, else decade that a date lies in, as a value of the date facet; else empty."""
    if date is None or date.earliest is None or date.latest is None:
        return ""
    for interval in ("month", "year", "decade"):
        value = bucket(date.earliest, interval)
        if value == bucket(date.latest, interval):
            return value
    return describe_range(DayRange(date.earliest, date.latest))


def years(earliest: int, latest: int) -> str:
    """The years from one day to another: 1951–1953."""
    first, last = civil(earliest)[0], civil(latest)[0]
    return _year(first) if first == last else f"{_year(first)}–{_year(last)}"


def filter_words(item: Filter, schema: Schema) -> str:
    """A filter as a label with its value: `Author: Kuznetsov`, `From July 1951`, `No author`."""
    label = facet_label(item.field, schema)
    value = date_words(item.value) if item.field == DATE else item.value
    match item.op:
        case "not":
            return f"Not {label.lower()}: {value}"
        case "missing":
            return missing_words(item.field, schema)
        case "from":
            return f"From {value}"
        case "to":
            return f"Until {value}"
        case _:
            return f"{label}: {value}"


def facet_label(name: str, schema: Schema) -> str:
    """What a facet is called."""
    return "Date" if name == DATE else schema.facets[name].label


def missing_words(name: str, schema: Schema) -> str:
    """What the documents without a value of a facet are called."""
    return "Undated" if name == DATE else f"No {facet_label(name, schema).lower()}"


def title_words(question: Question, schema: Schema) -> str:
    """What a search is about, for the title of its page."""
    asked = [question.text.strip()] if question.text.strip() else []
    return ", ".join(asked + [filter_words(item, schema) for item in question.filters]) or "All documents"


def _partial(value: str) -> str:
    if value.endswith("s") or parse_range(value) is None:
        return value
    sign, digits = ("-", value[1:]) if value.startswith("-") else ("", value)
    year, *rest = digits.split("-")
    words = [_year(int(sign + year))]
    if rest:
        words.insert(0, MONTHS[int(rest[0]) - 1])
    if len(rest) > 1:
        words.insert(0, str(int(rest[1])))
    return " ".join(words)


def _year(year: int) -> str:
    return str(year) if year > 0 else f"{1 - year} BC"
