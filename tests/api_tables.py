"""The parts of docs/api.md that are written from tables of search/api: addresses, parameters and errors."""

import re
from collections.abc import Iterable
from itertools import groupby
from textwrap import fill

from search.api.endpoints import ENDPOINTS, PAGES
from search.api.problems import PROBLEMS
from search.parameters.parameter import Parameter
from search.parameters.question import matching_parameters, search_parameters
from search.schema import Schema

SECTIONS = {
    "## Search": ("search",),
    "## The receipt of a search": ("search_receipt",),
    "## Export": ("export",),
    "## All values of a facet": ("facets_name",),
    "### Inside a document": ("documents_id_search",),
    "### Similar documents": ("documents_id_similar",),
    "### Citation": ("documents_id_citation",),
    "## Suggestions": ("suggest",),
}
"""Heading -> the endpoints whose parameters its table has, those of a search left out where all are taken."""
WITHOUT_A_TABLE = {"facets_date", "search_atom"}
"""Endpoints whose parameters are said in a sentence, being those of others."""


def rewritten(page: str) -> str:
    """The page with its addresses, its tables of parameters and its errors as search/api has them."""
    page = _with_table(page, "# The JSON API", _addresses())
    for heading, names in SECTIONS.items():
        page = _with_table(page, heading, _parameters(names))
    before, heading, errors = page.partition("## Errors\n")
    return before + heading + errors.partition("\n### ")[0].rstrip() + "\n" + "".join(_errors())


def _with_table(page: str, heading: str, table: str) -> str:
    """The page with another table in place of the first one below a heading that has the same header."""
    start, header = page.index(f"{heading}\n"), re.escape(table.partition("\n")[0])
    rows = re.compile(rf"^{header}\n(?:\|.*\n)+", re.MULTILINE).search(page, start)
    assert rows is not None, f"Under {heading!r} stands no table."
    return page[: rows.start()] + table + page[rows.end() :]


def _addresses() -> str:
    rows = [(endpoint.path, endpoint.summary) for endpoint in ENDPOINTS] + list(PAGES.items())
    lines = "".join(f"| `{path}` | {gives} |\n" for path, gives in rows)
    return "| address | gives |\n|---|---|\n" + lines.replace("{", "<").replace("}", ">")


def _parameters(endpoints: Iterable[str]) -> str:
    """One row for neighbours that mean the same; of `not.author`, `not.place` …, the first stands for all."""
    schema = Schema()
    of_search, matching = set(search_parameters(schema).parameters), set(matching_parameters(schema))
    own: dict[str, Parameter] = {}
    for endpoint in ENDPOINTS:
        if endpoint.name in endpoints:
            parameters = endpoint.parameters(schema).parameters
            if endpoint.name != "search" and matching <= set(parameters):
                parameters = [item for item in parameters if item not in of_search]
            own |= {item.name: item for item in parameters}
    lines = []
    for (meaning, default), group in groupby(own.values(), lambda item: (item.meaning, _default(item))):
        names = [item.name for item in group]
        dotted = len(names) > 1 and all("." in name for name in names)
        shown = f"`{names[0]}` …" if dotted else " ".join(f"`{name}`" for name in names)
        lines.append(f"| {shown} | {meaning} | {default} |\n".replace("|  |", "| |"))
    return "| parameter | meaning | default |\n|---|---|---|\n" + "".join(lines)


def _default(parameter: Parameter) -> str:
    match parameter.default:
        case None if parameter.required:
            return "must be given"
        case None:
            return parameter.otherwise
        case bool() as value:
            return f"`{str(value).lower()}`"
        case str() as value:
            return f"`{value}`"
        case value:
            return str(value)


def _errors() -> Iterable[str]:
    for item in PROBLEMS.values():
        yield f"\n### `{item.code}`\n\n{fill(f'{item.title} ({item.status}). {item.meaning}', 110)}\n"
