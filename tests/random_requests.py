"""A small archive of random documents, and requests to it that hypothesis makes."""

from random import Random

from hypothesis import strategies as st

from search.calendar import parse_range
from search.document import Document
from search.query.simplification import simplify
from search.request import DateFacetRequest, DateFilter, FacetRequest, FieldFilter, SearchRequest
from search.schema import Schema
from tests.archive import document
from tests.random_queries import query_trees

WORDS = ("armistice", "talks", "war", "peace", "treaty", "line", "of", "front", "absent")
NAMES = ("Mao", "Kim", "Zhou Enlai", "Peng Dehuai")
DATES = (
    "",
    "1951",
    "1951-07",
    "1951-07-10",
    "1953-07-27",
    "1951-12..1952-02",
    "..1950",
    "1953..",
    "1600..1960",
)
SCHEMA = Schema()
TIMES = (0, 1, 1_700_000_000, 1_700_000_001, 253_402_300_799)


def random_documents(seed: int, count: int) -> list[Document]:
    random = Random(seed)

    def words(most: int) -> str:
        return " ".join(random.choices(WORDS[:-1], k=random.randint(0, most)))

    return [
        document(
            f"d{n:03}",
            words(40),
            title=words(5) or "untitled",
            summary=words(6),
            authors=random.sample(NAMES, random.randint(0, 2)),
            date=random.choice(DATES),
            language=random.choice(("", "Russian", "Chinese")),
            indexed=TIMES[n % len(TIMES)],
        )
        for n in range(count)
    ]


DOCUMENTS = random_documents(1, 150)


words = st.sampled_from([SCHEMA.analyzer.pairs(word)[0] for word in WORDS])
ranges = st.sampled_from([days for date in DATES if (days := parse_range(date))])
any_queries = query_trees(words, ranges)
queries = any_queries.map(simplify)
field_filters = st.builds(
    FieldFilter,
    st.sampled_from(["author", "language"]),
    st.frozensets(st.sampled_from([*NAMES, "Russian", "nobody"]), max_size=2),
    st.frozensets(st.sampled_from([*NAMES, "Chinese"]), max_size=1),
    st.booleans(),
)
date_filters = st.builds(
    DateFilter,
    st.lists(ranges, max_size=2).map(tuple),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "date"]),
)
requests = st.builds(
    SearchRequest,
    query=queries,
    filters=st.lists(field_filters | date_filters, max_size=3, unique_by=lambda f: f.field).map(tuple),
    facets=st.just((FacetRequest("author", 100), FacetRequest("language", 100), DateFacetRequest())),
    sort=st.sampled_from(["relevance", "date", "-date", "title", "-indexed"]),
    limit=st.sampled_from([0, 5, 1000]),
)
