"""What reference managers read of an item, whatever the document contains.

1. rispy reads one record, and every field as it is in the item.
2. bibtexparser reads one entry, under its key, and every field as it is in the item.
3. CSL-JSON has only names and types of CSL 1.0.2; citeproc-py formats it in the style that comes with it.
4. The note and the entry of the bibliography are one line, and no mark in them is doubled.
5. The JSON-LD ends no script element, and has only types and properties of schema.org.
6. The address is one, whatever stands in the field of a document.
"""

import json
import re

import bibtexparser
import pytest
import rispy
from bibtexparser.bparser import BibTexParser
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as st

from search.citation import bibtex, citation_key, cite, csl_json, linked_data, ris
from search.citation.csl import CslName, place_in_archive
from search.citation.names import inverted
from search.document import Document, Reference
from tests.search.citation.hostile_documents import DOCUMENTS, PERMALINK, TODAY, item_of

STYLE = CitationStylesStyle("harvard-cite-them-right", validate=False)


def people(names: list[CslName]) -> list[str]:
    return [inverted(name) for name in names]


@settings(max_examples=40)
@given(DOCUMENTS)
def test_1_ris(document: Document) -> None:
    item = item_of(document)
    written = ris(item)
    assert written.startswith("TY  - ")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in written.split("\r\n")[:-1])
    assert len(written.splitlines()) == written.count("\r\n")
    [record] = rispy.loads(written)
    assert record["id"] == item["id"]
    assert record["title"] == item["title"]
    assert record.get("authors", []) == people(item.get("author", []))
    assert record.get("secondary_authors", []) == people(item.get("recipient", []))
    for key, field in {
        "archive": "name_of_database",
        "archive_location": "accession_number",
        "archive_collection": "secondary_title",
        "source": "database_provider",
        "event-place": "place_published",
        "language": "language",
        "genre": "type_of_work",
        "abstract": "abstract",
        "URL": "urls",
    }.items():
        expected = item.get(key)
        found = record.get(field)
        if field == "urls":
            assert found == [str(expected).replace(";", "%3B")]
        elif expected or field != "secondary_title":
            assert found == expected
    assert record.get("notes", []) == ([item["note"]] if "note" in item else [])
    assert "; ".join(record.get("keywords", [])) == item.get("keyword", "")
    assert ("date" in record) == ("issued" in item)


NAMED = {
    r"{\textbackslash}": "\\",
    r"{\textbraceleft}": "{",
    r"{\textbraceright}": "}",
    r"{\textasciitilde}": "~",
    r"{\textasciicircum}": "^",
    r"{\textless}": "<",
    r"{\textgreater}": ">",
    r"{\textbar}": "|",
}


def typeset(latex: str) -> str:
    """What LaTeX prints: the characters of the commands, and no braces."""
    pattern = re.compile("|".join(map(re.escape, NAMED)) + r"|\\([&%$#_])|[{}]")
    return pattern.sub(lambda match: NAMED.get(match[0], match[1] or ""), latex)


def person(name: CslName) -> str:
    """As BibTeX writes it: von Last, Jr, First."""
    if "literal" in name:
        return name["literal"]
    particle = name.get("non-dropping-particle", "") or name.get("dropping-particle", "")
    family = f"{particle} {name['family']}".strip()
    return ", ".join(filter(None, (family, name.get("suffix", ""), name["given"])))


@pytest.mark.slow
@settings(max_examples=40)
@given(DOCUMENTS)
def test_2_bibtex(document: Document) -> None:
    item = item_of(document)
    key = citation_key(item)
    written = bibtex(item, key)
    assert re.fullmatch(r"[A-Za-z0-9._+:-]+", key)
    assert written.count("{") == written.count("}")
    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False, interpolate_strings=False)
    [entry] = bibtexparser.loads(written, parser).entries
    assert entry["ID"] == key
    assert typeset(entry["title"]) == item["title"]
    assert typeset(entry.get("author", "")) == " and ".join(map(person, item.get("author", [])))
    assert typeset(entry.get("recipient", "")) == " and ".join(map(person, item.get("recipient", [])))
    place = place_in_archive(item)
    for field, expected in {
        "note": place,
        "library": place,
        "series": item.get("archive_collection", ""),
        "journal" if item["type"] == "article-newspaper" else "booktitle": item.get("container-title", ""),
        "organization": item.get("source", ""),
        "address": item.get("event-place", ""),
        "language": item.get("language", ""),
        "abstract": item.get("abstract", ""),
        "annote": item.get("note", ""),
        "keywords": item.get("keyword", "").replace("; ", ", "),
        "type" if item["type"] == "report" else "howpublished": item.get("genre", ""),
    }.items():
        assert typeset(entry.get(field, "")) == expected
    assert ("year" in entry) == ("issued" in item)


