"""Catalogue records: MARC (XML and binary), MODS, Dublin Core and harvests by OAI-PMH.

1. Each record is a document with what it states; the rest is kept by name.
2. The date of a harvest or of the record itself is never the document's.
3. A record that cannot be read is a failure of its own; a file that is cut short keeps its whole records.
4. XML of a known kind that holds no text is skipped by its name.
"""

from pathlib import Path

import pymarc
import pytest

from index.extracted import BadRecord, Extracted, ReadError
from index.formats import why_not_read
from search.document import Document
from tests.files import read, source_file, understood

MARC_NS = 'xmlns="http://www.loc.gov/MARC21/slim"'


def field(tag: str, *pairs: str) -> str:
    inside = "".join(f'<subfield code="{pair[0]}">{pair[1:]}</subfield>' for pair in pairs)
    return f'<datafield tag="{tag}" ind1=" " ind2=" ">{inside}</datafield>'


def marc(*fields: str, number: str = "m7", years: str = "i18401844") -> str:
    control = f'<controlfield tag="008">990203{years}sw                  eng d</controlfield>'
    return (
        f'<record><leader>00000npc a2200000 u 4500</leader><controlfield tag="001">{number}</controlfield>'
        f'<controlfield tag="005">20190203010203.0</controlfield>{control}{"".join(fields)}</record>'
    )


LETTERS = marc(
    field("100", "aLind, Greta,", "d1801-1877."),
    field("245", "aLetters from the ferry :", "ba selection /", "f1840-1844."),
    field("300", "a3 boxes"),
    field("520", "aOn tolls and ice."),
    field("545", "aGreta Lind kept the ferry."),
    field("650", "aFerries", "zSweden", "vSources."),
    field("700", "aRask, Olof,", "erecipient."),
    field("700", "aBoye, Ida"),
    field("773", "tLind family papers"),
    field("852", "aTown Archive", "jMs 12"),
    field("856", "uhttps://example.org/m7"),
    field("586", "aHonourable mention"),
)
MODS = """<mods><titleInfo>
<nonSort>The </nonSort><title>Ferry book</title><subTitle>1840</subTitle></titleInfo>
<name type="personal"><namePart type="family">Lind</namePart><namePart type="given">Greta</namePart>
<namePart type="date">1801-1877</namePart><role><roleTerm type="code">cre</roleTerm></role></name>
<name><namePart>Olof Rask</namePart><role><roleTerm>Addressee</roleTerm></role></name>
<name><namePart>Ida Boye</namePart><role><roleTerm>scribe</roleTerm></role></name>
<genre>account book</genre>
<originInfo><dateCreated point="start">1840</dateCreated>
<dateCreated point="end">1844</dateCreated><place><placeTerm type="text">Kalmar</placeTerm></place></originInfo>
<language><languageTerm type="code">sv</languageTerm></language>
<abstract>Tolls taken.</abstract>
<subject><topic>Ferries</topic><geographic>Sweden</geographic></subject><note>Water-stained.</note>
<relatedItem type="host"><titleInfo><title>Lind family papers</title></titleInfo></relatedItem>
<location><physicalLocation>Town Archive</physicalLocation><shelfLocator>Ms 13</shelfLocator></location>
<targetAudience>scholars</targetAudience>
<recordInfo>
<recordCreationDate>2019-02-03</recordCreationDate>
<recordIdentifier>b13</recordIdentifier></recordInfo></mods>"""
DC = """<dc:title>Ferry tariff</dc:title><dc:creator>Lind, Greta</dc:creator><dc:subject>Ferries</dc:subject>
<dc:description>Tolls by weight.</dc:description><dc:date>2019-02-03T04:05:06Z</dc:date><dc:date>1841-03</dc:date>
<dc:publisher>Town Archive</dc:publisher><dc:identifier>https://example.org/t9</dc:identifier>
<dc:language>sv</dc:language><dc:audience>skippers</dc:audience>"""
OAI = f"""<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/">
<responseDate>2019-02-03T04:05:06Z</responseDate><request verb="ListRecords">https://example.org/oai</request>
<ListRecords>
<record><header><identifier>oai:example.org:t9</identifier><datestamp>2019-02-03</datestamp></header>
<metadata><oai_dc:dc>{DC}</oai_dc:dc></metadata></record>
<record><header status="deleted"><identifier>oai:example.org:t8</identifier></header></record>
<record><header><identifier>oai:example.org:t7</identifier></header>
<metadata><thing xmlns="x:y"/></metadata></record>
<record><header><identifier>oai:example.org:m7</identifier></header>
<metadata>{LETTERS.replace("<record>", f"<record {MARC_NS}>")}</metadata></record>
</ListRecords></OAI-PMH>"""


