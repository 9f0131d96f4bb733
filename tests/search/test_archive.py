"""Opis as a library.

1. What the archive answers is what the searcher answers; parameters are those of the API.
2. What cannot be used is a typed error, which names the parameter.
3. One archive serves several threads, and sees what another process commits.
4. A notebook shows a line of each thing.
5. `import search` imports nothing else of Opis; all public names are there.
"""

import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import search
from search import Archive, open_archive
from search.commit_data.redirects import REDIRECTS_KEY, encode_redirects
from search.document import Document
from search.engines import open_engine
from search.errors import (
    DocumentMissing,
    IndexDamaged,
    IndexMissing,
    ParameterError,
    SearchError,
    SettingsError,
)
from search.parameters.arguments import ParameterValue
from search.parameters.question import parse_parameters
from search.results import Facet
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Settings, Site
from tests.archive import document, fill
from tests.in_time import in_time

DOCUMENTS = [
    document("a", "The armistice talks went on.", authors=["Kuznetsov"], date="1953-07-29", title="Telegram"),
    document("b", "The armistice was signed.", authors=["Molotov"], date="1953-07-04", title="A report"),
    document("c", "An armistice, and another armistice.", date="1951", title="Notes", subjects=["Truce"]),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"whoosh:{tmp_path_factory.mktemp('archive') / 'index'}"
    fill(open_engine(url, Schema(), create=True), DOCUMENTS).close()
    return url


@pytest.fixture(scope="module")
def archive(address: str) -> Iterator[Archive]:
    with open_archive(address, Settings()) as opened:
        yield opened


def ids(archive: Archive, text: str = "armistice", **parameters: ParameterValue) -> list[str]:
    return sorted(hit.document.id for hit in archive.search(text, **parameters).hits)


def test_1_it_answers_as_the_searcher_does(archive: Archive) -> None:
    question = parse_parameters([("q", "armistice"), ("sort", "date"), ("facet", "author")], Schema())
    expected = Searcher(archive.searcher.engine).search(question)
    answer = archive.search("armistice", sort="date", facet="author")
    assert (answer.hits, answer.facets, answer.total) == (expected.hits, expected.facets, 3)


def test_1_parameters_are_those_of_the_api(archive: Archive) -> None:
    assert ids(archive, author="Kuznetsov") == ["a"]
    assert ids(archive, author=["Kuznetsov", "Molotov"]) == ["a", "b"]
    assert ids(archive, not_author="Kuznetsov") == ids(archive, **{"not.author": "Kuznetsov"}) == ["b", "c"]
    assert ids(archive, date_from=date(1953, 7, 10)) == ["a"]
    assert ids(archive, date_from=datetime(1953, 7, 10, 12, tzinfo=UTC)) == ["a"]
    assert ids(archive, author={"Kuznetsov": 1}.keys()) == ["a"]
    assert ids(archive, date=1951) == ["c"]
    assert ids(archive, author=None, missing=["author"]) == ["c"]
    assert archive.search("", highlight=False, per_page=1).hits[0].highlights == ()


def test_1_documents(archive: Archive) -> None:
    assert archive.document("a").title == "Telegram"
    assert [hit.text for hit in archive.find("c", "armistice")] == ["armistice", "armistice"]
    assert archive.find(archive.document("c"), "talks") == ()
    assert [hit.number for hit in archive.find("c", "armistice", page=2, per_page=1)] == [2]
    with pytest.raises(ParameterError, match="author"):
        archive.find("c", "armistice", author="Kuznetsov")
    assert archive.similar("a").hits == ()


def test_1_all_documents_in_the_order_of_the_pages(archive: Archive) -> None:
    found = archive.documents("armistice", sort="date")
    assert found.total == 3
    assert [document.id for document in found] == ["c", "b", "a"]
    for name in ("colour", "page", "facet"):
        with pytest.raises(ParameterError, match=name):
            archive.documents(**{name: "1"})


def test_1_an_export_is_a_file(archive: Archive, tmp_path: Path) -> None:
    assert archive.export(tmp_path / "found.jsonl", "jsonl", "armistice", sort="date") == 3
    lines = (tmp_path / "found.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["c", "b", "a"]
    stream = io.BytesIO()
    assert archive.export(stream, "ris", author="Kuznetsov") == 1
    assert b"Kuznetsov" in stream.getvalue()


def test_1_an_export_that_fails_leaves_the_file_that_was_there(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "found.csv"
    archive.export(str(file), "csv", "armistice")
    before = file.read_bytes()

    def scan(*_: object) -> Iterator[Document]:
        yield archive.document("a")
        raise IndexDamaged("The index cannot be read.")

    monkeypatch.setattr(type(archive.searcher.engine), "scan", scan)
    with pytest.raises(IndexDamaged):
        archive.export(file, "csv", "armistice")
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (before, [file])


def test_1_a_citation_has_the_permalink(archive: Archive) -> None:
    site = Site("Letters", base_url="https://letters.example")
    shown = Archive(archive.searcher, Settings(site=site))
    assert shown.permalink(shown.document("a")) == "https://letters.example/documents/a"
    assert "https://letters.example/documents/a" in shown.cite(shown.document("a")).note
    assert shown.cite("a") == shown.cite(shown.document("a"))
    assert shown.permalink("a") == shown.permalink(shown.document("a"))


def test_1_a_document_that_moved_is_found(tmp_path: Path) -> None:
    url = f"whoosh:{tmp_path / 'index'}"
    engine = open_engine(url, Schema(), create=True)
    fill(engine, DOCUMENTS[:1])
    with engine.writer() as writer:
        writer.put_commit_data(REDIRECTS_KEY, encode_redirects({"old": "a"}))
    engine.close()
    with open_archive(url, Settings()) as archive:
        assert archive.document("old").id == "a"


def test_1_all_values_of_a_facet(archive: Archive) -> None:
    authors = archive.facet_values("author", "armistice")
    assert isinstance(authors, Facet)
    assert ([(v.value, v.count) for v in authors.values], authors.missing) == (
        [("Kuznetsov", 1), ("Molotov", 1)],
        1,
    )
    assert [v.value for v in archive.facet_values("author", page=2, per_page=1).values] == ["Molotov"]
    assert [v.value for v in archive.facet_values("author", prefix="mol").values] == ["Molotov"]
    assert [v.value for v in archive.facet_values("date", date_interval="year").values] == ["1951", "1953"]


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({"colour": "red"}, "colour"),
        ({"not_colour": "red"}, "not.colour"),
        ({"page": 0}, "page"),
        ({"author": 2.5}, "author"),
        ({"author": ["x", {}]}, "author"),
        ({"author": b"x"}, "author"),
        ({"date_from": "yesterday"}, "date_from"),
        ({"sort": ["date", "title"]}, "sort"),
        ({"highlight": 1}, "highlight"),
        ({"q": "twice"}, "q"),
    ],
)
def test_2_the_parameter_is_named(archive: Archive, parameters: dict[str, ParameterValue], name: str) -> None:
    with pytest.raises(ParameterError) as raised:
        archive.search("armistice", **parameters)
    assert raised.value.parameter == name


def test_2_other_errors_are_typed(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(DocumentMissing, match="nowhere"):
        archive.document("nowhere")
    for doc_id in ("", "\ud800", "\x00", "../../etc/passwd", "x" * 100_000):
        with pytest.raises(DocumentMissing, match="There is no document"):
            archive.document(doc_id)
    with pytest.raises(ParameterError, match="colour"):
        archive.facet_values("colour")
    with pytest.raises(ParameterError, match="format"):
        archive.export(tmp_path / "found.xlsx", "xlsx")
    with pytest.raises(IndexMissing):
        open_archive(f"auto:{tmp_path / 'nothing'}")
    with pytest.raises(SettingsError):
        open_archive("nonsense")
    with pytest.raises(SettingsError, match=r"nothing\.toml"):
        open_archive(settings=tmp_path / "nothing.toml")
    assert issubclass(DocumentMissing, SearchError)


def test_2_settings(address: str, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'index = "{address}"\nsite.title = "Letters"', encoding="utf-8")
    with open_archive(settings=file) as archive:
        assert (archive.info.documents, archive.settings.site.title) == (3, "Letters")
    with open_archive(settings=Settings(address, site=Site("Diaries"))) as archive:
        assert (archive.info.documents, archive.settings.site.title) == (3, "Diaries")


def test_3_threads_share_an_archive(archive: Archive) -> None:
    queries = ["armistice", "talks", "signed", "another armistice", "telegram"] * 10
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda text: archive.search(text).total, queries))
    assert together == [archive.search(text).total for text in queries]


