"""The page about the archive: what it covers, then what the indexer found.

Each number leads to its documents. Of a long list the first five are in sight, and of a long group as many.
"""

from search.commit_data.health_report import HEALTH_KEY, HealthReport, MostlyBoilerplate, SourceProblem
from search.engines import open_engine
from search.schema import Schema
from search.settings import Settings
from tests.archive import document, fill
from tests.webui.html_page import Get, MakeClient
from webui import create_app


def page(health: HealthReport | None) -> str:
    engine = open_engine("memory:", Schema())
    fill(engine, [document("a", title="First <b>"), document("b", title="Second")])
    if health:
        with engine.writer() as writer:
            writer.put_commit_data(HEALTH_KEY, health.to_bytes())
    return create_app(Settings(), engine).test_client().get("/about").text


def test_each_finding_leads_to_its_documents() -> None:
    text = page(
        HealthReport(
            failed=(SourceProblem("x.txt", "It is <broken>."),),
            undated=("a", "b"),
            no_author=("a",),
            no_title=("a", "gone"),
            duplicates=(("a", "b"),),
            boilerplate=(MostlyBoilerplate("b", 1200, 0.75),),
            name_candidates=(("Mao", "Mao Zedong"),),
        )
    )
    assert "It is &lt;broken&gt;." in text
    assert "<summary><strong>2</strong> undated documents</summary>" in text
    assert "<summary><strong>1</strong> document without an author</summary>" in text
    assert 'href="/search?missing=date"' in text
    assert 'href="/search?missing=author"' in text
    assert (
        '<a href="/documents/a"><bdi>First &lt;b&gt;</bdi></a> · <a href="/documents/b"><bdi>Second' in text
    )
    assert "<bdi>gone</bdi>" in text
    assert 'href="/search?author=Mao+Zedong"' in text
    assert "75%, 1,200 characters" in text
    assert "was not understood" not in text


def test_what_the_archive_covers_leads_to_its_documents(get: Get, make_client: MakeClient) -> None:
    client = make_client(
        document("a", date="1951-07-10", type="letter", text_language="English"),
        document("b", date="1953", type="telegram", text_language="French"),
        document("c", type="telegram", text_language="English"),
    )
    page = get("/about", client=client)
    [coverage] = page.find("dl", "coverage")
    said = [each.text for each in coverage.children]
    rows = dict(zip(said[::2], said[1::2], strict=True))
    assert rows.pop("Last update")
    assert rows == {
        "Documents": "3 documents",
        "Period": "1951–1953",
        "Undated": "1 document 33 %",
        "Type": "telegram 2 letter 1",
        "Language of the text": "English 2 French 1",
    }
    assert {"/search", "/search?missing=date", "/search?type=telegram", "/search?text_language=French"} <= {
        *page.links()
    }


def test_an_empty_archive_covers_nothing(get: Get, make_client: MakeClient) -> None:
    [coverage] = get("/about", client=make_client()).find("dl", "coverage")
    assert "0 documents" in coverage.text
    assert "Undated" not in coverage.text


def test_of_long_lists_the_first_are_in_sight() -> None:
    many = tuple(f"x{number}" for number in range(30))
    text = page(HealthReport(no_title=many, duplicates=(many,)))
    assert "<summary><strong>30</strong> documents without a title</summary>" in text
    assert '<details class="rest"><summary>15 more</summary>' in text
    assert "there are 10 more" in text
    assert "<bdi>25 more</bdi>" in text


def test_a_healthy_collection_is_said_to_be() -> None:
    assert "Every document has a date" in page(HealthReport())


def test_without_a_report_it_says_how_to_make_one() -> None:
    assert "opis-index" in page(None)
