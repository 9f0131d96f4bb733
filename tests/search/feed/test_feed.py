"""The feed of a search.

1. It is valid, and its entries are the documents of the search, whatever they hold.
2. Titles, names, summaries and subjects arrive as they are, but for what XML cannot hold.
3. A search that lists nothing, or finds more than a feed lists, says so.
4. Ids are those of the archive: of no other one, and of no other search.
5. The search of a feed has its own order and is never relaxed.
6. Titles and summaries say in which language they are, where that is known.
"""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from search.answer import DocumentHit
from search.commit_data.identity import ArchiveIdentity, new_identity
from search.document import Document
from search.engines.memory import MemoryEngine
from search.feed.feed import ENTRIES, Feed, feed_question
from search.request import Filter, Question
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Site
from tests.archive import document, fill
from tests.atom_feed import parsed

SCHEMA = Schema()
ADDRESS = "https://archive.example"
ARCHIVE = ArchiveIdentity(UUID("3b241101-e2bb-4255-8caf-4136c566a962"), 1_500_000_000)
SITE = Site("Armistice Papers", rights="Reuse is welcome.")
NOON = 1_700_000_000


def feed_of(
    *documents: Document,
    question: Question = Question(),  # noqa: B008 - frozen
    archive: ArchiveIdentity | None = ARCHIVE,
    site: Site = SITE,
    address: str = ADDRESS,
) -> bytes:
    searcher = Searcher(fill(MemoryEngine(SCHEMA), documents))
    answer = searcher.search(feed_question(question))
    return Feed(question, answer, archive, site, address, searcher.schema).to_xml()


hostile = st.text() | st.sampled_from(
    [
        *("]]>", "<![CDATA[", "&amp; &lt;", "<script>alert(1)</script>", "\x00\x08\x0b", "\ud800 \udfff"),
        *("\ufffe\uffff", "\u202e", "\x85\u2028", "\U0001fffe", "a" * 5000, "\r\n\n x", "&#0;", "\x1f", "?>"),
    ]
)
documents = st.builds(
    Document,
    id=st.uuids().map(str),
    title=hostile,
    body=hostile,
    summary=hostile,
    authors=st.lists(hostile, max_size=30).map(tuple),
    subjects=st.lists(hostile, max_size=3).map(tuple),
    type=hostile,
    indexed=st.sampled_from([0, 1, NOON, NOON + 1, 253_402_300_799]),
)
sites = st.builds(Site, title=hostile, rights=hostile)


QUESTION = Question("", filters=(Filter("author", "not", "<nobody> & \x01"),))
EMPTY = Searcher(MemoryEngine(SCHEMA)).search(feed_question(QUESTION))


@given(st.lists(documents, max_size=3, unique_by=lambda item: item.id), sites)
@settings(max_examples=150)
def test_1_it_is_valid_whatever_documents_hold(found: list[Document], site: Site) -> None:
    hits = (DocumentHit(item, 0.0) for item in sorted(found, key=lambda item: -item.indexed))
    answer = replace(EMPTY, hits=tuple(hits), total=len(found))
    feed = parsed(Feed(QUESTION, answer, ArchiveIdentity(ARCHIVE.id, 0), site, ADDRESS, SCHEMA).to_xml())
    assert len(feed.entries) == len(found)
    assert {entry.link for entry in feed.entries} == {f"{ADDRESS}/documents/{item.id}" for item in found}


