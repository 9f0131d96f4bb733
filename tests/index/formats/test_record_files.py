"""Files of records: which delimiter, layout and encoding they have, and what a broken record costs.

1. Any delimiter, line end and encoding is recognised; a row may have too few cells, or empty ones too many.
2. A mutated line costs at most its own record: those behind it are read.
3. JSON is read as lines, as a list and as an object that holds one; what holds no records is skipped.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.extracted import BadRecord, Extracted, ReadError
from index.formats import ReadContext, format_of, why_not_read
from index.formats.records import lines
from tests.files import read, source_file, understood

TABLE = [
    ["Title", "Author", "Text"],
    ["Überfahrt", "Jörg; Anna", "Käse, Öl;\nWein\t| mehr"],
    ["B", "", '"so" heißt es'],
]


def table(delimiter: str) -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if set(text) & {delimiter, "\n", '"'} else text

    return "".join(delimiter.join(map(cell, row)) + "\n" for row in TABLE)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac-roman"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_1_delimiters_and_encodings(tmp_path: Path, delimiter: str, encoding: str, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(table(delimiter).replace("\n", end).encode(encoding))
    first, second = understood(path)
    assert (first.title, first.authors) == ("Überfahrt", ("Jörg", "Anna"))
    assert first.body.split() == ["Käse,", "Öl;", "Wein", "|", "mehr"]
    assert second.body == '"so" heißt es'


def test_1_old_line_ends_and_ragged_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"title,text\rA,one\rB\rC,three,,\r\r")
    assert [(one.title, one.body) for one in understood(tmp_path / "a.csv")] == [
        ("A", "one"), ("B", ""), ("C", "three"),
    ]  # fmt: skip


def test_1_cells_without_a_column_are_refused(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", b"title,text\nA,one, and more\nB,two\n")
    assert found[0] == BadRecord(1, "The row has 3 cells, but the first row names 2 columns.")
    assert isinstance(found[1], Extracted)


def test_1_what_stands_above_the_columns_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"Inventory of 1901,,\nTitle,Date,Text\nA,1852,one\n")
    context = ReadContext()
    file = source_file(tmp_path / "a.csv")
    form = format_of(file)
    assert form is not None
    assert len(list(form.read(file, context))) == 1
    assert context.remarks == ["What stands above the names of its columns is not read: Inventory of 1901."]


Mutate = Callable[[str], str]
CSV_MUTATIONS: list[Mutate] = [
    lambda line: line + ',"',
    lambda line: '"' + line,
    lambda line: line.replace(",", ',"', 1),
    lambda line: line + ",x,y,z",
    lambda line: "\0" + line,
    lambda line: line[: len(line) // 2],
    lambda line: '""",' + line,
]
JSON_MUTATIONS: list[Mutate] = [
    lambda line: line[:-2],
    lambda line: "[" * 700 + line + "]" * 700,
    lambda line: line.replace("}", ', "x": ' + "[" * 800 + "]" * 800 + "}"),
    lambda line: line.replace("}", ', "x": ' + "[" * 5000 + "]" * 5000 + "}"),
    lambda _: "[1, 2",
    lambda line: "\udcff" + line,
    lambda _: "\0",
    lambda line: line.replace('"title"', '"title": 5, "body": [[]], "date": 1.5e300, "authors"'),
    lambda _: '{"title": null, "body": null, "date": [], "subjects": {"a": null}}',
]


def mutated(mutations: list[Mutate]) -> st.SearchStrategy[list[Mutate | None]]:
    """A mutation, or none, for each of some records; at least one of them is whole."""
    return st.lists(st.none() | st.sampled_from(mutations), min_size=2, max_size=9).filter(
        lambda some: None in some
    )


