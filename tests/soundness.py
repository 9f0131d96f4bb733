"""Is what a search says true? Checks against counting by hand, over any collection."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from search.calendar import ALL_TIME, parse_range
from search.document import Document
from search.engines import Engine
from search.parameters.question import MAX_WINDOW
from search.request import DateFacetRequest, FacetRequest, Question, SearchRequest
from search.results import DateFacet, Facet
from search.searcher import Searcher


def check_facets(engine: Engine, documents: Sequence[Document]) -> int:
    """Every facet over all documents counts what the documents say; how many values that are."""
    schema = engine.schema
    requests = [FacetRequest(name, limit=10**6) for name in schema.facets]
    *facets, dates = engine.search(SearchRequest(facets=(*requests, DateFacetRequest()), limit=0)).facets
    for facet in facets:
        assert isinstance(facet, Facet)
        values = [set(filter(None, schema.facets[facet.field].values(document))) for document in documents]
        counted = Counter(value for found in values for value in found)
        assert {value.value: value.count for value in facet.values} == counted, facet.field
        assert facet.distinct == len(counted), facet.field
        assert facet.missing == sum(not found for found in values), facet.field
    assert isinstance(dates, DateFacet)
    _check_dates(dates, documents)
    return sum(len(facet.values) for facet in (*facets, dates))


def _check_dates(facet: DateFacet, documents: Sequence[Document]) -> None:
    days = [document.date.days if document.date else None for document in documents]
    assert facet.missing == days.count(None)
    for value in facet.values:
        span = parse_range(value.value) or ALL_TIME
        inside = sum(span.contains(when) for when in days if when)
        touching = sum(span.overlaps(when) for when in days if when)
        assert (value.count, value.possible) == (inside, touching - inside), value.value


def check_paging(searcher: Searcher, question: Question) -> int:
    """Paging yields each document once; how many that are."""
    seen: list[str] = []
    answer = searcher.search(replace(question, page=1))
    for page in range(1, min(answer.pages, MAX_WINDOW // question.per_page) + 1):
        seen += [found.document.id for found in searcher.search(replace(question, page=page)).hits]
    assert len(set(seen)) == len(seen) == min(answer.total, MAX_WINDOW), question
    return len(seen)


def random_queries(documents: Sequence[Document], count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """(query, id of a document it must find), made of the documents' own words."""
    random = Random(seed)
    while count:
        document = random.choice(documents)
        written = document.body.replace('"', " ").split()
        words = [word for word in written if word.isalpha() and len(word) > 1]
        if len(words) > 10:
            yield _query(random, written, words), document.id
            count -= 1


def _query(random: Random, written: Sequence[str], words: Sequence[str]) -> str:
    word, other = random.choice(words), random.choice(words)
    kinds = (
        "word",
        "words",
        "words",
        "phrase",
        "near",
        "prefix",
        "fuzzy",
        "exact",
        "either",
        "both",
        "mixed",
    )
    match random.choice(kinds):
        case "words":
            return " ".join(random.choice(words).lower() for _ in range(random.randint(2, 4)))
        case "phrase":
            at = random.randrange(len(written) - 3)
            phrase = " ".join(written[at : at + random.randint(2, 3)])
            return f'"{phrase}"' if any(map(str.isalpha, phrase)) else word
        case "near" if len(words) < 90 and words[0].lower() != word.lower():
            return f'"{words[0]} {word}"~99'
        case "prefix" if len(word) > 4:
            return f"{word[:-2]}*"
        case "fuzzy" if len(word) > 5:
            return f"{_misspelt(random, word)}~"
        case "exact":
            return f"={word}"
        case "either":
            return f"{word} OR {other}"
        case "both":
            return f"+{word} {other}"
        case "mixed":
            return f"({word} OR {other}) {random.choice(words)}"
    return word


def _misspelt(random: Random, word: str) -> str:
    at = random.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def check_query(searcher: Searcher, text: str, doc_id: str) -> int:
    """The search finds its document and shows in each hit what matched; how many documents it finds."""
    answer = searcher.search(Question(text=text))
    assert answer.total > 0, text
    for found in answer.hits:
        marked = [highlight for highlight in found.highlights if highlight.ranges]
        assert marked, (text, found.document.id)
        for highlight in marked:
            assert all(0 <= a < b <= len(highlight.text) for a, b in highlight.ranges), text
    assert answer.pages > 1 or doc_id in {found.document.id for found in answer.hits}, (text, doc_id)
    return answer.total
