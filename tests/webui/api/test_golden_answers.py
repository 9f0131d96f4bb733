"""The bodies of the JSON API, key for key and in order, as tests/golden/answers.json has them.

After a change that is meant, run this module with `--update` and read the difference.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from search.document import Block, Document
from tests.webui.conftest import DOCUMENTS, app_with, dated

GOLDEN = Path(__file__).parents[2] / "golden" / "answers.json"
REQUESTS = (
    "/api/v1/search",
    "/api/v1/search?q=armistice+talks",
    "/api/v1/search?q=armistice&author=Kuznetsov&author=V.M.+Molotov&not.subject=Peace&facet=author&facet=subject",
    "/api/v1/search?q=armistice&date=1953&date_match=within&facet=date&facet_limit=3&date_interval=month",
    "/api/v1/search?q=armistice+4+July+1953&expand=true&highlight=false&fields=title,id,score",
    "/api/v1/search?q=armistice&sort=title&page=2&per_page=2",
    "/api/v1/search?q=telegram+from+Molotov&missing=place&undated=include",
    "/api/v1/search?q=zeppelin&match=all&author=Kuznetsov",
    "/api/v1/search?q=zeppelin+armistice&date_from=1953&date_to=1954-02",
    "/api/v1/search?q=armistise+(draft",
    "/api/v1/search?q=armistice+talks+korean&fields=highlights,id",
    "/api/v1/search?folder=Box+1&parent=letter&facet=folder&facet=parent",
    "/api/v1/documents/molotov",
    "/api/v1/documents/letter",
    "/api/v1/documents/note",
    "/api/v1/documents/nowhere",
    "/api/v1/documents/molotov?q=armistice",
    "/api/v1/documents/molotov/search?q=armistice+delay&per_page=2&page=2",
    "/api/v1/documents/letter/search?q=enclosure",
    "/api/v1/documents/letter/search",
    "/api/v1/documents/letter/search?q=a&author=b",
    "/api/v1/documents/letter/similar?limit=2",
    "/api/v1/documents/letter/similar?limit=21",
    "/api/v1/documents/letter/similar?limit=1&limit=1",
    "/api/v1/documents/letter/similar?q=a",
    "/api/v1/facets/author?q=armistice",
    "/api/v1/facets/author?order=value&prefix=k&per_page=1&author=Kuznetsov",
    "/api/v1/facets/date?date_interval=month&page=1",
    "/api/v1/facets/date?order=value",
    "/api/v1/facets/author?date_interval=month",
    "/api/v1/facets/author?page=0",
    "/api/v1/facets/author?page=1&page=2",
    f"/api/v1/facets/author?prefix={'x' * 101}",
    "/api/v1/facets/colour",
    "/api/v1/suggest?q=kuz",
    "/api/v1/suggest?q=a&limit=0",
    "/api/v1/suggest?q=a&q=b",
    "/api/v1/search?colour=red",
    "/api/v1/search?author=",
    "/api/v1/search?missing=colour",
    "/api/v1/search?facet=colour",
    "/api/v1/search?facet_limit=101",
    "/api/v1/search?page=1001",
    "/api/v1/search?sort=up",
    "/api/v1/search?expand=1",
    "/api/v1/search?fields=id,body",
    "/api/v1/search?date=yesterday",
    "/api/v1/search?date_from=1951..1952",
    "/api/v1/search?date_from=1955&date_to=1945",
    f"/api/v1/search?q={'x' * 1001}",
    "/healthz",
)
WITH_PARTS = (
    Document(
        "letter",
        "Letter with an enclosure",
        "HEADING\n\nThe enclosure is the draft of an armistice, and of talks at Panmunjom.",
        dated("before 1954", "1953", "uncertain"),
        authors=("Anna Berg", "Karl Holm"),
        blocks=(Block("heading", 0, 7, level=2, page="1"), Block("paragraph", 9, 78, page="2")),
        extra={"Box label": "Drafts <1>"},
        folder="Box 1/Folder 3",
        files=("Box 1/Folder 3/letter.eml", "Box 1/Folder 3/letter.pdf"),
        source="Box 1/Folder 3/letter.eml",
        indexed=1_700_000_000,
    ),
    Document(
        "enclosure",
        "The enclosure",
        "The enclosure is the draft of an armistice, and of talks at Panmunjom.",
        folder="Box 1/Folder 3",
        parent="letter",
        source="Box 1/Folder 3/letter.eml#1",
    ),
)


@pytest.fixture(scope="module")
def golden(pytestconfig: pytest.Config) -> Iterator[dict[str, Any]]:
    if not pytestconfig.getoption("update"):
        yield json.loads(GOLDEN.read_text(encoding="utf-8"))
        return
    answers: dict[str, Any] = {}
    yield answers
    GOLDEN.write_text(json.dumps(answers, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def archive() -> FlaskClient:
    return app_with([*DOCUMENTS, *WITH_PARTS]).test_client()


def steady(body: Any) -> Any:
    """A body without the values that another run has otherwise."""
    if "took_ms" in body:
        body["took_ms"] = 0.0
    if "version" in body:
        body["version"] = "0"  # which another release need not change here
    for commit in (body, body.get("index", {})):
        for key in ("generation", "updated"):
            if key in commit:
                commit[key] = ""
    return body


@pytest.mark.parametrize("address", REQUESTS)
def test_a_body_is_as_it_was(
    archive: FlaskClient, golden: dict[str, Any], address: str, pytestconfig: pytest.Config
) -> None:
    response = archive.get(address)
    found = [response.status_code, response.content_type, steady(json.loads(response.data))]
    if pytestconfig.getoption("update"):
        golden[address] = found
    assert json.dumps(found) == json.dumps(golden[address])
