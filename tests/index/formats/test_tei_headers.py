"""What headers of TEI state, as projects write them: titles by level, people, dates, registers, letters."""

from pathlib import Path

import pytest

from search.document import Document
from tests.files import understood

Stated = dict[str, object]


def tei(header: str, text: str = "<p>Rye and oats.</p>", beside: str = "") -> str:
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>'
        f"{header}</teiHeader>{beside}<text><body>{text}</body></text></TEI>"
    )


def titles(*stated: str, more: str = "") -> str:
    return f"<titleStmt>{''.join(stated)}</titleStmt>{more}</fileDesc>"


def as_stated(document: Document) -> Stated:
    date = document.date
    return {
        "title": document.title,
        "collection": document.collection,
        "authors": document.authors,
        "recipients": document.recipients,
        "date": date and (date.earliest_iso, date.latest_iso),
        "place": document.place,
    }


DIGITAL = '<publicationStmt><date when="2019-05-06"/></publicationStmt>'
SOURCE = "<sourceDesc><bibl><title>Ferry songs</title>, <date>1640.</date></bibl></sourceDesc>"
SETTING = (
    '<profileDesc><settingDesc><setting><name type="city">Kalmar</name><date when="1841-03-04"/></setting>'
    "</settingDesc></profileDesc>"
)
CREATED = '<profileDesc><creation><date notBefore="1840" notAfter="1842"/></creation></profileDesc>'
BY_BOYE = '<correspAction type="sent"><persName>Ida Boye</persName></correspAction>'
ACTIONS = (
    '<correspAction type="sent"><persName><surname>Lind</surname><forename>Greta</forename></persName>'
    '<persName>Ida Boye</persName><settlement>Kalmar</settlement><date from="1841-03-04" to="1841-03-06"/>'
    '</correspAction><correspAction type="received"><persName>Olof Rask</persName></correspAction>'
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            tei(titles('<title level="s">Ferry letters</title>', '<title level="a">Lind to Rask</title>')),
            {"title": "Lind to Rask", "collection": "Ferry letters"},
        ),
        (
            tei(titles('<title level="m" type="main">Tolls</title>', '<title type="sub">A history</title>',
                       '<title type="short">T</title>', "<author>Lind, Greta</author>")),
            {"title": "Tolls: A history", "collection": "", "authors": ("Lind, Greta",)},
        ),
        (
            tei(titles("<title>Ferry song</title>", more="<seriesStmt><title>Songs</title></seriesStmt>"),
                '<div type="poem"><head>I.</head><l>Rye</l></div>'),
            {"title": "Ferry song", "collection": "Songs"},
        ),
        (tei(titles('<title type="main" xml:lang="sv">Färjan</title>',
                    '<title type="main" xml:lang="en">Ferry</title>')).replace("<TEI", '<TEI xml:lang="en"'),
         {"title": "Ferry"}),
        (tei(titles("<title>Songs</title>", more=DIGITAL + SOURCE)), {"date": ("1640-01-01", "1640-12-31")}),
        (tei(titles("<title>Songs</title>", more=DIGITAL)), {"date": None}),
        (tei(titles("<title>Song, 2 May 1650</title>", more=DIGITAL + SOURCE)),
         {"date": ("1650-05-02", "1650-05-02")}),
        (tei(titles("<title>Sitting</title>", more=DIGITAL + SOURCE) + SETTING),
         {"date": ("1841-03-04", "1841-03-04"), "place": "Kalmar"}),
        (tei(titles("<title>Song</title>", more=SOURCE) + CREATED), {"date": ("1840-01-01", "1842-12-31")}),
        (
            tei(titles("<title>A letter</title>", "<author>The Editor</author>", more=DIGITAL + SOURCE)
                + f"<profileDesc><correspDesc>{ACTIONS}</correspDesc></profileDesc>"),
            {"title": "A letter", "authors": ("Greta Lind", "Ida Boye"), "recipients": ("Olof Rask",),
             "date": ("1841-03-04", "1841-03-06"), "place": "Kalmar"},
        ),
        (
            tei(titles("<title>A letter</title>", more=DIGITAL + SOURCE) + "<profileDesc><correspDesc>"
                f"{BY_BOYE}</correspDesc></profileDesc>"),
            {"authors": ("Ida Boye",), "date": None},  # when others printed it is not when she wrote it
        ),
    ],
)  # fmt: skip
def test_headers(tmp_path: Path, text: str, expected: Stated) -> None:
    (tmp_path / "a.xml").write_text(text)
    (document,) = understood(tmp_path / "a.xml")
    assert {name: value for name, value in as_stated(document).items() if name in expected} == expected


