"""The form for dates: a box for one date and two for the first and the last, as typed and as understood."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from search.calendar import describe_range, parse_range
from search.query.typed_dates import month_first, parameter_value, typed_date
from search.request import DATE, Filter, FilterOp
from search.schema import Schema
from search.wording.dates import date_text
from webui.state import DATES, ParameterProblems, SearchState

_OPS: dict[str, FilterOp] = {"date": "is", "date_from": "from", "date_to": "to"}


@dataclass(frozen=True, slots=True)
class DateBox:
    """A box for a date: the parameter that it fills, its value, and the message if that is no date."""

    name: str
    value: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date in figures, how it was `read`, and how it can be read `otherwise`, with the search for that."""

    typed: str
    read: str
    otherwise: str
    otherwise_url: str


@dataclass(frozen=True, slots=True)
class DateForm:
    """The boxes, of one date and of both bounds; a link includes undated documents that dates leave out."""

    on: DateBox
    start: DateBox
    end: DateBox
    readings: tuple[DateReading, ...] = ()
    include_undated_url: str = ""

    @property
    def boxes(self) -> tuple[DateBox, ...]:
        """All three."""
        return self.on, self.start, self.end

    @property
    def has_problem(self) -> bool:
        """Whether one of them is no date."""
        return any(box.problem for box in self.boxes)

    @property
    def filled(self) -> tuple[str, ...]:
        """The parameters that need no hidden field. A box for one date has none for several."""
        return tuple(box.name for box in self.boxes if box.name != DATE or box.value)


def date_form(
    pairs: Iterable[tuple[str, str]], state: SearchState, problems: ParameterProblems, schema: Schema
) -> DateForm:
    """The form of a search, whose URL had the parameters `pairs`."""
    filters = [item for item in state.question.filters if item.field == DATE]
    on, start, end = (_box(name, filters, problems, schema) for name in DATES)
    hides_undated = state.question.undated is None and filters and all(f.op != "missing" for f in filters)
    return DateForm(
        on,
        start,
        end,
        tuple(_readings(pairs, state, schema)),
        state.changing(undated="include").url if hides_undated else "",
    )


def _box(name: str, filters: Iterable[Filter], problems: ParameterProblems, schema: Schema) -> DateBox:
    if problem := problems.get(name):
        return DateBox(name, problem.value, problem.message)
    values = [item.value for item in filters if item.op == _OPS[name]]
    alone = len(values) == 1 or (values and name != DATE)
    return DateBox(name, typeable(values[0], schema) if alone else "")


def typeable(value: str, schema: Schema) -> str:
    """A date as a person would type it, if the box reads it so; else, and a range, as parameters have it."""
    said = value if ".." in value else date_text(value)
    read = typed_date(said, month_first=month_first(schema))
    return said if read and read.days == parse_range(value) else value


def _readings(pairs: Iterable[tuple[str, str]], state: SearchState, schema: Schema) -> Iterator[DateReading]:
    """The dates of a URL of which either figure may be the month."""
    for name, typed in pairs:
        found = typed_date(typed, month_first=month_first(schema)) if name in DATES else None
        if found and found.otherwise:
            read, otherwise = (parameter_value(name, days) for days in (found.days, found.otherwise))
            was = Filter(DATE, _OPS[name], read)
            changed = tuple(
                replace(item, value=otherwise) if item == was else item for item in state.question.filters
            )
            yield DateReading(
                typed,
                date_text(describe_range(found.days)),
                date_text(describe_range(found.otherwise)),
                state.changing(filters=changed).url,
            )
