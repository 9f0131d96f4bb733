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
