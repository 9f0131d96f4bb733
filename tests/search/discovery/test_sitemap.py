"""The sitemap of an archive.

1. It has every document once, in the order of ids, and the page about the archive.
2. Parts have the same addresses as one file would have, and none more than the limit.
3. Every file is one that the schema of the protocol allows, whatever an address holds.
4. Documents are read as they are asked for.
"""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import search.discovery.sitemap as tested
from search.analyzed import analyze
from search.discovery.sitemap import EVERY_DOCUMENT, part_count, sitemap, sitemap_index
from search.document import Document
from search.engines.memory import MemoryEngine
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import document

UPDATED = "2026-11-26T00:00:00Z"
BASE = "https://example.org/letters"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def searcher_of(ids: list[str], **values: object) -> Searcher:
    engine = MemoryEngine(Schema())
    with engine.writer() as writer:
        for doc_id in ids:
            writer.put(analyze(document(doc_id, "The armistice.", **values), engine.schema))
    return Searcher(engine)


def read(file: bytes, root: str = "urlset", entry: str = "url") -> list[tuple[str, str]]:
    """The address and the time of each entry of a file."""
    parsed = etree.fromstring(file)
    assert parsed.tag == NAMESPACE + root
    assert {child.tag for child in parsed} == {NAMESPACE + entry}
    return [
        (str(child.findtext(f"{NAMESPACE}loc")), str(child.findtext(f"{NAMESPACE}lastmod", "")))
        for child in parsed
    ]


def parts_of(searcher: Searcher, base_url: str = BASE) -> list[list[tuple[str, str]]]:
    count = part_count(searcher.export(EVERY_DOCUMENT).total)
    return [
        read(b"".join(sitemap(searcher.export(EVERY_DOCUMENT), base_url, UPDATED, part)))
        for part in range(1, count + 1)
    ]


def test_1_every_document_with_its_time() -> None:
    searcher = searcher_of(["b", "a"], indexed=1_700_000_000, title="zeppelin")
    [entries] = parts_of(searcher)
    assert entries == [
        (f"{BASE}/", UPDATED),
        (f"{BASE}/documents/a", "2023-11-14T22:13:20Z"),
        (f"{BASE}/documents/b", "2023-11-14T22:13:20Z"),
    ]


def test_1_a_time_that_is_not_known_is_left_out() -> None:
    [entries] = parts_of(searcher_of(["a"]))
    assert entries[1] == (f"{BASE}/documents/a", "")


def test_1_an_empty_archive_has_its_own_page() -> None:
    [entries] = parts_of(searcher_of([]))
    assert [address for address, _ in entries] == [f"{BASE}/"]


@given(st.integers(0, 12), st.integers(1, 5))
def test_2_parts_are_the_whole_and_no_longer_than_allowed(documents: int, most: int) -> None:
    searcher = searcher_of([f"d{number:02}" for number in range(documents)])
    [whole] = parts_of(searcher)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tested, "MOST", most)
        parts = parts_of(searcher)
    assert [entry for part in parts for entry in part] == whole
    assert all(1 <= len(part) <= most for part in parts)


def test_2_the_index_has_the_address_of_each_part() -> None:
    assert read(sitemap_index(2, BASE, UPDATED), "sitemapindex", "sitemap") == [
        (f"{BASE}/sitemap-1.xml", UPDATED),
        (f"{BASE}/sitemap-2.xml", UPDATED),
    ]


def test_2_the_limit_is_that_of_the_protocol() -> None:
    assert [part_count(documents) for documents in (0, 49_999, 50_000, 99_999, 100_000)] == [1, 1, 2, 2, 3]


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20))
def test_3_any_id_gives_an_address_and_well_formed_xml(doc_id: str) -> None:
    [entries] = parts_of(searcher_of([doc_id]), "https://example.org/a&b'c")
    address = entries[1][0]
    assert address.isascii()
    assert address.startswith("https://example.org/a&b'c/documents/")
    assert not set(address) & set(' "<>')


def test_4_documents_are_read_as_they_are_asked_for() -> None:
    read_so_far = 0

    def documents() -> Iterator[Document]:
        nonlocal read_so_far
        for read_so_far in range(1, 3001):
            yield document(f"d{read_so_far}")

    blocks = sitemap(documents(), BASE, UPDATED)
    assert read_so_far == 0
    next(blocks)
    assert 0 < read_so_far < 2000
