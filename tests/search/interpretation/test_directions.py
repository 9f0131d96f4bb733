"""Who wrote to whom, in the words of a query.

1. Names of senders and recipients are recognised in the forms and languages in which people write them.
2. Running text is no direction, nor are names that no document has so, nor what is marked as something else.
3. The query without the direction keeps its other words.
4. However many words like "from" and "to" there are, few searches are made.
"""

import pytest

from search.commit_data.aliases import Aliases
from search.engines import Engine, open_engine
from search.interpretation import directions
from search.interpretation.directions import direction_readings
from search.interpretation.reading import Reading
from search.query.lexer import lexemes
from search.query.worded_dates import with_dates
from search.request import Filter, SearchRequest
from search.results import SearchResults
from search.schema import Schema
from tests.archive import document, fill

DOCUMENTS = (
    document("a", authors=["Seward"], recipients=["Charles F. Adams"]),
    document("b", authors=["Mr. Adams"], recipients=["Seward"]),
    document("c", authors=["Secretary of State"], recipients=["Embassy in Moscow"]),
    document("d", authors=["Embassy in Moscow"], recipients=["Department of State", "President Grant"]),
    document("e", authors=["Otto von Bismarck"], recipients=["Graf Bernstorff"]),
    document("g", authors=["V.M. Molotov"], recipients=["N. S. Patolichev"]),
    document("f", authors=["Embassy in Greece"], recipients=["Department of State"]),
)
DIRECTIONS = {
    "Seward to Adams": "from Seward to Adams",
    "Mr. Seward to Mr. Adams, 1862": "from Mr. Seward to Mr. Adams",
    "mr seward to mr adams": "from mr seward to mr adams",
    "the letter from Seward to Charles Adams about cotton": "from Seward to Charles Adams",
    "Seward's letter to Adams": "from Seward's to Adams",
    "letter to Adams from Seward": "from Seward to Adams",
    "to Adams from Seward": "from Seward to Adams",
    "cotton Seward to Adams slavery": "from Seward to Adams",
    "The Secretary of State to the Embassy in Moscow": "from Secretary of State to the Embassy in Moscow",
    "Secretary of State (Seward) to Embassy in Moscow": "",
    "Ambassador (Adams) to Secretary Seward": "from Ambassador Adams to Secretary Seward",
    "telegram from Moscow": "from Moscow",
    "telegram 171 from the Embassy in Moscow": "from the Embassy in Moscow",
    "letters of June 1862 by Adams": "from Adams",
    "from Adams 1862": "from Adams",
    "letter to President Grant": "to President Grant",
    "V. M. Molotov to N.S. Patolichev": "from V. M. Molotov to N.S. Patolichev",
    "telegram from V.M. Molotov": "from V.M. Molotov",
    "Adams letter to Lincoln": "from Adams",
    "urgent letter to President Grant": "to President Grant",
    "Brief von Bismarck an Bernstorff": "from Bismarck to Bernstorff",
    "Bismarck an Bernstorff": "from Bismarck to Bernstorff",
}
NO_DIRECTIONS = (
    "aid to Greece",
    "withdrawal from Moscow",
    "aid to the people of Greece from the Department of State",
    "Adams to Grant",
    "letter from Lincoln",
    "to be or not to be",
    "from to from to",
    '"Seward to Adams"',
    "Seward AND cotton to Adams",
    "author:Seward to Adams",
    "-Seward to Adams",
    "letter from",
    "letter from to-the to of-the",
    "letter to ( . ) from -- von",
    "",
)


@pytest.fixture(scope="module")
def archive() -> Engine:
    return fill(open_engine("memory:", Schema()), DOCUMENTS)


def readings(text: str, engine: Engine) -> list[Reading]:
    aliases = Aliases((("Graf Bernstorff", "Albrecht B."),))
    return list(direction_readings(text, with_dates(text, lexemes(text)), engine, aliases))


@pytest.mark.parametrize(("text", "expected"), DIRECTIONS.items())
def test_1_directions(archive: Engine, text: str, expected: str) -> None:
    assert [reading.text for reading in readings(text, archive)] == [expected] * bool(expected)


def test_1_names_have_other_forms(archive: Engine) -> None:
    [reading] = readings("Bismarck to Albrecht B.", archive)
    assert reading.filters[-1] == Filter("recipient", "is", "Graf Bernstorff")


@pytest.mark.parametrize("text", NO_DIRECTIONS)
def test_2_no_directions(archive: Engine, text: str) -> None:
    assert not readings(text, archive)


def test_3_the_rest_of_the_query(archive: Engine) -> None:
    [reading] = readings("Seward letter to Adams on cotton, 1862", archive)
    assert reading.rest == "letter on cotton, 1862"
    assert [(item.field, item.value) for item in reading.filters] == [
        ("author", "Seward"), ("recipient", "Charles F. Adams")
    ]  # fmt: skip


def test_4_few_searches(archive: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    searches: list[SearchRequest] = []
    search = archive.search

    def counted(request: SearchRequest) -> SearchResults:
        searches.append(request)
        return search(request)

    monkeypatch.setattr(archive, "search", counted)
    readings("letter from Adams Seward Grant to Embassy " * 20, archive)
    assert len(searches) < 4 * directions.MAX_MARKERS * directions.MAX_NAME
