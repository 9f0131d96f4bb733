"""From the filters of a question to those of an engine: OR within a field, AND between fields."""

from search.calendar import ALL_TIME, BEGINNING, END, DayRange, parse_partial, parse_range
from search.request import DATE, DateFilter, FieldFilter, Filter, Question

EngineFilter = FieldFilter | DateFilter


def engine_filters(question: Question) -> tuple[EngineFilter, ...]:
    """The question's filters in the form in which an engine applies them: one for each field, then dates."""
    names = dict.fromkeys(item.field for item in question.filters if item.field != DATE)
    return (*(_field_filter(name, question.filters) for name in names), *_date_filters(question))


def filter_values(question: Question, field: str, op: str) -> tuple[str, ...]:
    """The values of the question's filters on one field with one operator, in their order."""
    return tuple(item.value for item in question.filters if item.field == field and item.op == op)


def _field_filter(name: str, filters: tuple[Filter, ...]) -> FieldFilter:
    own = [item for item in filters if item.field == name]
    return FieldFilter(
        name,
        values=frozenset(item.value for item in own if item.op == "is"),
        excluded=frozenset(item.value for item in own if item.op == "not"),
        missing=any(item.op == "missing" for item in own),
    )


def _date_filters(question: Question) -> tuple[DateFilter, ...]:
    selected = _ranges(filter_values(question, DATE, "is"))
    missing = bool(filter_values(question, DATE, "missing"))
    bounds = _bounds(question)
    dated = bool(selected or bounds)
    undated = question.undated or ("exclude" if dated else "include")
    within, accepted = question.date_match == "within", undated != "exclude"
    filters: list[DateFilter] = []
    if selected or missing:
        filters.append(DateFilter(selected, within, missing or accepted, DATE))
    if bounds:
        filters.append(DateFilter((bounds,), within, missing or accepted))
    if undated == "only":
        filters.append(DateFilter((), missing=True))
    elif undated == "exclude" and not dated and not missing:
        filters.append(DateFilter((ALL_TIME,)))
    return tuple(filters)


def _bounds(question: Question) -> DayRange | None:
    """The days between the `from` and `to` filters; None without such a filter."""
    starts = [
        days.earliest for text in filter_values(question, DATE, "from") if (days := parse_partial(text))
    ]
    ends = [days.latest for text in filter_values(question, DATE, "to") if (days := parse_partial(text))]
    if not starts and not ends:
        return None
    return DayRange(max(starts, default=BEGINNING), min(ends, default=END))


def _ranges(texts: tuple[str, ...]) -> tuple[DayRange, ...]:
    return tuple(days for text in texts if (days := parse_range(text)))
