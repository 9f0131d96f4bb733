"""Arguments of Python or JSON as URL parameters: `not_author=["Stalin"]` is `not.author=Stalin`."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, datetime

from search.errors import ParameterError

ParameterValue = str | int | date | Sequence[str] | Set[str] | None
"""A value of a parameter: text, a number, a truth value or a day; several for a parameter that repeats."""

_DOTTED = re.compile(r"^(not|facet_limit)_(?=.)")


def parameter_pairs(arguments: Mapping[str, object]) -> list[tuple[str, str]]:
    """The URL parameters (name, value) that these arguments stand for; one that is None is left out.

    An underscore after `not` or `facet_limit` stands for the dot that no Python name can have. Raises
    ParameterError, naming the parameter, for a value that is no `ParameterValue`.
    """
    return list(_pairs(arguments))


def _pairs(arguments: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    for written, value in arguments.items():
        name = _DOTTED.sub(r"\1.", written)
        match value:
            case None:
                continue
            case Sequence() | Set() if not isinstance(value, str | bytes):
                for item in value:
                    yield name, _text(name, item)
            case _:
                yield name, _text(name, value)


def _text(name: str, value: object) -> str:
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()  # half of a surrogate pair cannot be encoded
        case bool():
            return str(value).lower()
        case datetime():
            return str(value.date())
        case int() | date():
            return str(value)
        case float() if value.is_integer():  # as JSON may write a whole number
            return str(int(value))
        case _:
            raise ParameterError(
                name,
                f"{name} must be text, a whole number, true or false, a day, or a list of these, "
                f"not {type(value).__name__}.",
            )
