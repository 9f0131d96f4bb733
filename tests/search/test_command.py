"""`opis-search`, as a person and as a program use it."""

import json
import logging
from pathlib import Path

import pytest
from click.testing import CliRunner

from search.__main__ import main
from search.engines import open_engine
from search.schema import Schema
from tests.archive import document, fill


@pytest.fixture
def index(tmp_path: Path, schema: Schema) -> str:
    url = f"auto:{tmp_path / 'index'}"
    documents = [
        document("a", "The armistice talks.", title="Telegram", authors=["Kuznetsov"], date="1953-07-29"),
        document("b", "War.", title="Report on the armistice"),
    ]
    fill(open_engine(url, schema, create=True), documents).close()
    return url


def test_for_a_person(index: str) -> None:
    run = CliRunner().invoke(main, ["armistice", "--index", index, "--facet", "author"])
    assert run.exit_code == 0
    assert run.output.splitlines() == [
        "2 documents",
        "",
        "  1. Report on the armistice",
        "     b",
        "       War.",
        "",
        "  2. Telegram",
        "     1953-07-29 · Kuznetsov",
        "     a",
        "       The armistice talks.",
        "",
        "Author",
        "       1  Kuznetsov",
        "       1  (none)",
    ]


def test_what_a_query_may_mean(index: str) -> None:
    run = CliRunner().invoke(main, ["armistice July 1953", "--index", index, "--match", "any"])
    assert run.output.splitlines()[:2] == ["2 documents", "  documents of July 1953 come first: 1"]


def test_more_stands_under_a_line_of_its_own(index: str) -> None:
    run = CliRunner().invoke(main, ["armistice", "talks", "--index", index])
    assert run.output.splitlines()[:2] == ["1 document", ""]
    assert run.output.splitlines()[-5:] == [
        "1 more document with some of these words",
        "",
        "  2. Report on the armistice",
        "     b",
        "       War.",
    ]


def test_a_relaxed_search_is_counted_honestly(index: str) -> None:
    run = CliRunner().invoke(main, ["armistice", "zeppelin", "--index", index])
    assert run.output.splitlines()[0] == "2 documents with some of these words; 0 with all"


def test_for_a_program(index: str) -> None:
    run = CliRunner().invoke(main, ["armistise", "talks", "--index", index, "--json"])
    answer = json.loads(run.output)
    assert answer["query"]["relaxed"]
    assert answer["suggestion"] == "armistice talks"
    assert [hit["id"] for hit in answer["hits"]] == ["a"]
    assert answer["links"]["self"] == "/api/v1/search?q=armistise+talks"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["x", "--index", "nowhere:x"], 2, "nowhere:x"),
        (["x", "--index", "auto:/nowhere/at/all"], 3, "opis-index"),
        (["x" * 2000], 2, "1,000"),
        (["x", "--facet", "colour"], 2, "colour"),
        (["x", "--settings", "nowhere.toml"], 2, "nowhere.toml"),
    ],
)
def test_errors_are_one_line(arguments: list[str], code: int, said: str) -> None:
    run = CliRunner().invoke(main, arguments)
    assert (run.exit_code, run.stdout) == (code, "")
    assert run.stderr.startswith("Error: ")
    assert said in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_explain(index: str) -> None:
    run = CliRunner().invoke(main, ["armistice", "talks", "--index", index, "--explain"])
    assert run.exit_code == 0
    headline, _, query, request, score = run.output.split("\n\n")
    assert headline == "1 document"
    assert query.splitlines() == [
        "Query",
        "  And",
        "    Term armistice, stem armistic",
        "    Term talks, stem talk",
    ]
    assert "  sort     relevance" in request.splitlines()
    assert "term armistice, stem armistic" in score


def test_explain_is_text(index: str) -> None:
    run = CliRunner().invoke(main, ["armistice", "--index", index, "--explain", "--json"])
    assert run.exit_code == 2
    assert "--explain" in run.stderr


def test_debug_logs_to_stderr_while_the_command_runs(index: str) -> None:
    quiet = CliRunner().invoke(main, ["armistice", "--index", index])
    run = CliRunner().invoke(main, ["armistice", "--index", index, "--debug"])
    assert quiet.stderr == ""
    assert run.stdout == quiet.stdout
    assert "search.answering.retrieval: understood 'armistice' as armistice" in run.stderr
    assert not logging.getLogger("search").handlers


def test_other_spellings_are_offered(tmp_path: Path, schema: Schema) -> None:
    url = f"auto:{tmp_path / 'spelled'}"
    spelled = [document(f"k{n}", "Khrushchev.") for n in range(20)] + [document("rare", "Khruschev.")]
    fill(open_engine(url, schema, create=True), spelled).close()
    run = CliRunner().invoke(main, ["Khruschev", "--index", url])
    assert run.output.splitlines()[:2] == ["1 document", "  Did you mean: Khrushchev"]
    assert run.output.splitlines()[-1] == "In similar spellings of every word, 21: Khruschev~1"
    body = json.loads(CliRunner().invoke(main, ["Khruschev", "--index", url, "--json"]).output)
    assert body["suggestion"] == "Khrushchev"
    assert body["similar_spellings"] == {"text": "Khruschev~1", "count": 21, "url": "/search?q=Khruschev~1"}
