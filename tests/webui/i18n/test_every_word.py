"""Every word of every page and state is in the catalogue, in a pseudo-locale that shows those that are not.

1. No page has a word of its own outside the catalogue.
2. In a language that is written from right to left, pages state that direction.
"""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from search.analyzed import analyze
from search.commit_data.health_report import HEALTH_KEY, HealthReport, MostlyBoilerplate, SourceProblem
from search.document import ArchivalDate, Block, Document, Reference
from search.engines.memory import MemoryEngine
from search.parameters.question import search_parameters
from search.schema import Schema
from search.settings import Limits, Settings, Site
from tests.webui.conftest import dated
from tests.webui.i18n.pseudo import RIGHT_TO_LEFT, TAG, pseudo, pseudo_catalogue, words_outside
from webui import create_app

NAMES = {"CSV", "RIS", "BibTeX", "CSL", "JSON", "Lines", "UTC", "Opis", "memory", "T", "Z"}
"""Names that are the same in every language."""
SYNTAX = (
    {"AND", "OR", "NOT", "date", "before", "nothing", "x", "y", *"abcdefs"}
    | {part for name in search_parameters(Schema()).by_name for part in re.split(r"[._]", name)}
    | {
        "relevance",
        "title",
        "indexed",
        "all",
        "any",
        "most",
        "true",
        "false",
        "summary",
        "after",
        "order",
        "count",
        "value",
        "from",
        "july",
    }
)
"""Names of fields, parameters and operators, as they are typed into the search box and the address."""

DOCUMENTS = (
    Document(
        "1",
        "Τηλεγράφημα του Μολότοφ",
        "Η ανακωχή είναι κοντά.\n\nΗ καθυστέρηση της ανακωχής.\n\n1\t2\n\nκώδικας",
        dated("4.7.1953", "1953-07-04"),
        authors=("Μολότοφ", "Γρομίκο"),
        recipients=("Στάλιν",),
        subjects=("Ανακωχή", "Κορέα"),
        summary="Για την ανακωχή.",
        collection="Υπουργείο",
        language="Russian",
        text_language="Greek",
        type="τηλεγράφημα",
        place="Μόσχα",
        citation="Αρχείο 3",
        credits="Ίδρυμα",
        source_url="1",
        reference=Reference("Φ. 3"),
        classification="Απόρρητο",
        source="α/β.γ",
        extra={"Αριθμός": "7"},
        blocks=(
            Block("paragraph", 0, 22, page="1"),
            Block("paragraph", 24, 51, page="2"),
            Block("table", 53, 56),
            Block("preformatted", 58, 65),
        ),
    ),
    Document("2", "Μια ανακωχή", "Η ανακωχή στην Κορέα.", dated("1953;", "1953", "approximate"),
             authors=("Κουζνετσόφ",), parent="1", source="δ.ε"),
    Document("3", "Μια άλλη ανακωχή", "Η ανακωχή, Μολότοφ.", dated("1951", "1951", "uncertain"),
             source="ζ.η"),
    Document("4", "Άνευ", "", ArchivalDate("κάποτε", None, None), source="θ.ι"),
    Document("5", "Καιρός", "Ο καιρός στην Κορέα και η ανακωχή.", dated("1940", "1940"),
             source="κ.λ"),
)  # fmt: skip

REPORT = HealthReport(
    failed=(SourceProblem("μ.ν", ""),),
    remarks=(SourceProblem("μ.ν", ""),),
    skipped=(SourceProblem("ξ.ο", ""),),
    undated=("4",),
    date_not_understood=("4",),
    no_author=("3",),
    no_title=("4",),
    no_text=("4",),
    duplicates=(("1", "2"),),
    name_candidates=(("Μολότοφ", "Γρομίκο"),),
    boilerplate=(MostlyBoilerplate("1", 1234, 0.97),),
    languages={"Greek": 3},
)

