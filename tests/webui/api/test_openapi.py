"""/openapi.json is a valid description of every endpoint.

tests/reliability/test_described_requests.py holds the service to it.
"""

from flask.testing import FlaskClient
from openapi_spec_validator import validate

from search.api.endpoints import ENDPOINTS


def test_it_is_valid_and_complete(client: FlaskClient) -> None:
    found = client.get("/openapi.json").get_json()
    validate(found)
    assert found["openapi"].startswith("3.1")
    assert list(found["paths"]) == [endpoint.path for endpoint in ENDPOINTS]


def test_everything_is_described_in_markdown(client: FlaskClient) -> None:
    found = client.get("/openapi.json").get_json()
    operations = [item["get"] for item in found["paths"].values()]
    described = list(found["components"]["schemas"].values())
    for operation in operations:
        described += [*operation["parameters"], *operation["responses"].values()]
    for item in described:
        assert item["description"]
        assert "\n    " not in item["description"], "an indented line is code"
        assert "](" not in item["description"], "a relative link leads nowhere from here"
    assert len({op["operationId"] for op in operations}) == len(operations)


def test_headers_of_exports_are_those_that_answers_have(client: FlaskClient) -> None:
    described = client.get("/openapi.json").get_json()["paths"]["/api/v1/export"]["get"]["responses"]["200"]
    answer = client.get("/api/v1/export?format=csv")
    assert set(described["headers"]) == {
        "Opis-Total", "Opis-Relaxed", "Opis-Generation", "Content-Disposition",
    }  # fmt: skip
    assert set(described["headers"]) <= set(answer.headers.keys())
