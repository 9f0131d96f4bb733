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
        "     Undated",
        "       War.",
        "     b",
        "",
        "  2. Telegram",
        "     1953-07-29 · Kuznetsov",
        "       The armistice talks.",
        "     a",
        "",
        "Author",
        "       1  Kuznetsov",
        "       1  No author",
    ]


def test_what_a_query_may_mean(index: str) -> None:
    run = CliRunner().invoke(main, ["armistice July 1953", "--index", index, "--match", "any"])
    command = f"opis-search 'armistice July 1953' --date 1953-07 --match any --index {index}"
    assert run.output.splitlines()[:3] == [
        "2 documents",
        "  Any of the words",
        f"  1 document of July 1953; it comes first: {command}",
    ]


def test_more_stands_under_a_line_of_its_own(index: str) -> None:
    run = CliRunner().invoke(main, ["armistice", "talks", "--index", index])
    assert run.output.splitlines()[:2] == ["1 document", ""]
    assert run.output.splitlines()[-6:] == [
        "1 more document with some of these words",
        "",
        "  2. Report on the armistice",
        "     Undated",
        "       War.",
        "     b",
    ]


def test_a_relaxed_search_is_counted_honestly(index: str) -> None:
    run = CliRunner().invoke(main, ["armistice", "zeppelin", "--index", index])
    assert run.output.splitlines()[:4] == [
        "2 documents with some of these words, 0 with all",
        "  No document has all the words; these have some of them, those with most of them first.",
        "  Each by itself: armistice 2, zeppelin 0",
        "",
    ]


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
    assert run.output.splitlines()[-2:] == [
        "In similar spellings of every word, 21 documents:",
        f"  opis-search 'Khruschev~1' --index {url}",
    ]
    body = json.loads(CliRunner().invoke(main, ["Khruschev", "--index", url, "--json"]).output)
    assert body["suggestion"] == "Khrushchev"
    assert body["similar_spellings"] == {"text": "Khruschev~1", "count": 21, "url": "/search?q=Khruschev~1"}


def test_pages_say_where_they_are_and_how_to_go_on(index: str) -> None:
    run = CliRunner().invoke(main, ["--limit", "1", "--sort", "title", "--index", index])
    assert run.output.splitlines()[0] == "2 documents; here is 1"
    assert run.output.splitlines()[-1] == "Page 1 of 2; the next: --page 2"
    run = CliRunner().invoke(main, ["--limit", "1", "--sort", "title", "--page", "2", "--index", index])
    assert run.output.splitlines()[:3] == ["2 documents; here is 2", "", "  2. Telegram"]
    assert "the next" not in run.output
    run = CliRunner().invoke(main, ["--limit", "1", "--page", "3", "--index", index])
    assert run.output.splitlines() == ["2 documents; there is no page 3, the last is 2"]


def test_an_empty_result_is_explained_as_on_pages(index: str) -> None:
    run = CliRunner().invoke(main, ["talks", "war", "--match", "all", "--index", index])
    assert run.output.splitlines() == [
        "No document matches",
        "  All words must match",
        "  Each part of the query is found by itself, but no document meets the whole of it. All words had "
        "to match, as asked; nothing was left out of the query. All 2 documents were searched.",
        "",
        "Each part of the query by itself",
        "        1  talks",
        "        1  war",
        "        0  together",
        "",
        "The same search",
        "        2  with any of the words",
        f"           opis-search 'talks war' --match any --index {index}",
    ]
    run = CliRunner().invoke(main, ["war", "--author", "Kuznetsov", "--index", index])
    assert f"        1  without Author: Kuznetsov\n           opis-search war --index {index}\n" in run.output


def test_an_empty_index_says_what_to_do(tmp_path: Path, schema: Schema) -> None:
    url = f"auto:{tmp_path / 'empty'}"
    fill(open_engine(url, schema, create=True), []).close()
    run = CliRunner().invoke(main, ["war", "--index", url])
    assert run.output.splitlines()[-1] == "  There are no documents here yet: opis-index FOLDER"


def test_the_receipt_stands_below_the_results(index: str) -> None:
    run = CliRunner().invoke(main, ["armistice", "--date-from", "1953", "--receipt", "--index", index])
    assert run.exit_code == 0
    receipt = run.output.partition("\n\nSearch: ")[2].splitlines()
    assert "Found: 1 of 2 documents: 1 certainly of these dates, 0 possibly" in receipt
    assert receipt[-1] == "Address: /search?q=armistice&date_from=1953"


@pytest.mark.parametrize(("form", "begins"), [("csv", "\ufeffid,"), ("jsonl", '{"id"'), ("ris", "TY  - ")])
def test_all_results_as_a_file(index: str, form: str, begins: str) -> None:
    run = CliRunner().invoke(main, ["armistice", "--format", form, "--index", index])
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout.startswith(begins)


def test_a_limit_and_an_order_of_an_export(index: str) -> None:
    arguments = ["--format", "jsonl", "--sort", "title", "--index", index]
    ids = [json.loads(line)["id"] for line in CliRunner().invoke(main, arguments).stdout.splitlines()]
    assert ids == ["b", "a"]
    limited = CliRunner().invoke(main, [*arguments, "--limit", "1"])
    assert [json.loads(line)["id"] for line in limited.stdout.splitlines()] == ["b"]


def test_a_relaxed_export_says_so(index: str) -> None:
    run = CliRunner().invoke(main, ["armistice zeppelin", "--format", "jsonl", "--index", index])
    assert len(run.stdout.splitlines()) == 2
    assert run.stderr == "No document has all the words: those with some of them are written.\n"