PAGES = """\
/
/about
/help
/help/errors
/facets/author
/facets/author?order=value&prefix=μ
/facets/author?prefix=ω
/facets/date
/facets/folder
/facets/text_language?q=ανακωχή
/facets/author?author=Μολότοφ&order=x
/facets/recipient?q=καιρός
/documents/1
/documents/1?q=ανακωχή
/documents/1?q=ανακωχή&find=κώδικας&per_page=1
/documents/1?find=ω
/documents/1?q=ίδρυμα
/documents/2?q=ανακωχή+Κορέα
/documents/3
/documents/4
/documents/9
/facets/9
/9
""".splitlines()
SEARCHES = """\

q=ανακωχή
q=ανακωχή&per_page=1
q=ανακωχή&per_page=1&page=2
q=ανακωχή&page=9
q=ωωω
q=ανακωχή&view=full
q=ανακωχή+ωωω
q=ανακωχή+ωωω&match=all
q=ανακωχή+τηλεγράφημα+κώδικας+Γρομίκο
q=ανακωχή+-ανακωχή
q=ωωω&author=Μολότοφ
q=καιρός&author=Μολότοφ
q=καιρός&author=Μολότοφ&place=Μόσχα
author=ωωω
q=καιρός+Μολότοφ&author=Γρομίκο&match=all
q="κορέα+ανακωχή"
q=author:κορέα
q=καιρός&date=1953-07
q=καιρός&date=1951-07-04
q=ανακωχή+1953
q=ανακωχή+1950s
q=ανακωχή+4+July+1953
q=Μολότοφ+to+Στάλιν+ανακωχή
q=ανακωχη+μολοτωφ
author=Μολότοφ&not.author=Κουζνετσόφ&missing=place&date_from=1940&date_to=1960&undated=include
not.recipient=Α&not.subject=Α&not.place=Α&not.collection=Α&not.language=Α&not.text_language=Α&not.type=Α
missing=author&missing=recipient&missing=subject&missing=collection&missing=language&missing=type
missing=text_language&missing=folder&missing=parent&missing=date&undated=only
text_language=Greek&folder=α&parent=1&type=τηλεγράφημα
date=1953
date=1953-07
date=1950s
date=1951..1953
date=1953&date=1951
date_interval=month
date_interval=day
date_interval=decade
date_from=x&date_to=y&page=0&sort=x&match=x&expand=x&per_page=1000&facet=x&missing=x&date=x&author=
date_from=1953&date_to=1951
date_from=1953&date_match=within&undated=exclude&match=most&expand=false
match=any&sort=title
sort=-indexed
sort=date
sort=-date&q=ανακωχή
facet=author&facet=recipient&facet=subject&facet=place&facet=collection&facet=language&facet=text_language&facet=type&facet=folder&facet=parent&facet=date
""".splitlines()
DIAGNOSED = [
    "-", "*", "αν*κω", "/αν.*/", "αν~", "ανακωχή~7", '"ανακωχή', '""', '"αν* κω"', '"ανακωχή … κορέα"',
    "αν[α]κωχή", "'ανακωχή", "ανακωχή NEAR/3 κορέα", '"ανακωχή κορέα"~', '"ανακωχή κορέα"~999',
    "AND ανακωχή", "ανακωχή or κορέα", "ανακωχή not κορέα", "ανακωχή && κορέα", "!ανακωχή κορέα",
    "ΑΝΑΚΩΧΗ AND ΚΟΡΕΑ", "(ανακωχή", "ανακωχή)", "ξ:ανακωχή", "autor:ανακωχή", "author: ανακωχή",
    "author:*", "date:χθες", "before:χθες", "[α TO β]", "ανακωχή^4", " ".join("αβγδεζηθικ") * 8,
    "(" * 12 + "α", "α*", "α" * 3000,
]  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return app_in(TAG, tmp_path_factory.mktemp("catalogues"), DOCUMENTS)


def app_in(tag: str, folder, documents) -> FlaskClient:  # type: ignore[no-untyped-def]
    (folder / f"{tag}.po").write_text(pseudo_catalogue(), encoding="utf-8")
    site = Site(title="Αρχείο", intro="Έγγραφα.", rights="Ελεύθερα.", catalogues=str(folder))
    facets = ("author", "date", "text_language", "folder", "parent")
    settings = Settings(facets=facets, site=site, limits=Limits(export=3))
    engine = MemoryEngine(settings.schema)
    with engine.writer() as writer:
        for document in documents:
            writer.put(analyze(document, settings.schema))
        if documents:
            writer.put_commit_data(HEALTH_KEY, REPORT.to_bytes())
    client = create_app(settings, engine).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = tag
    return client


def urls() -> Iterator[str]:
    yield from PAGES
    yield from (f"/search?{query}" for query in SEARCHES)


@pytest.mark.parametrize("url", list(urls()), ids=lambda url: url[:60])
def test_1_every_word_is_in_the_catalogue(client: FlaskClient, url: str) -> None:
    response = client.get(url)
    assert response.status_code in {200, 404}
    assert "⟦" in response.text
    asked = SYNTAX | set(words_outside(url.replace("/", " "))) if "=" in url else set()
    assert set(words_outside(response.text)) - NAMES - asked == set()


@pytest.mark.parametrize("query", DIAGNOSED, ids=lambda query: query[:30])
def test_1_every_diagnostic_is_in_the_catalogue(client: FlaskClient, query: str) -> None:
    page = client.get("/search", query_string={"q": query}).text
    asked = set(words_outside(query)) | set(words_outside(query.lower()))
    assert set(words_outside(page)) - NAMES - SYNTAX - asked == set()


def test_1_an_empty_archive(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = app_in(TAG, tmp_path_factory.mktemp("empty"), ())
    for url in ("/", "/search?q=ανακωχή", "/about", "/help"):
        assert set(words_outside(empty.get(url).text)) - NAMES == set()


def test_1_a_method_that_is_not_allowed(client: FlaskClient) -> None:
    assert set(words_outside(client.post("/search").text)) == set()


def test_1_the_pseudo_locale_is_longer_and_keeps_values_and_tags() -> None:
    assert pseudo("Page %(page)s") == "⟦Pàĝé ~⟧%(page)s"
    assert pseudo("See <a>the <code>x</code></a>") == "⟦Šéé ~⟧<a>⟦ťĥé ~⟧<code>x</code></a>"


@pytest.mark.parametrize("url", ["/", "/search?q=ανακωχή", "/documents/1?q=ανακωχή", "/help", "/nothing"])
def test_2_right_to_left(tmp_path_factory: pytest.TempPathFactory, url: str) -> None:
    page = app_in(RIGHT_TO_LEFT, tmp_path_factory.mktemp("hebrew"), DOCUMENTS).get(url).text
    assert f'<html lang="{RIGHT_TO_LEFT}" dir="rtl">' in page
