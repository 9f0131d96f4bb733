"""Which tools are there? What assistants are told of them, with parameters from the tables of the API."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from search.api.endpoints import DOCUMENT_ID
from search.archive import Archive
from search.assistant.reading import DEFAULT_PART, find, read, similar
from search.assistant.searching import list_values, search
from search.assistant.tool_answer import ToolAnswer
from search.errors import ParameterError
from search.parameters.arguments import parameter_pairs
from search.parameters.document import SIMILAR_TO, WITHIN
from search.parameters.facet_listing import value_parameters
from search.parameters.filters import facet_name
from search.parameters.parameter import JsonSchema, Parameter, ParameterTable, WholeNumber, without_links
from search.parameters.question import PAGE, PER_PAGE, SORT, matching_parameters
from search.request import DATE
from search.schema import Schema

MAX_HITS = 50
"""Hits of one answer; an assistant has to read them all."""
MAX_PART = 20_000
"""Characters of a part of a text."""

_REPEATED = re.compile("; repeat for .*")


@dataclass(frozen=True, slots=True)
class AssistantTool:
    """A tool: what assistants are told of it, and what carries it out.

    `parameters` gives for a schema what it can be asked; `answer` is called with URL parameters that these
    can read, and raises SearchError.
    """

    name: str
    title: str
    description: str
    parameters: Callable[[Schema], Sequence[Parameter]]
    answer: Callable[[Archive, Sequence[tuple[str, str]]], ToolAnswer]

    def input_schema(self, schema: Schema) -> JsonSchema:
        """The arguments as JSON Schema: `not_author` is `not.author`, and a list what may be repeated."""
        parameters = self.parameters(schema)
        return {
            "type": "object",
            "properties": {item.name.replace(".", "_"): _property(item) for item in parameters},
            "required": [item.name for item in parameters if item.required],
            "additionalProperties": False,
        }


def call(archive: Archive, name: str, arguments: Mapping[str, Any]) -> ToolAnswer:
    """What a tool answers, from one commit. Raises SearchError: ParameterError if an argument is at fault."""
    tool = next((tool for tool in TOOLS if tool.name == name), None)
    if tool is None:
        known = ", ".join(tool.name for tool in TOOLS)
        raise ParameterError("name", f"There is no tool {name!r}; there are {known}.")
    table = ParameterTable(tool.parameters(archive.searcher.schema), place=f"of {name}")
    pairs = parameter_pairs({name: _list_of(value) for name, value in arguments.items()})
    table.read(pairs)
    with archive.searcher.engine.reading():
        return tool.answer(archive, pairs)


def _list_of(value: Any) -> Any:
    """The list that a text is the JSON of, as some clients send lists; else the value as it is."""
    if not (isinstance(value, str) and value.startswith("[") and value.endswith("]")):
        return value
    try:
        return msgspec.json.decode(value, type=list[str])
    except msgspec.DecodeError:
        return value


def _property(parameter: Parameter) -> JsonSchema:
    schema = parameter.kind.schema()
    if parameter.repeated:
        schema = {"type": "array", "items": schema}
    default = parameter.default_text
    meaning = _REPEATED.sub("", without_links(parameter.meaning))
    return schema | {"description": f"{meaning}; default: {default}" if default else meaning}


def _of_search(schema: Schema) -> Sequence[Parameter]:
    return (*matching_parameters(schema), SORT, PAGE, _at_most(MAX_HITS, "hits"))


def _of_reading(_schema: Schema) -> Sequence[Parameter]:
    part = f"the characters to read, 1–{MAX_PART:,}; the part ends with a paragraph or sentence before"
    return (
        DOCUMENT_ID,
        Parameter("offset", "the character to begin at", WholeNumber(999_999_999, lowest=0), 0),
        Parameter("limit", part, WholeNumber(MAX_PART), DEFAULT_PART),
    )


def _of_finding(_schema: Schema) -> Sequence[Parameter]:
    within = [item for item in WITHIN.parameters if item.name != PER_PAGE.name]
    return (DOCUMENT_ID, *within, _at_most(MAX_HITS, "matches"))


def _of_values(schema: Schema) -> Sequence[Parameter]:
    facet = Parameter("facet", "the facet", facet_name(schema), required=True)
    tables = value_parameters(schema), value_parameters(schema, DATE)
    return (facet, *{name: item for table in tables for name, item in table.by_name.items()}.values())


def _of_likeness(_schema: Schema) -> Sequence[Parameter]:
    return (DOCUMENT_ID, *SIMILAR_TO.parameters)


def _at_most(highest: int, what: str) -> Parameter:
    return replace(PER_PAGE, meaning=f"1–{highest} {what} on a page", kind=WholeNumber(highest))


TOOLS = (
    AssistantTool(
        "search",
        "Search the archive",
        "Finds documents by words, phrases, names, dates and filters. Returns a page of them, ranked, each "
        "with the passages that match, a citation and a permalink, and the exact total. Without q: all "
        'documents, newest first. q may hold words (in any form), "exact phrases", near phrases "a b"~5, '
        "prefix*, fuzzy~, =exact, author:name, title:word, date:1951..1953, AND, OR, NOT, +must, -not and "
        "(groups). All words must match; where no document has all, those with some are returned, and the "
        "answer says so. With match=all, a total of 0 means that the archive has no such document. Filters "
        "take the values that documents have, which list_facet_values lists.",
        _of_search,
        search,
    ),
    AssistantTool(
        "read_document",
        "Read a document",
        "Returns what is known of a document (title, date, people, reference, citation, permalink) and its "
        "text. A long text is read in parts: each answer says how many characters there are, and the offset "
        "of the next part.",
        _of_reading,
        read,
    ),
    AssistantTool(
        "find_in_document",
        "Find in a document",
        "Returns every match of a query in the text of one document, in order, each with its passage, its "
        "page where pages are known, and its offset, from which read_document reads around it.",
        _of_finding,
        find,
    ),
    AssistantTool(
        "list_facet_values",
        "List the values of a facet",
        "Lists the authors, recipients, subjects, places, collections, languages, types, folders or dates "
        "of the archive, or of a search with the same parameters, each with its exact number of documents. "
        "prefix finds how a name is written here; order=value lists in alphabetical order.",
        _of_values,
        list_values,
    ),
    AssistantTool(
        "similar_documents",
        "Find similar documents",
        "Returns the documents most like one, with the words that both have.",
        _of_likeness,
        similar,
    ),
)
"""The tools, in the order in which assistants see them."""