def test_source_and_address(tmp_path: Path) -> None:
    identifier = "<settlement>Kalmar</settlement><repository>Town Archive</repository><idno>Ms 3</idno>"
    printed = '<title level="m">Ferry letters</title><imprint><date>1901</date></imprint>'
    source = (
        f"<sourceDesc><msDesc><msIdentifier>{identifier}</msIdentifier></msDesc><listBibl><biblStruct>"
        f"<monogr><author>Lind</author>{printed}</monogr></biblStruct></listBibl></sourceDesc>"
    )
    published = "<publicationStmt><idno>https://example.org/song</idno></publicationStmt>"
    editors = "<editor><name>Ida Boye</name><name>Olof Rask</name></editor>"
    (tmp_path / "a.xml").write_text(tei(titles("<title>Song</title>", editors, more=published + source)))
    (document,) = understood(tmp_path / "a.xml")
    assert document.reference is not None
    assert document.reference.text == "Kalmar, Town Archive, Ms 3"
    assert (document.citation, document.source_url) == (
        "Lind, Ferry letters, 1901",
        "https://example.org/song",
    )
    assert document.extra["editors"] == "Ida Boye; Olof Rask"


REGISTER = (
    "<listPerson><person><persName>Olof Rask</persName><birth>1799</birth><idno>http://d-nb.info/1</idno>"
    "</person></listPerson><listPlace><place><placeName>Kalmar</placeName><location><geo>56.6 16.3</geo>"
    "</location></place></listPlace>"
)


@pytest.mark.parametrize(
    ("text", "beside"),
    [("<p>Rye and oats.</p>" + REGISTER, ""), ("<p>Rye and oats.</p>", f"<standOff>{REGISTER}</standOff>")],
)
def test_registers_are_no_text_but_their_names_are_kept(tmp_path: Path, text: str, beside: str) -> None:
    (tmp_path / "a.xml").write_text(tei(titles("<title>Song</title>"), text, beside))
    (document,) = understood(tmp_path / "a.xml")
    assert document.body == "Rye and oats."
    assert document.extra["names in registers"] == "Olof Rask; Kalmar"


LETTERS = "".join(
    f'<correspDesc source="#e" {attributes}>{actions}</correspDesc>'
    for attributes, actions in (
        ('key="7" ref="https://example.org/7"', ACTIONS),
        (
            'key="8"',
            '<correspAction type="sent"><persName ref="http://d-nb.info/1">Olof Rask</persName>'
            '<date notAfter="1841-05" cert="low"/></correspAction>',
        ),
        ('key="8"', '<correspAction type="received"><persName>Ida Boye</persName></correspAction>'),
    )
)


def test_a_list_of_letters_is_a_document_each(tmp_path: Path) -> None:
    source = '<sourceDesc><bibl xml:id="e">Ferry letters, 1901</bibl></sourceDesc>'
    header = titles("<title>Letters of Lind</title>", more=DIGITAL + source)
    (tmp_path / "l.xml").write_text(tei(f"{header}<profileDesc>{LETTERS}</profileDesc>", "<p/>"))
    first, second, third = understood(tmp_path / "l.xml")
    assert as_stated(first) == {
        "title": "Greta Lind and Ida Boye to Olof Rask, 4 March 1841 – 6 March 1841",
        "collection": "Letters of Lind",
        "authors": ("Greta Lind", "Ida Boye"),
        "recipients": ("Olof Rask",),
        "date": ("1841-03-04", "1841-03-06"),
        "place": "Kalmar",
    }
    assert (first.id, first.source_url) == ("l-7", "https://example.org/7")
    assert first.citation == "Ferry letters, 1901, no. 7"
    assert (second.id, second.title) == ("l-8", "Olof Rask, before May 1841?")
    assert second.date is not None
    assert (second.date.earliest_iso, second.date.latest_iso) == (None, "1841-05-31")
    assert second.date.certainty == "uncertain"
    assert "http://d-nb.info/1" in second.extra["authorities"]
    assert third.id not in {"l-8", "l-7"}
    assert (third.title, third.recipients, third.date) == ("To Ida Boye", ("Ida Boye",), None)