CSL_TYPES = {
    "personal_communication", "report", "manuscript", "speech", "interview", "treaty", "article-newspaper",
    "graphic", "map", "document",
}  # fmt: skip
"""Those of CSL 1.0.2 that kinds.toml uses."""
CSL_VARIABLES = {
    "id", "type", "title", "author", "recipient", "issued", "accessed", "genre", "container-title",
    "archive_collection", "archive_location", "archive", "source", "event-place", "language", "abstract",
    "keyword", "note", "URL",
}  # fmt: skip
"""Those of its schema csl-data.json, which allows no others, that an item may have."""


@pytest.mark.filterwarnings("ignore:The following arguments.*archive_collection")  # new in CSL 1.0.2
@settings(max_examples=40)
@given(DOCUMENTS)
def test_3_csl(document: Document) -> None:
    item = item_of(document)
    read = json.loads(csl_json(item))
    assert read == item
    assert read["type"] in CSL_TYPES
    assert set(read) <= CSL_VARIABLES
    source = CiteProcJSON([read])
    bibliography = CitationStylesBibliography(STYLE, source, formatter.plain)
    citation = Citation([CitationItem(item["id"].lower())])
    bibliography.register(citation)
    bibliography.cite(citation, lambda _: None)
    [entry] = bibliography.bibliography()
    assert str(entry)


DOUBLED = re.compile(r"[,;:]\s*[,;]|(?<!\.)\.\.(?!\.)|,\.|,”,|\.”\.|\. \.|[“”][“”]")


@settings(max_examples=40)
@given(DOCUMENTS)
def test_4_text(document: Document) -> None:
    found = cite(document, PERMALINK, TODAY, archive_title="Letters")
    for text in (found.note, found.bibliography):
        assert " ".join(text.split()) == text
        assert text.endswith(".")
        assert text.encode()
        assert PERMALINK in text


TITLES = st.lists(
    st.sampled_from(
        ["Who?", "“Peace”", "the U.S.", "Report", "'War'", "Mr. Seward.", "etc.", "Stop!", "Jr.", '"Plan"']
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(
    TITLES,
    st.sampled_from([(), ("V.M. Molotov",), ("Herbert Hoover, Jr.", "Mao")]),
    st.booleans(),
    st.sampled_from(["F. 3.", "Op. 65,", ""]),
)
def test_4_no_mark_is_doubled(title: str, authors: tuple[str, ...], is_makeshift: bool, place: str) -> None:
    document = Document(
        "a",
        title,
        authors=authors,
        makeshift_title=is_makeshift,
        reference=Reference(place),
        place=place,
        collection=place,
    )
    found = cite(document, PERMALINK, TODAY, archive_title="Letters.")
    for text in (found.note, found.bibliography):
        assert not DOUBLED.search(text), text


SCHEMA_ORG = frozenset(
    """
    @context @type @id url name author recipient dateCreated locationCreated inLanguage genre abstract
    keywords holdingArchive identifier isPartOf isBasedOn creditText
    """.split()  # noqa: SIM905
)
SCHEMA_TYPES = frozenset(
    "ArchiveComponent Message EmailMessage Report Conversation NewsArticle Photograph Map".split()  # noqa: SIM905
)


@settings(max_examples=40)
@given(DOCUMENTS)
def test_5_linked_data(document: Document) -> None:
    item = item_of(document)
    written = linked_data(document, item, PERMALINK)
    assert not set("<>&\u2028\u2029") & set(written)
    read = json.loads(written)
    assert set(read) <= SCHEMA_ORG
    assert set(read["@type"]) <= SCHEMA_TYPES
    assert read["name"] == item["title"]
    assert ("recipient" not in read) or {"Message", "EmailMessage"} & set(read["@type"])


def test_6_an_address_has_no_blanks_quotes_and_braces() -> None:
    written = 'https://example.org/{письмо} 1?q="a"&b=%20'
    item = cite(Document("a", "Title", source_url=written), "/documents/a", TODAY).item
    assert item["URL"] == "https://example.org/%7Bписьмо%7D%201?q=%22a%22&b=%20"
    assert "note" not in item