def as_stated(document: Document) -> dict[str, object]:
    date = document.date
    return {
        "title": document.title,
        "date": date and (date.earliest_iso, date.latest_iso),
        "authors": document.authors,
        "recipients": document.recipients,
        "collection": document.collection,
    }


@pytest.mark.parametrize("name", ["m.xml", "plain.xml", "m.mrc"])
def test_1_marc(tmp_path: Path, name: str) -> None:
    text = f"<collection {'' if name == 'plain.xml' else MARC_NS}>{LETTERS}{marc(number='m8')}</collection>"
    path = tmp_path / name
    if name == "m.mrc":
        (tmp_path / "source").write_text(text)
        records = pymarc.parse_xml_to_array(str(tmp_path / "source"))
        path.write_bytes(b"\n".join(one.as_marc() for one in records if one))
    else:
        path.write_text(text)
    first, second = understood(path)
    assert as_stated(first) == {
        "title": "Letters from the ferry : a selection",
        "date": ("1840-01-01", "1844-12-31"),
        "authors": ("Lind, Greta",),
        "recipients": ("Rask, Olof",),
        "collection": "Lind family papers",
    }
    assert (first.summary, first.body) == ("On tolls and ice.", "Greta Lind kept the ferry.")
    assert (first.subjects, first.type) == (("Ferries -- Sweden -- Sources",), "mixed materials")
    assert first.source_url == "https://example.org/m7"
    assert first.reference is not None
    assert first.reference.text == "Town Archive Ms 12"
    assert first.extra["contributors"] == "Boye, Ida"
    assert first.extra["headings"] == "Lind, Greta, 1801-1877"
    assert first.extra["extent"] == "3 boxes"
    assert first.extra["MARC 586"] == "Honourable mention"
    assert first.id == f"{path.stem}-m7"
    assert as_stated(second)["date"] == ("1840-01-01", "1844-12-31")  # as coded in 008


@pytest.mark.parametrize("wrapped", [True, False])
def test_1_mods(tmp_path: Path, wrapped: bool) -> None:
    namespace = 'xmlns="http://www.loc.gov/mods/v3"'
    text = f"<modsCollection {namespace}>{MODS}{MODS.replace('b13', 'b14')}</modsCollection>"
    (tmp_path / "b.xml").write_text(text if wrapped else MODS.replace("<mods>", f"<mods {namespace}>"))
    found = understood(tmp_path / "b.xml")
    assert [document.id for document in found] == (["b-b13", "b-b14"] if wrapped else ["b-b13"])
    assert as_stated(found[0]) == {
        "title": "The Ferry book: 1840",
        "date": ("1840-01-01", "1844-12-31"),
        "authors": ("Greta Lind",),
        "recipients": ("Olof Rask",),
        "collection": "Lind family papers",
    }
    one = found[0]
    assert (one.summary, one.body, one.type) == ("Tolls taken.", "Water-stained.", "account book")
    assert (one.place, one.language, one.subjects) == ("Kalmar", "Swedish", ("Ferries -- Sweden",))
    assert one.extra["contributors"] == "Ida Boye"
    assert one.extra["targetaudience"] == "scholars"
    assert one.extra["repository"] == "Town Archive"