def test_3_a_commit_is_seen(tmp_path: Path) -> None:
    url = f"whoosh:{tmp_path / 'index'}"
    engine = fill(open_engine(url, Schema(), create=True), DOCUMENTS[:1])
    with open_archive(url, Settings()) as archive:
        assert archive.search("armistice").total == 1
        generation = archive.info.generation
        fill(engine, DOCUMENTS[1:])
        with in_time():
            while archive.info.generation == generation:
                time.sleep(0.02)  # a commit is seen within a second
        assert archive.search("armistice").total == 3
    engine.close()


def test_4_a_notebook_shows_a_line(archive: Archive, tmp_path: Path) -> None:
    assert repr(archive) == f"<Archive {archive.settings.index}: 3 documents>"
    answer = archive.search("armistice", author="Kuznetsov")
    assert repr(answer) == "<Answer to 'armistice': 1 document, page 1 of 1>"
    assert repr(answer.hits[0].document) == "<Document a: 'Telegram', '1953-07-29', 28 characters>"
    assert repr(answer.hits[0]).endswith(f"{answer.hits[0].document!r}>")
    assert repr(archive.facet_values("author")) == "<Facet author: 2 of 2 values>"
    assert repr(archive.facet_values("date")).startswith("<DateFacet by ")
    with archive.documents("armistice") as found:
        assert repr(found) == "<Export of 'armistice': 3 documents>"
    assert len(repr(document("d", "x" * 10**6, title="y" * 10**6))) < 200


def test_4_even_if_the_index_is_gone(tmp_path: Path) -> None:
    url = f"whoosh:{tmp_path / 'index'}"
    fill(open_engine(url, Schema(), create=True), DOCUMENTS).close()
    with open_archive(url, Settings()) as archive:
        (tmp_path / "index").rename(tmp_path / "elsewhere")
        assert repr(archive).startswith(f"<Archive {url}: ")


def test_5_importing_the_package_imports_nothing_else() -> None:
    told = (
        "import sys, search; print([name for name in sys.modules if name.startswith(('search.', 'msgspec'))])"
    )
    run = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"


def test_5_all_public_names_are_there() -> None:
    names = {name for name in dir(search) if not name.startswith("_")}
    assert {"open_archive", "Archive", "Answer", "Document", "ParameterError"} <= names
    assert all(hasattr(search, name) for name in names)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = search.nonsense  # type: ignore[attr-defined]
