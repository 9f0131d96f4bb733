"""The help page.

1. On any archive, every example that is a link finds as many documents as the page says, as it stands.
2. What an archive does not have is explained by an example that is no link.
3. The page is made anew when the index has changed, and not else.
4. It is linked from where one would look for it.
"""

from collections.abc import Callable
from functools import cache
from urllib.parse import parse_qsl

import pytest

from index.indexer import Indexer
from search.document import Document
from search.engines import Engine, open_engine
from search.query.diagnostics import DiagnosticCode
from search.query.parser import parse
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Settings
from tests.archive import SEEDS, document, fill
from webui import create_app
from webui.pages.help import Example, HelpPageCache
from webui.state import read_state

SCHEMA = Schema()


@cache
def seeds() -> Engine:
    engine = open_engine("memory:", SCHEMA)
    Indexer(engine, SCHEMA).run([str(SEEDS)])
    return engine


def archive(*documents: Document) -> Engine:
    return fill(open_engine("memory:", SCHEMA), documents)


ARCHIVES = {
    "the founding documents": seeds,
    "nothing": archive,
    "one document, without author or date": lambda: archive(document("a", "Of weather.", title="A note")),
    "no words": lambda: archive(document("a", "…", title="1")),
    "quotation marks": lambda: archive(document("a", "x", title='The "New" «Order» (draft', authors=['"X"'])),
    "operators": lambda: archive(
        document("a", "x", title="AND OR NOT -minus +plus title: x*", type="a OR b")
    ),
    "Chinese": lambda: archive(
        document("a", "毛泽东", title="朝鲜停战谈判", authors=["毛泽东"], date="1953-07")
    ),
    "Russian": lambda: archive(
        *(document(str(n), "Опись фонда", title="Телеграмма посла", date=f"195{n}") for n in range(5))
    ),
    "years before 1": lambda: archive(document("a", "Ides", title="Caesar", date="-0044-03-15")),
    "open dates": lambda: archive(document("a", "old", title="Old charter", date="..0999")),
    "one year": lambda: archive(*(document(str(n), "talks", title="Peace talks", date="9999") for n in "ab")),
}


def examples(engine: Engine) -> list[Example]:
    page = HelpPageCache(Searcher(engine)).page()
    found = [example for section in page.sections for example in section.examples]
    return [*found, *([page.undated] if page.undated else [])]


@pytest.mark.parametrize("engine", ARCHIVES.values(), ids=ARCHIVES)
def test_1_every_link_finds_what_it_says(engine: Callable[[], Engine]) -> None:
    engine_ = engine()
    client = create_app(Settings(), engine_).test_client()
    for example in examples(engine_):
        if example.url:
            state, problems = read_state(parse_qsl(example.url.partition("?")[2]), SCHEMA)
            answer = Searcher(engine_).search(state.question)
            assert (answer.total, problems) == (example.count, {}), example
            assert answer.total > 0
            assert not answer.query.relaxed
            assert answer.query.diagnostics == ()
            assert client.get(example.url).status_code == 200
        else:
            assert parse(example.query, SCHEMA).diagnostics == ()


def test_1_nearly_all_examples_find_something_in_a_real_archive() -> None:
    links = {example.query for example in examples(seeds()) if example.url}
    assert len(links) > 20
    assert {"author:Filippov", "language:Russian", "date:1953", "date:1951..1953"} <= links


def test_2_what_an_archive_lacks_is_no_link() -> None:
    engine = archive(document("a", "Of weather.", title="A note"))
    found = {example.query: example for example in examples(engine)}
    assert found["author:Molotov"].url == ""
    assert found["date:1951"].url == ""
    assert found["title:note"].count == 1
    assert found[""].url == "/search?undated=only"


def test_2_an_empty_archive_has_the_page_too() -> None:
    client = create_app(Settings(), archive()).test_client()
    text = client.get("/help").text
    assert "armistice talks" in text
    assert "/search?q=" not in text


def test_2_every_facet_that_can_be_searched_has_an_example() -> None:
    queries = {example.query.partition(":")[0] for example in examples(archive()) if ":" in example.query}
    assert {name for name in SCHEMA.facets if name in SCHEMA.query_fields} <= queries


def test_3_made_once_for_an_index() -> None:
    engine = archive(document("a", "x", title="Peace talks"))
    cache = HelpPageCache(Searcher(engine))
    page = cache.page()
    assert cache.page() is page
    fill(engine, [document("b", "x", title="Peace talks")])
    assert cache.page() is not page


@pytest.mark.parametrize(
    "url", ["/", "/about", "/search", "/search?q=war)", "/search?q=unheardof", "/nowhere"]
)
def test_4_linked_from_everywhere(url: str) -> None:
    assert 'href="/help' in create_app(Settings(), seeds()).test_client().get(url).text


@pytest.mark.parametrize(
    ("query", "anchor"), [("war or peace", "operators"), ("date:yesterday", "dates"), ("wom?n", "words")]
)
def test_4_what_was_not_understood_leads_to_its_explanation(query: str, anchor: str) -> None:
    client = create_app(Settings(), seeds()).test_client()
    assert f'href="/help#{anchor}"' in client.get("/search", query_string={"q": query}).text
    assert f'id="{anchor}"' in client.get("/help").text


def test_4_every_explanation_is_there() -> None:
    text = create_app(Settings(), archive()).test_client().get("/help").text
    assert [code for code in DiagnosticCode if f'id="{code.anchor}"' not in text] == []
