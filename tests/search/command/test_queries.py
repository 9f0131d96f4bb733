"""`opis-search --queries`: a list of names or queries in one run.

1. Each query of the file has a row for each of its hits, or one without a hit; in the order of the file.
2. A list is read whoever wrote it: byte order mark, line ends, empty lines, comments, standard input.
3. A query that cannot be answered has a row that says why; the others are answered, and the exit code is 1.
4. All words must match unless --match is given: a total is that of the strict search.
5. No cell is a formula, whatever the documents and the queries hold; CSV and JSON hold the same.
"""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.command.query_list import ListedQuery, listed_queries
from search.command.query_rows import QueryList, QueryRow, as_csv, as_json_lines
from search.engines.memory import MemoryEngine
from search.errors import SettingsError
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import document, fill
from tests.search.command.conftest import Run

COLUMNS = ["query", "total", "id", "title", "date", "passage", "link", "error"]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def listed(data: bytes) -> list[str]:
    return [query.text for query in listed_queries(io.BytesIO(data), "names.txt")]


def test_1_the_best_hit_of_each(run: Run, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Kuznetsov\nMolotov\narmistice\n", encoding="utf-8")
    found = run("--queries", str(names))
    assert found.exit_code == 0
    assert found.stdout.splitlines()[0].removeprefix("\ufeff") == ",".join(COLUMNS)
    assert table(found.stdout) == [
        dict(zip(COLUMNS, row, strict=True))
        for row in (
            ("Kuznetsov", "1", "a", "Telegram", "1953-07-29", "Kuznetsov", "/documents/a?q=Kuznetsov", ""),
            ("Molotov", "0", "", "", "", "", "", ""),
            ("armistice", "2", "b", "Report on the armistice", "", "War.", "/documents/b?q=armistice", ""),
        )
    ]


def test_1_several_hits_of_each_with_filters_and_order(run: Run) -> None:
    found = run(
        "--queries", "-", "--format", "jsonl", "--limit", "5", "--sort", "title", stdin="armistice\nwar"
    )
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    assert [(row["query"], row["total"], row["id"]) for row in rows] == [
        ("armistice", 2, "b"),
        ("armistice", 2, "a"),
        ("war", 1, "b"),
    ]
    found = run("--queries", "-", "--author", "Kuznetsov", "--format", "jsonl", stdin="armistice\nwar")
    assert [(row["total"], row["id"]) for row in map(json.loads, found.stdout.splitlines())] == [
        (1, "a"),
        (0, None),
    ]


@pytest.mark.parametrize(
    ("data", "queries"),
    [
        (b"", []),
        (b"Mao", ["Mao"]),
        (b"\xef\xbb\xbfMao\r\nZhou Enlai\r\n", ["Mao", "Zhou Enlai"]),
        (b"Mao\rZhou Enlai\r", ["Mao", "Zhou Enlai"]),
        (b"# people\n\n  \t\n  Mao  \n#Zhou\n", ["Mao"]),
        ("Мао\n毛泽东\nماو\n".encode(), ["Мао", "毛泽东", "ماو"]),
        (b'"Mao Zedong"\n-draft +armistice\n', ['"Mao Zedong"', "-draft +armistice"]),
    ],
)
def test_2_lists(data: bytes, queries: list[str]) -> None:
    assert listed(data) == queries


def test_2_utf_16_is_named() -> None:
    with pytest.raises(SettingsError, match="is in UTF-16; save it as text in UTF-8"):
        listed("Mao\n".encode("utf-16"))


def test_2_a_line_of_any_length_is_one_query() -> None:
    long = b"armistice " * 500_000
    queries = list(listed_queries(io.BytesIO(b"Mao\n" + long + b"\nZhou"), "names.txt"))
    assert [bool(query.problem) for query in queries] == [False, True, False]
    assert len(queries[1].text) < 2000


@given(st.binary(max_size=200).filter(lambda data: not data.startswith((b"\xff\xfe", b"\xfe\xff"))))
def test_2_no_list_ends_a_run(data: bytes) -> None:
    queries = list(listed_queries(io.BytesIO(data), "names.txt"))
    assert all(query.text and query.text.encode() for query in queries)


def test_3_what_cannot_be_answered(run: Run) -> None:
    found = run(
        "--queries", "-", stdin=b"armistice\n" + b"x" * 1500 + b"\n" + b"y" * 5000 + b"\nM\xfcller\nwar\n"
    )
    assert found.exit_code == 1
    rows = table(found.stdout)
    assert [row["total"] for row in rows] == ["2", "", "", "", "1"]
    assert ["1,000" in row["error"] for row in rows] == [False, True, True, False, False]
    assert "not in UTF-8" in rows[3]["error"]
    assert found.stderr.splitlines()[-1] == (
        "3 of 5 queries could not be answered; the column error says why."
    )


def test_3_too_costly() -> None:
    searcher = Searcher(fill(MemoryEngine(Schema()), [document("a", "armistice " * 5)]), max_cost=0)
    answers = QueryList(searcher, [("per_page", "1")])
    [row] = answers.rows([ListedQuery("armistice")])
    assert (row.total, answers.refused) == (None, 1)
    assert row.error
    assert "would read" in row.error


def test_4_nothing_is_relaxed(run: Run) -> None:
    strict = run("--queries", "-", "--format", "jsonl", stdin="armistice zeppelin")
    assert json.loads(strict.stdout)["total"] == 0
    lenient = run("--queries", "-", "--format", "jsonl", "--match", "any", stdin="armistice zeppelin")
    assert json.loads(lenient.stdout)["total"] == 2


@pytest.mark.parametrize(
    "title", ["=HYPERLINK(1)", "@SUM(A1)", "+1\n-2", "-2", "\t=1", '"=1"', "\x1b]0;x\x07 title"]
)
def test_5_no_formula(title: str) -> None:
    searcher = Searcher(fill(MemoryEngine(Schema()), [document("a", f"{title} armistice", title=title)]))
    rows = list(
        QueryList(searcher, [("per_page", "1")]).rows([ListedQuery("armistice"), ListedQuery("=1+1")])
    )
    [first, second] = table(b"".join(as_csv(rows)).decode())
    for cell in [*first.values(), *second.values()]:
        assert not cell.startswith(("=", "+", "-", "@", "\t"))
        assert "\x1b" not in cell
    assert [json.loads(line) for line in b"".join(as_json_lines(rows)).splitlines()] == [
        {name: getattr(row, name) for name in COLUMNS} for row in rows
    ]
    assert tuple(COLUMNS) == QueryRow.__struct_fields__
