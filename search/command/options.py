"""The options of `opis-search`, made of the parameters of a search: `date_from` is `--date-from`."""

import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import click

from search.errors import ParameterError
from search.parameters.filters import filter_parameters
from search.parameters.parameter import Parameter, without_links
from search.parameters.question import (
    PER_PAGE,
    QUERY,
    SORT,
    matching_parameters,
    search_parameters,
    to_parameters,
)
from search.request import Question
from search.schema import Schema

Command = Callable[..., None]
Again = Callable[[Question], str]
"""Gives the command that asks a question of the same index."""

_SCHEMA = Schema()  # facets, and with them options, are the same under every schema
_PARAMETERS = {item.name: item for item in search_parameters(_SCHEMA).parameters if item.name != QUERY.name}
_DATES = ("date", "date_from", "date_to")
_FILTERS = frozenset(item.name for item in filter_parameters(_SCHEMA))
_OF_ALL_RESULTS = {item.name for item in (*matching_parameters(_SCHEMA), SORT, PER_PAGE)}
LIMIT = "--limit"
"""The option for the number of results: `per_page` of a search, and the same where there are no pages."""
_LIMIT_HELP = "Results on a page, up to 100; all documents of an export at most; or hits of each query."


class SearchCommand(click.Command):
    """A command whose help has sections for the filters and the facets of a search."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line. Raises click.UsageError; for a query that looks so, with the cure."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name.startswith("--"):
                raise
            cure = "A query that begins with a hyphen stands behind --, after all options."
            raise click.UsageError(f"{error.format_message()} {cure}", ctx) from error

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options in three sections."""
        filters = {option_name(name) for name in _FILTERS}
        sections: dict[str, list[tuple[str, str]]] = {"Options": [], "Filters": [], "Facets": []}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record and isinstance(param, click.Option):
                name = param.opts[0]
                is_facet = name.startswith("--facet") or name == "--date-interval"
                sections["Filters" if name in filters else "Facets" if is_facet else "Options"].append(record)
        for title, records in sections.items():
            with formatter.section(title):
                formatter.write_dl(records)


def option_name(parameter: str) -> str:
    """The option of a parameter of this name."""
    return LIMIT if parameter == PER_PAGE.name else f"--{re.sub('[._]', '-', parameter)}"


OF_A_PAGE = tuple(option_name(name) for name in _PARAMETERS if name not in _OF_ALL_RESULTS)
"""The options that concern one page of results, or what it shows."""


def search_options(command: Command) -> Command:
    """Add to a command an option for each parameter of a search but its query."""
    for parameter in reversed(_PARAMETERS.values()):
        command = click.option(
            option_name(parameter.name),
            multiple=parameter.repeated,
            metavar=_metavar(parameter),
            help=_help(parameter),
            shell_complete=partial(completed, _values(parameter)),
        )(command)
    return command


def given_pairs(options: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The URL parameters (name, value) that a command was given with `search_options`."""
    for name, parameter in _PARAMETERS.items():
        value = options[option_name(name).lstrip("-").replace("-", "_")]
        for item in value if parameter.repeated else [value]:
            if item is not None:
                yield name, item


def in_options(error: ParameterError) -> ParameterError:
    """The error with the names of options in the place of those of parameters."""
    names = "|".join(re.escape(name) for name in _PARAMETERS if "_" in name or name == error.parameter)
    named = re.sub(rf"^{re.escape(error.parameter)}\b|\b({names})\b", _named, str(error))
    return ParameterError(error.parameter, named)


def _named(found: re.Match[str]) -> str:
    return option_name(found[0]) if found[0] in _PARAMETERS else found[0]


def command_line(question: Question, others: Sequence[str] = ()) -> str:
    """The command that asks a question, quoted for a shell; `others` are options that no question has."""
    options = [
        part
        for name, value in to_parameters(question)
        if name != QUERY.name
        for part in (option_name(name), value)
    ]
    if question.text.startswith("-"):
        return shlex.join(["opis-search", *options, *others, "--", question.text])
    return shlex.join(["opis-search", *([question.text] if question.text else []), *options, *others])


def _values(parameter: Parameter) -> Sequence[str]:
    """The words that a parameter can be; none where it can be any text."""
    described = parameter.kind.schema()
    return ("true", "false") if described["type"] == "boolean" else described.get("enum", ())


def completed(
    words: Sequence[str], _context: click.Context, _option: click.Parameter, typed: str
) -> list[str]:
    """The words that begin with what was typed, as `shell_complete` of an option."""
    return [word for word in words if word.startswith(typed)]


def _metavar(parameter: Parameter) -> str:
    if parameter.kind.schema()["type"] == "integer":
        return "N"
    if parameter.name in _DATES:
        return "DATE"
    return "VALUE" if _values(parameter) and not parameter.repeated else "NAME"


def _help(parameter: Parameter) -> str:
    """The meaning of a parameter without its Markdown, as a sentence, and the default."""
    if parameter.name == PER_PAGE.name:
        return _LIMIT_HELP
    plain = without_links(parameter.meaning.removeprefix("`true` or `false`: "))
    plain = plain[0].upper() + plain[1:]  # which leaves a word in backticks as it is
    default = parameter.default_text
    return f"{plain}.{f'  [default: {default}]' if default else ''}".replace("`", "")
