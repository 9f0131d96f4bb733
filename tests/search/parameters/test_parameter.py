"""A kind of parameter reads what its schema describes.

1. What is read is valid by the schema; what the schema describes is read, but for leap days and dates in the
   wrong order.
2. A table names its parameters where there are few, and refuses a second value of one that has one.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from search.errors import ParameterError
from search.parameters.document import SIMILAR_TO
from search.parameters.facet_listing import value_parameters
from search.parameters.parameter import Kind, Parameter, ParameterTable, Truth, WholeNumber
from search.parameters.question import SUGGEST, search_parameters
from search.schema import Schema

TABLES = (search_parameters(Schema()), value_parameters(Schema()), SUGGEST, SIMILAR_TO)
PARAMETERS = {item.kind: item for table in TABLES for item in table.parameters}.values()
"""One of each kind."""
NEAR = (
    "", " ", "a", "0", "1", "01", "+1", "1.0", "10000", "10001", "1e3", "١", "true", "True", "1951",
    "1951-07", "1951-7", "1951-02-31", "1951-06-31", "1951-12-31", "1950s", "1955s", "1951..", "..1951", "..",
    "1951..1953-07", "-0044-03-15", "19511", "all", "ALL", "author", "none", "date", "title", "id",
    "id,title", "id,,title", "id ", "x" * 100, "x" * 101, "x" * 1001, "\x00", "\ud800", "é",
)  # fmt: skip
EXAMPLES = st.sampled_from(NEAR) | st.text(max_size=20) | st.from_regex(r"-?[0-9s-]{1,12}", fullmatch=True)


def as_json(kind: Kind, text: str) -> object:
    """What a text of a URL is to a JSON Schema of its kind."""
    text = text.encode("utf-8", "replace").decode()
    match kind:
        case WholeNumber():
            return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else text
        case Truth():
            return {"true": True, "false": False}.get(text, text)
        case _:
            return text


@pytest.mark.parametrize(
    ("parameter", "described"),
    [(item, Draft202012Validator(item.kind.schema())) for item in PARAMETERS],
    ids=[item.name for item in PARAMETERS],
)
@given(text=EXAMPLES)
def test_1_what_is_read_is_valid_and_the_reverse(
    parameter: Parameter, described: Draft202012Validator, text: str
) -> None:
    valid = described.is_valid(as_json(parameter.kind, text))
    assert is_read(parameter, text) == valid or (valid and ("..1" in text or "-02-29" in text))


def is_read(parameter: Parameter, text: str) -> bool:
    try:
        parameter.kind.read(parameter.name, text)
    except ParameterError:
        return False
    return True


def test_2_few_parameters_are_named() -> None:
    with pytest.raises(ParameterError, match=r"no parameter 'q' here; there are limit\."):
        SIMILAR_TO.read([("q", "a")])
    with pytest.raises(ParameterError, match=r"^There is no parameter 'colour'\.$"):
        TABLES[0].read([("colour", "red")])
    with pytest.raises(ParameterError, match=r"^There is no parameter 'q' here\.$"):
        ParameterTable().read([("q", "a")])


def test_2_one_value() -> None:
    with pytest.raises(ParameterError, match="only once"):
        SIMILAR_TO.read([("limit", "1"), ("limit", "1")])