def test_2_what_a_document_says_arrives() -> None:
    letter = document(
        "letter",
        "First.\n\nSecond.",
        title="The <talks> & R&D\x07",
        authors=["Anna Berg", "Карл \x08"],
        subjects=["Peace & war", ""],
        type="letter",
        indexed=NOON,
    )
    feed = parsed(feed_of(letter))
    assert feed.feed.title == "All documents · Armistice Papers"
    assert feed.feed.author == "Armistice Papers"
    assert feed.feed.rights == "Reuse is welcome."
    assert feed.feed.generator_detail.name == "Opis"
    assert feed.feed.generator_detail.version
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": f"{ADDRESS}/search.atom",
        "alternate": f"{ADDRESS}/search",
    }
    (entry,) = feed.entries
    assert entry.title_detail.type == "text/plain"
    assert entry.title_detail.value == "The <talks> & R&D\N{REPLACEMENT CHARACTER}"
    assert [author.name for author in entry.authors] == ["Anna Berg", "Карл \N{REPLACEMENT CHARACTER}"]
    assert [tag.term for tag in entry.tags] == ["letter", "Peace & war"]
    assert entry.summary == "First. · Second."
    assert entry.updated == "2023-11-14T22:13:20Z"
    assert entry.link == f"{ADDRESS}/documents/letter"
    (summarised,) = parsed(feed_of(replace(letter, summary="In\nshort."))).entries
    assert summarised.summary == "In short."


def test_3_how_many_it_lists() -> None:
    many = [document(f"d{n:02}", "words", indexed=NOON + n) for n in range(ENTRIES + 1)]
    feed = parsed(feed_of(*many))
    assert feed.feed.subtitle == "51 documents, of which these 50 were added last"
    assert [entry.title for entry in feed.entries] == [f"d{n:02}" for n in range(ENTRIES, 0, -1)]
    few = parsed(feed_of(*many[:2], question=Question("words", page=2, per_page=1, sort="title")))
    assert few.feed.subtitle == "2 documents"
    assert [entry.title for entry in few.entries] == ["d01", "d00"]
    nothing = parsed(feed_of(question=Question("nothing")))
    assert nothing.feed.subtitle == "No document"
    assert nothing.entries == []


def test_4_ids_are_of_the_archive_and_the_search() -> None:
    found = document("a", "words", indexed=NOON)
    feed = parsed(feed_of(found))
    moved = parsed(feed_of(replace(found, body="other"), address="https://elsewhere.example"))
    assert (moved.feed.id, moved.entries[0].id) == (feed.feed.id, feed.entries[0].id)
    other = parsed(feed_of(found, archive=new_identity(0)))
    assert {other.feed.id, other.entries[0].id}.isdisjoint({feed.feed.id, feed.entries[0].id})
    searched = parsed(feed_of(found, question=Question("words")))
    assert searched.feed.id != feed.feed.id
    assert searched.entries[0].id == feed.entries[0].id
    undated = parsed(feed_of(found, question=Question(undated="only")))
    assert undated.feed.id != feed.feed.id
    assert undated.feed.title == "All documents, Undated only · Armistice Papers"
    unnamed = parsed(feed_of(found, archive=None))
    assert unnamed.feed.id == parsed(feed_of(found, archive=None)).feed.id != feed.feed.id


def test_4_a_document_of_unknown_time_was_there_by_then() -> None:
    feed = parsed(feed_of(document("old"), document("new", indexed=NOON)))
    assert [(entry.title, entry.updated) for entry in feed.entries] == [
        ("new", "2023-11-14T22:13:20Z"),
        ("old", "2017-07-14T02:40:00Z"),
    ]


@pytest.mark.parametrize("match", [None, "all", "any"])
def test_5_words_are_not_left_out_unless_that_is_asked_for(match: str | None) -> None:
    question = Question("armistice zebra", match="any" if match == "any" else None)
    feed = parsed(feed_of(document("a", "The armistice.", indexed=NOON), question=question))
    assert len(feed.entries) == (1 if match == "any" else 0)


def test_6_languages() -> None:
    xml = feed_of(
        document("a", "Der Krieg ist aus.", title="Bericht", text_language="German"),
        document("b", "Война окончена.", title="Report", text_language="Russian"),
        document("c", "x", title="Unknown"),
    )
    elements = etree.fromstring(xml).iter("{*}title", "{*}summary")
    said = [(element.text, element.get("{http://www.w3.org/XML/1998/namespace}lang")) for element in elements]
    assert [item for item in said if item[1]] == [
        ("Bericht", "de"),
        ("Der Krieg ist aus.", "de"),
        ("Война окончена.", "ru"),
    ]
