"""Small records of catalogues, in each format that is read."""

import io

import pymarc

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
<dateCreated point="end">1844</dateCreated>
<place><placeTerm type="text">Kalmar</placeTerm></place></originInfo>
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
<dc:description>Tolls by weight.</dc:description>
<dc:date>2019-02-03T04:05:06Z</dc:date><dc:date>1841-03</dc:date>
<dc:publisher>Town Archive</dc:publisher><dc:identifier>https://example.org/t9</dc:identifier>
<dc:language>sv</dc:language><dc:audience>skippers</dc:audience>"""
HARVEST = f"""<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"
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


def binary(collection: str) -> list[bytes]:
    """The records of a MARCXML collection in binary."""
    records = pymarc.parse_xml_to_array(io.BytesIO(collection.encode()))  # type: ignore[no-untyped-call]
    return [record.as_marc() for record in records if record]