@given(mutated(CSV_MUTATIONS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_2_rows(tmp_path: Path, mutations: list[Mutate | None]) -> None:
    plain = [f't{n},a{n},"text, {n}"' if n % 2 else f"t{n},a{n},text {n}" for n, _ in enumerate(mutations)]
    rows = [change(line) if change else line for change, line in zip(mutations, plain, strict=True)]
    data = "\n".join(["title,author,text", *rows, ""]).encode()
    found = [one for one in read(tmp_path / "a.csv", data) if isinstance(one, Extracted)]
    titles = {one.fields.get("title") for one in found}
    texts = "\n".join(passage.text for one in found for passage in one.passages)
    for n, change in enumerate(mutations):
        # A quote that one broken row opens and another closes is valid: the rows between are its text.
        assert change or f"t{n}" in titles or f"t{n},a{n}," in texts


@given(mutated(JSON_MUTATIONS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_2_lines(tmp_path: Path, mutations: list[Mutate | None]) -> None:
    plain = [json.dumps({"title": f"t{n}", "body": "text"}) for n, _ in enumerate(mutations)]
    rows = [change(line) if change else line for change, line in zip(mutations, plain, strict=True)]
    data = "\n".join(rows).encode("utf-8", "surrogateescape")
    found = read(tmp_path / "a.jsonl", data)
    assert [one.number for one in found] == [*range(1, len(rows) + 1)]
    titles = {one.fields.get("title") for one in found if isinstance(one, Extracted)}
    assert titles >= {f"t{n}" for n, change in enumerate(mutations) if change is None}


def test_2_a_quote_that_is_never_closed_costs_its_row(tmp_path: Path) -> None:
    data = b'title,author,text\nA,x,"never closed\nB,y,"two\nlines"\nC,z,"three, four"\n'
    bad, *others = read(tmp_path / "a.csv", data)
    assert isinstance(bad, BadRecord)
    assert [one.fields["title"] for one in others if isinstance(one, Extracted)] == ["B", "C"]


def test_2_a_quote_that_another_broken_row_closes_costs_both_rows(tmp_path: Path) -> None:
    data = b'title,author,text\nA,x,"one","\nB,y,two\nC,z,"\nD,v,three\n'
    found = read(tmp_path / "a.csv", data)
    assert [one.fields["title"] for one in found if isinstance(one, Extracted)] == ["B", "D"]


def test_2_quotes_that_are_no_quotes(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text('Title\tText\n"Open" letter\tHe said "no"\nB\t"it\n', encoding="utf-8")
    assert [(one.title, one.body) for one in understood(tmp_path / "a.tsv")] == [
        ('"Open" letter', 'He said "no"'), ("B", '"it'),
    ]  # fmt: skip


@pytest.mark.slow
@given(
    st.lists(
        st.dictionaries(st.text(max_size=5), st.text() | st.lists(st.text()) | st.integers()), max_size=5
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("chunk", [1, 7, 1 << 16])
def test_3_lists(tmp_path: Path, chunk: int, indent: int | None, records: list[dict[str, object]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.formats.records.json_values._CHUNK", chunk)
        found = read(tmp_path / "a.json", json.dumps(records, indent=indent).encode())
    assert [(type(one).__name__, one.number) for one in found] == [
        ("Extracted", number) for number in range(1, len(records) + 1)
    ]


@pytest.mark.parametrize(
    ("data", "count"),
    [
        ('{"title": "A"}', 1),
        ('{"items": [{"title": "A"}, {"title": "B"}], "next": null}', 2),
        ('{"hits": {"total": 1, "hits": [{"text": "A"}]}, "facets": [{"x": 1}]}', 1),
        ('[{"title": "A"}]\n[{"title": "B"}]', 2),
        ('\ufeff[\n{"title": "A"},\n{"title": "B"}\n]\n', 2),
        ('{"records": [\n{"title": "A"},\n{"title": "B"}\n]}\n', 2),
        ('{"a": {"title": "A"}, "b": {"title": "B"}}', 2),
        ('{\n"title": "A",\n"place":\n{"name": "Uppsala"}\n}\n', 1),
        ("[]", 0),
    ],
)
def test_3_layouts(tmp_path: Path, data: str, count: int) -> None:
    assert len(read(tmp_path / "a.json", data.encode())) == count
    assert len(read(tmp_path / "a.jsonl", data.encode())) == count


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("[1, 2]", "JSON, a list without records"),
        ('{"name": "x", "files": ["a"]}', "JSON without records (with the keys name, files)"),
        ('{"points": [{"x": 1}]}', "JSON without records (with the keys points)"),
        ('"text"', "JSON without records"),
    ],
)
def test_3_other_json_is_skipped(tmp_path: Path, data: str, kind: str) -> None:
    (tmp_path / "a.json").write_text(data, encoding="utf-8")
    assert why_not_read(source_file(tmp_path / "a.json")) == f"It is {kind}, which is not read."


def test_3_records_behind_a_bad_item_are_read(tmp_path: Path) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    data = f'[{{"title": "A"}}, {{"x": {deep}}}, 5, {{"title": nul}}, {{"title": "B"}}]'
    found = read(tmp_path / "a.json", data.encode())
    assert [type(one).__name__ for one in found] == ["Extracted", *["BadRecord"] * 3, "Extracted"]


@pytest.mark.parametrize("data", [b'[{"title": "A"}, {"title": "B', b'[{"title": "A"}}'])
def test_3_a_list_that_is_cut_short(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.json").write_bytes(data)
    file = source_file(tmp_path / "a.json")
    form = format_of(file)
    assert form is not None
    records = iter(form.read(file, ReadContext()))
    assert isinstance(next(records), Extracted)
    with pytest.raises(ReadError, match="Its JSON is"):
        next(records)


def test_3_a_record_without_bounds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_RECORD_BYTES", 1000)
    with pytest.raises(ReadError, match="longer than"):
        read(tmp_path / "a.json", b'[{"title": "' + b"x" * 200_000 + b'"}]')
