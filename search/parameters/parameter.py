"""What is a parameter? A name, what it means, and a kind, which reads a value and describes all of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from search.errors import ParameterError
from search.messages import Message

JsonSchema = dict[str, Any]
"""A schema as in JSON Schema 2020-12, which OpenAPI 3.1 uses."""

Values = list[tuple[str, Any]]
"""The names and values of parameters that were given, in their order."""

_FEW = 8  # parameters of a table that a message lists
_LINK = re.compile(r"\[(.*?)\]\(.*?\)")


def without_links(markdown: str) -> str:
    """Markdown with the text of its links, which lead to other pages of the documentation, alone."""
    return _LINK.sub(r"\1", markdown)


class Kind(Protocol):
    """The values that a parameter can have."""

    def read(self, name: str, value: str) -> Any:
        """The value of the parameter `name`. Raises ParameterError if it is none of this kind."""

    def schema(self) -> JsonSchema:
        """The values as JSON Schema: all that `read` reads, and as few others as a schema can say."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an endpoint. It may be given once, or more often if it is `repeated`.

    `meaning` is Markdown, `default` the value without it; where that depends on others, `otherwise` says on
    what. `array` is what JSON Schema can say of all values of a repeated one together. `example` is a value
    that finds something in the documents of seeds/.
    """

    name: str
    meaning: str
    kind: Kind
    default: Any = None
    repeated: bool = False
    required: bool = False
    otherwise: str = ""
    example: str = ""
    array: JsonSchema = field(default_factory=dict, hash=False)

    @property
    def default_text(self) -> str:
        """The default as a URL has it, or what holds without the parameter; empty if neither is stated."""
        return self.otherwise if self.default is None else str(self.default).lower()

    def schema(self) -> JsonSchema:
        """What it can be, as JSON Schema, with its default."""
        values = self.kind.schema()
        if self.default is not None:
            values = values | {"default": self.default}
        return {"type": "array", "items": values} | self.array if self.repeated else values


@dataclass(frozen=True, slots=True)
class ParameterTable:
    """The parameters of an endpoint; messages say that there is no other in this `place`."""

    parameters: Sequence[Parameter] = ()
    place: str = "here"
    by_name: dict[str, Parameter] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {item.name: item for item in self.parameters})

    def read(self, pairs: Iterable[tuple[str, str]]) -> Values:
        """The names and values of URL parameters, in their order.

        Raises ParameterError, naming the parameter, if one is unknown, repeated though it has one value only,
        out of range, or missing though it is required: nothing is corrected silently.
        """
        values: Values = []
        once: set[str] = set()
        for name, value in pairs:
            if (parameter := self.by_name.get(name)) is None:
                raise ParameterError(name, f"There is no parameter {name!r}{self._instead()}.")
            if name in once:
                message = Message("The parameter %(name)s can be given only once.", name=repr(name))
                raise ParameterError(name, message)
            if not parameter.repeated:
                once.add(name)
            values.append((name, parameter.kind.read(name, value)))
        for parameter in self.parameters:
            if parameter.required and parameter.name not in dict(values):
                meaning = without_links(parameter.meaning).replace("`", "")
                raise ParameterError(
                    parameter.name, f"The parameter {parameter.name!r} must be given: {meaning}."
                )
        return values

    def _instead(self) -> str:
        place = f" {self.place}" if self.place else ""
        return f"{place}; there are {', '.join(self.by_name)}" if 0 < len(self.by_name) <= _FEW else place


def split_off(values: Values, parameter: Parameter) -> tuple[Any, Values]:
    """The value of one parameter among those that were given, or its default; and the others."""
    given = dict(values).get(parameter.name, parameter.default)
    return given, [item for item in values if item[0] != parameter.name]


@dataclass(frozen=True, slots=True)
class Text:
    """Any text of `longest` characters at most; `refusal` is the message for a longer one.

    `worded`: white space alone is none.
    """

    longest: int
    refusal: Message = Message("%(name)s can have %(longest)s characters at most.")  # noqa: RUF009
    worded: bool = False

    def read(self, name: str, value: str) -> str:
        """The text, with a question mark for half of a surrogate pair, which cannot be encoded."""
        value = value.encode("utf-8", "replace").decode()
        if len(value) > self.longest:
            message = self.refusal.having(name=name, length=len(value), longest=self.longest)
            raise ParameterError(name, message)
        if self.worded and not value.strip():
            raise ParameterError(name, Message("%(name)s must have a word to look for.", name=name))
        return value

    def schema(self) -> JsonSchema:
        """Characters are counted as JSON Schema counts them: code points."""
        worded = {"pattern": r"\S"} if self.worded else {}
        return {"type": "string", "maxLength": self.longest} | worded


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number from `lowest` to `highest`."""

    highest: int
    lowest: int = 1

    def read(self, name: str, value: str) -> int:
        """The number, written in ASCII digits alone."""
        written = value.isascii() and value.isdigit() and len(value) < 10
        if not (written and self.lowest <= int(value) <= self.highest):
            message = Message(
                "%(name)s must be a whole number from %(lowest)s to %(highest)s, not %(value)s.",
                name=name, lowest=self.lowest, highest=self.highest, value=repr(value),
            )  # fmt: skip
            raise ParameterError(name, message)
        return int(value)

    def schema(self) -> JsonSchema:
        """The bounds."""
        return {"type": "integer", "minimum": self.lowest, "maximum": self.highest}


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some words."""

    values: Sequence[str]

    def read(self, name: str, value: str) -> str:
        """The word itself."""
        if value not in self.values:
            message = Message(
                "%(name)s must be one of %(values)s, not %(value)s.",
                name=name, values=", ".join(self.values), value=repr(value),
            )  # fmt: skip
            raise ParameterError(name, message)
        return value

    def schema(self) -> JsonSchema:
        """The words."""
        return {"type": "string", "enum": list(self.values)}


@dataclass(frozen=True, slots=True)
class Truth:
    """`true` or `false`."""

    def read(self, name: str, value: str) -> bool:
        """The truth value."""
        if value not in {"true", "false"}:
            message = Message("%(name)s must be true or false, not %(value)s.", name=name, value=repr(value))
            raise ParameterError(name, message)
        return value == "true"

    def schema(self) -> JsonSchema:
        """A JSON boolean is written so in a URL."""
        return {"type": "boolean"}
