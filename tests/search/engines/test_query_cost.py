"""A query that costs more than the limit is refused before it is executed; it never has a partial answer.

1. The costliest word or phrase is named, as typed, on every engine; what costs less is executed.
2. The cost is what the words' document frequencies say: a rare word costs little in any archive.
3. Over HTTP it is a 400, `query_too_costly`; the page says so beside the search box, and keeps the filters.
4. The command says so in one line and ends with 2.
5. Offers that would cost too much are not made; the setting is a number above 0.
6. Questions of 64 ordinary words are far below the limit in an archive of 43,000 documents.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from click.testing import CliRunner

from search.__main__ import main
from search.engines import Engine, open_engine
from search.engines.query_cost import refuse_if_too_costly
from search.errors import QueryTooCostly, SettingsError
from search.query.parser import parse
from search.query.tree import MatchMode
from search.request import Question
from search.results import IndexInfo
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Limits, Settings, load_settings
from tests.archive import document, fill
from tests.webui.html_page import HtmlPage
from webui import create_app

LIMIT = 3_000
"""Enough for 150 postings of the slower engines."""


def many(n: int) -> str:
    return " ".join(f"now{(n + step) % 100}" for step in range(4))


@pytest.fixture
def filled(engine: Engine) -> Engine:
    documents = [
        document(f"d{n}", f"often also {many(n)} {'rare' if n < 3 else ''}", authors=["Kim"], date="1951")
        for n in range(100)
    ]
    return fill(engine, documents)


COSTLY = [
    ("often also rare now*", "now*"),
    ("rare often", ""),
    ('"often also"', "“often also”"),
    ('rare "often also"~5 nobody', '"often also"~5'),
    ("rare~1", ""),
    ("NOT (now* OR rare)", "now*"),
    ("date:1951", ""),
    ("rare", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "named"), COSTLY)
def test_1_the_costliest_part_is_named(filled: Engine, text: str, named: str) -> None:
    slow = filled.info().engine != "tantivy"
    searcher = Searcher(filled, LIMIT * 2 if slow else LIMIT // 10)
    if not named:
        assert searcher.search(Question(text, expand=False)).query.text == text
        return
    with pytest.raises(QueryTooCostly) as caught:
        searcher.search(Question(text))
    assert named.strip("“”") in str(caught.value)
    assert caught.value.term.strip('"') == named.strip('"“”')


def test_2_rare_words_cost_little(filled: Engine) -> None:
    Searcher(filled, LIMIT // 10).search(Question("rare now12 unheard"))
    with pytest.raises(QueryTooCostly):
        Searcher(filled, LIMIT // 100).search(Question("rare often"))


def test_3_over_http(filled: Engine) -> None:
    client = create_app(Settings(limits=Limits(query_cost=10)), filled).test_client()
    problem = client.get("/api/v1/search?q=rare+often&author=Kim")
    assert (problem.status_code, problem.content_type) == (400, "application/problem+json")
    body = problem.get_json()
    assert (body["code"], body["parameter"]) == ("query_too_costly", "q")
    assert "“often”" in body["detail"]
    for path in ("/search", "/facets/author"):
        response = client.get(f"{path}?q=rare+often&author=Kim&page=2")
        page = HtmlPage(response.text)
        assert response.status_code == 400
        [box] = page.all("input", id="q")
        assert (box["value"], box["aria-describedby"]) == ("rare often", "q-problem")
        assert [(item["name"], item["value"]) for item in page.all("input", type="hidden")] == [
            ("author", "Kim")
        ]
        assert "“often”, which costs most" in page.text


def test_4_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"tantivy:{tmp_path / 'index'}"
    fill(open_engine(url, Schema(), create=True), [document(f"d{n}", "often") for n in range(20)]).close()
    monkeypatch.setenv("OPIS_LIMITS_QUERY_COST", "5")
    run = CliRunner().invoke(main, ["often", "--index", url])
    assert run.exit_code == 2
    assert run.output == (
        "Error: This search would read 20 entries of the index, of 5 at most: leave out “often”, "
        "which costs most, or search for a rarer word in its place.\n"
    )


def test_5_nor_are_offers_made(filled: Engine) -> None:
    answer = Searcher(filled, LIMIT // 10).search(Question("rare nowhere99", match="all"))
    assert answer.total == 0
    assert answer.explain_zero


@pytest.mark.parametrize("value", ["0", "-1", "1.5", '"much"'])
def test_5_the_setting_is_checked(value: str) -> None:
    with pytest.raises(SettingsError, match=r"query_cost"):
        load_settings(environ={"OPIS_LIMITS_QUERY_COST": value})


class Large:
    """An engine whose archive has 43,000 documents; the word of rank n is in every n-th, at most half."""

    schema = Schema()
    analyzer = schema.analyzer
    documents = 43_000

    def __init__(self, store: str, words: Sequence[str]) -> None:
        self._store = store
        self._frequencies = {
            self.schema.analyzer.stem(word): 21_500 // (n + 1) for n, word in enumerate(words)
        }

    def info(self) -> IndexInfo:
        return IndexInfo("1", self.documents, self._store, "")

    def frequencies(self, stems: Sequence[str]) -> Sequence[int]:
        return [self._frequencies.get(stem, self.documents) for stem in stems]


def questions(words: Sequence[str]) -> Iterator[str]:
    """Questions of 64 words, half of them frequent, a few of them in quotation marks."""
    random = Random(1)
    stop_words = sorted(Schema().analyzer.stop_words)
    for _ in range(50):
        asked = random.sample(words[:300], 32) + random.sample(stop_words, 32)
        random.shuffle(asked)
        yield " ".join(asked)
        yield f'"{" ".join(asked)}"'
        yield " ".join([*asked[:40], f'"{" ".join(asked[40:45])}"', f'"{asked[50]} {asked[51]}"~10'])


@pytest.mark.slow
@pytest.mark.parametrize("store", ["tantivy", "whoosh"])
def test_6_ordinary_questions_are_far_below(store: str) -> None:
    words = [f"{one}{two}word" for one in "abcdefghijklmnopqrstuvwxyz" for two in "abcdefghijklmnop"]
    engine = Large(store, words)
    limit = Limits().query_cost if store == "whoosh" else Limits().query_cost // 10
    for text in questions(words):
        for match in get_args(MatchMode):
            query = parse(text, engine.schema, match).query
            refuse_if_too_costly(query, engine, limit)  # type: ignore[arg-type]
