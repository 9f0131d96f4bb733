"""Whatever arguments a tool is called with, it answers, or says in a sentence what is wrong with which.

No argument that it has is refused as unknown.
"""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.archive import Archive
from search.assistant.tools import TOOLS, AssistantTool, call
from search.errors import ParameterError, SearchError
from search.schema import Schema

TEXT = st.text(st.characters(), max_size=30)  # with lone surrogates
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
LIKELY = st.sampled_from(
    ["telegram", "long", "armistice", "Kuznetsov", "1953", "author", "date", "all", "1", 2]
)
VALUES = (
    LIKELY | st.lists(LIKELY | SCALARS, max_size=3) | SCALARS | st.dictionaries(TEXT, SCALARS, max_size=2)
)


def arguments_of(tool: AssistantTool) -> st.SearchStrategy[dict[str, Any]]:
    schema = tool.input_schema(Schema())
    required = st.fixed_dictionaries(dict.fromkeys(schema["required"], LIKELY))
    names = st.sampled_from(sorted(schema["properties"]))
    more = st.dictionaries(names, LIKELY, max_size=2) | st.dictionaries(names | TEXT, VALUES, max_size=3)
    return st.builds(lambda first, then: first | then, required, more)


@pytest.mark.slow
@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
@settings(max_examples=100)
@given(st.data())
def test_it_answers_or_says_what_is_wrong(archive: Archive, tool: AssistantTool, data: st.DataObject) -> None:
    arguments = data.draw(arguments_of(tool))
    told: object
    try:
        answer = call(archive, tool.name, arguments)
        told = json.dumps(answer.data, ensure_ascii=False).encode("utf-8"), answer.text.encode("utf-8")
    except SearchError as error:
        told = str(error)
    assert told


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_it_takes_every_argument_that_it_has(archive: Archive, tool: AssistantTool) -> None:
    schema = tool.input_schema(Schema())
    given = {"id": "telegram", "q": "armistice", "facet": "author"}
    required = {name: given[name] for name in schema["required"]}
    for name, described in schema["properties"].items():
        value = {name: described.get("enum", ["1953"])[0]}
        facets: list[dict[str, str]] = (
            [{"facet": "author"}, {"facet": "date"}] if "facet" in required else [{}]
        )
        assert any(is_known(archive, tool, required | facet | value) for facet in facets), name


def is_known(archive: Archive, tool: AssistantTool, arguments: dict[str, Any]) -> bool:
    try:
        call(archive, tool.name, arguments)
    except ParameterError as error:
        return "There is no parameter" not in str(error)
    except SearchError:
        pass
    return True
