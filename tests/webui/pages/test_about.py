"""The page about the archive: what the indexer found, each finding leading to the documents concerned."""

from search.commit_data.health_report import HEALTH_KEY, HealthReport, MostlyBoilerplate, SourceProblem
from search.engines import open_engine
from search.schema import Schema
from search.settings import Settings
from tests.archive import document, fill
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
    assert "<strong>2</strong> undated documents" in text
    assert "<strong>1</strong> document without an author" in text
    assert 'href="/search?missing=date"' in text
    assert 'href="/search?missing=author"' in text
    assert (
        '<a dir="auto" href="/documents/a">First &lt;b&gt;</a> · <a dir="auto" href="/documents/b">' in text
    )
    assert "<bdi>gone</bdi>" in text
    assert 'href="/search?author=Mao+Zedong"' in text
    assert "75%, 1,200 characters" in text
    assert "was not understood" not in text


def test_languages_lead_to_their_documents() -> None:
    text = page(HealthReport(languages={"English": 1200, "French": 3}))
    assert '<a href="/search?text_language=French">French</a> <span class="count">3</span>.' in text
    assert '">English</a> <span class="count">1,200</span>, ' in text
    assert "Languages of the texts" not in page(HealthReport())


def test_a_healthy_collection_is_said_to_be() -> None:
    assert "Every document has a date" in page(HealthReport())


def test_without_a_report_it_says_how_to_make_one() -> None:
    assert "opis-index" in page(None)