@pytest.mark.parametrize("root", ["oai_dc:dc", "metadata", "records><record"])
def test_1_dublin_core(tmp_path: Path, root: str) -> None:
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    first, _, second = root.partition("><")
    end = f"</{second}></{first}>" if second else f"</{first}>"
    (tmp_path / "t.xml").write_text(f"<{first} {names}>{f'<{second}>' if second else ''}{DC}{end}")
    (found,) = understood(tmp_path / "t.xml")
    assert as_stated(found) == {
        "title": "Ferry tariff",
        "date": ("1841-03-01", "1841-03-31"),
        "authors": ("Lind, Greta",),
        "recipients": (),
        "collection": "",
    }
    assert (found.summary, found.source_url) == ("Tolls by weight.", "https://example.org/t9")
    assert (found.extra["publisher"], found.extra["audience"]) == ("Town Archive", "skippers")


def test_2_a_harvest(tmp_path: Path) -> None:
    (tmp_path / "h.xml").write_text(OAI)
    found = read(tmp_path / "h.xml")
    assert len(found) == 3  # the deleted one is no document
    (bad,) = [one for one in found if isinstance(one, BadRecord)]
    assert "'thing'" in bad.reason
    tariff, letters = understood(tmp_path / "h.xml")
    assert (tariff.title, letters.title) == ("Ferry tariff", "Letters from the ferry : a selection")
    assert tariff.date is not None
    assert tariff.date.earliest_iso == "1841-03-01"
    assert letters.id.startswith("h-oai-example.org-m7")


def test_2_a_date_of_a_machine_is_none(tmp_path: Path) -> None:
    text = OAI.replace("<dc:date>1841-03</dc:date>", "")
    (tmp_path / "h.xml").write_text(text)
    assert understood(tmp_path / "h.xml")[0].date is None


def test_3_a_harvest_that_failed_says_so(tmp_path: Path) -> None:
    answer = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="badArgument">No set.</error></OAI-PMH>'
    (tmp_path / "h.xml").write_text(answer)
    with pytest.raises(ReadError, match="No set"):
        read(tmp_path / "h.xml")


def test_3_binary_records_are_read_around_a_damaged_one(tmp_path: Path) -> None:
    (tmp_path / "source").write_text(f"<collection {MARC_NS}>{LETTERS}{marc(number='m8')}</collection>")
    records = pymarc.parse_xml_to_array(str(tmp_path / "source"))
    one, other = (record.as_marc() for record in records if record)
    (tmp_path / "m.mrc").write_bytes(one + b"01234nonsense\x1d" + other)
    assert [type(found) for found in read(tmp_path / "m.mrc")] == [Extracted, BadRecord, Extracted]
    (tmp_path / "m.mrc").write_bytes(one + other[:-30])
    with pytest.raises(ReadError, match="cut short"):
        read(tmp_path / "m.mrc")


@pytest.mark.parametrize(
    ("root", "kind"),
    [
        ('<eac-cpf xmlns="urn:isbn:1-931666-33-4">', "an EAC-CPF authority record"),
        (
            '<?xml version="1.0"?><!-- of 1999 --><m:mets xmlns:m="http://www.loc.gov/METS/">',
            "a METS description",
        ),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">', "RDF data"),
        ('<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema">', "an XML schema"),
        ('<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">', "a GPX track"),
        (
            '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">',
            "save it as .odt",
        ),
        ('<book xmlns:svg="http://www.w3.org/2000/svg">', ""),
    ],
)
def test_4_other_xml_is_skipped_by_its_name(tmp_path: Path, root: str, kind: str) -> None:
    (tmp_path / "a.xml").write_text(root + "Words" + "</x>")
    assert kind in why_not_read(source_file(tmp_path / "a.xml"))
