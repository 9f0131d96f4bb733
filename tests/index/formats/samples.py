"""A small file of each format, with the features that its reader knows."""

import gzip

from tests.files import W, docx, epub, odt, pdf, word_paragraph, xlsx
from tests.index.formats.catalogue import HARVEST, LETTERS, MARC_NS, MODS, binary
from tests.index.formats.scans import METS, PAGE, alto, line, region

VOLUME = """<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:f="http://example.org/f" xml:id="v1">
<teiHeader><fileDesc><titleStmt>
 <title type="series">Papers</title><title type="complete">Papers on Works,
   1951</title></titleStmt></fileDesc></teiHeader>
<text><front><pb n="III"/>
<div type="section" xml:id="preface"><head>Preface</head><p>Before.</p></div></front>
<body>
<div type="compilation" xml:id="comp"><head>The <hi>Works</hi></head>
 <div type="chapter" xml:id="ch1"><head>First steps</head><pb n="1"/>
 <div type="document" xml:id="d1" n="1">
  <note type="source">Source: State Archive, Box 3. Top Secret; Priority. Drafted by Brown.</note>
  <note type="summary">What was <hi>done</hi>.</note>
  <head>1. <hi>Telegram From the Embassy
     (<persName type="from">Smith</persName>)</hi> to <persName type="to">Jones</persName><note n="1"
     xml:id="d1fn1">Repeated to <hi>Paris</hi>.</note></head>
  <opener><dateline><placeName>Legation of Works, Paris</placeName>, <date when="1951-01-02T18:00">January
     2, 1951—6 p.m.</date></dateline><seg>secret</seg><salute>Dear Sir:</salute></opener>
  <p>It began <pb n="2"/>here.<note n="2">See <ref>below</ref>.<p>And more.</p></note> It
     went on:<list><label>a.</label><item>one</item><item n="2)">two
       <list><item>deep</item></list></item></list>as said.</p>
  <quote rend="blockquote"><p>Quoted<lb/>lines</p></quote>
  <table><row><cell>x</cell><cell><p>y</p> z</cell></row></table>
  <closer><signed><hi>John Smith</hi>, Ambassador</signed></closer>
  <f:attachment><head>Enclosure</head><opener><dateline><date when="1950-12-01">December 1,
    1950</date></dateline></opener><p>Enclosed.</p><closer><signed>Brown</signed></closer></f:attachment>
 </div>
 <div type="document" xml:id="d2"><head>Memorandum by the Secretary</head>
  <opener><dateline><date from="1951-02" to="1951-03">Winter</date></dateline></opener><p>Text <gap/>.</p>
  <note>A note in its place.</note><closer><signed>A. B. Brown</signed></closer></div>
 <div type="document" xml:id="d3"
  f:doc-dateTime-min="1951-04-01T00:00:00" f:doc-dateTime-max="1951-04-30T23:59:59">
  <head>Editorial Note</head><p><choice><sic>teh</sic><corr>the</corr></choice> end &amp; all</p></div>
 </div></div></body></text></TEI>"""
"""A TEI volume of three documents."""

FINDING_AID = """<ead{namespace}><{header}><eadid>x</eadid></{header}><archdesc level="collection"><did>
 <unittitle>Papers of Works</unittitle><unitid>MS 7</unitid>
 <repository><corpname>{archive}</corpname></repository>
 <origination><persname>{smith}</persname></origination>
 <unitdate normal="1950/1955">circa 1950-55</unitdate><unitdate type="bulk" normal="1951/1951">bulk</unitdate>
 <langmaterial><language langcode="fre">French.</language></langmaterial><abstract>In short.</abstract></did>
 <bioghist><head>History</head><p>Was born.</p></bioghist>
 <scopecontent><head>Scope</head><p>All of <emph>it</emph>.</p><list><item>one</item><item>two</item></list>
 <chronlist><chronitem><date>1950</date><event>Begun</event></chronitem></chronlist></scopecontent>
 <prefercite><head>Cite</head><p>MS 7, Works.</p></prefercite>
 <controlaccess><subject>Dams.</subject><controlaccess><geogname>Lyon</geogname></controlaccess></controlaccess>
 <dsc><{c1} id="s1" level="series"><did><unittitle>Letters, <unitdate>1951</unitdate></unittitle></did>
  <{c2} level="file"><did><unittitle>To Jones</unittitle><container type="box">3</container>
   <container type="folder">4</container><unitdate normal="19510302">2 March 1951</unitdate></did>
   <scopecontent><p>One letter.</p></scopecontent></{c2}>
  <{c2} level="file"><did><unitdate>1952</unitdate></did></{c2}>
  <{c2} level="file"><did><unitid>nameless</unitid></did></{c2}>
 </{c1}><{c1} level="otherlevel" otherlevel="pile"><did><unittitle>Rest</unittitle></did></{c1}>
</dsc></archdesc></ead>"""
"""An EAD finding aid; `{c1}` and `{c2}` are the names of its components."""

TEXT = """TELEGRAM

From: Smith
To: Jones

July 4, 1953

Text with a line
break.

"""
MARKDOWN = """---
title: Notes
author: [Smith, Jones]
tags: dams; rivers
x: kept
---
# First

A *word*, a [link](https://x.org) and `code`.\\
Next line.

- one
  - two

3. three

> quoted

| a | b |
|---|---|
| 1 | 2 |

```
verbatim  text
```
"""
HTML = """<!doctype html><html lang="fr"><head><title>Tab</title><meta name="dc.creator" content="A. Smith">
<meta name="dc.date" content="1951/07/10"><meta name="keywords" content="dams, rivers">
<meta name="description" content="In short."><meta name="dc.publisher" content="Press">
<link rel="canonical" href="https://x.org/a"></head><body><nav>Menu</nav><h1>Heading</h1>
<p>One<br>two <b>bold</b>.<ol start="3"><li>three<ul><li>deep</li></ul></li></ol>
<blockquote>Quoted</blockquote>
<pre>  kept   spaces</pre><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>
<table><tr><td><h2>Layout</h2></td></tr></table><div hidden>hidden</div></body></html>"""
MESSAGE = b"""From: Ann Smith <a@x.org>
To: Bob <b@x.org>
Cc: c@x.org
Subject: =?utf-8?q?Caf=C3=A9?=
Date: Tue, 10 Jul 1951 23:00:00 +0200
Message-ID: <1@x>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html; charset=iso-8859-1

<p>Caf\xe9</p>
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename=plan.pdf

x
--b--
"""
RICH_TEXT = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title A plan}{\author Smith}{\keywords dams}}"
    rb"First caf\'e9.\par\par Second.\par\trowd a\cell b\cell\row}"
)
XML = """<?xml version='1.0'?><book><title>A book</title><para>One <em>two</em>.</para>
<programlisting> x
  y</programlisting></book>"""
STYLES = f"""<w:styles {W}><w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Mine"><w:basedOn w:val="H2"/></w:style></w:styles>"""
NUMBERED = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr>'
    "<w:r><w:t>Item</w:t></w:r></w:p>"
)
NOTES = f'<w:footnotes {W}><w:footnote w:id="1">{word_paragraph("A note.")}</w:footnote></w:footnotes>'
WORD = docx(
    word_paragraph("Chapter", "Mine")
    + word_paragraph("Text.")
    + NUMBERED
    + f"<w:tbl><w:tr><w:tc>{word_paragraph('a')}</w:tc><w:tc>{word_paragraph('b')}</w:tc></w:tr></w:tbl>",
    {"word/styles.xml": STYLES, "word/footnotes.xml": NOTES},
    "<dc:title>A plan</dc:title><dc:creator>Smith</dc:creator><cp:keywords>dams; rivers</cp:keywords>"
    "<dc:subject>In short.</dc:subject><dc:language>en-GB</dc:language>",
)
OPEN_DOCUMENT = odt(
    '<text:h text:outline-level="2">Chapter</text:h><text:p>One<text:tab/>two<text:line-break/>three'
    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p>"
    "</text:note-body></text:note></text:p><text:list><text:list-item><text:p>Item</text:p></text:list-item></text:list>"
    "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
    "<text:p>b</text:p></table:table-cell></table:table-row></table:table>",
    "<dc:title>A plan</dc:title><meta:initial-creator>Smith</meta:initial-creator>"
    "<meta:keyword>dams</meta:keyword><dc:language>fr</dc:language>",
)
BOOK = epub(
    {"a.xhtml": "<h1>One</h1><p>First.</p>", "b.xhtml": "<h1>Two</h1><p>Second.</p>"},
    "<dc:title>A book</dc:title><dc:creator>A. Smith</dc:creator><dc:date>1951-07-10</dc:date>"
    "<dc:publisher>Press</dc:publisher><dc:subject>dams</dc:subject><dc:language>en</dc:language>",
)
PAGES = pdf(
    [
        [(50, 760, 10, "Running head 1"), (50, 700, 20, "Chapter"), (50, 660, 10, "It began in a foreign-"),
         (50, 648, 10, "land and went on."), (50, 600, 10, "Another paragraph.")],
        [(50, 760, 10, "Running head 2"), (50, 700, 10, "More of it.")],
        [(50, 760, 10, "Running head 3"), (50, 700, 10, "The end.")],
    ],
    "/Title (A plan) /Author (Smith) /Keywords (dams, rivers)",
    "0 << /S /r >>",
)  # fmt: skip
RECORDS = (
    '{"id": "a", "title": "First", "authors": "A; B", "date": "1951", '
    '"body": "One.\\n\\nTwo.", "x": [1, "y"]}\n\n[1]\n'
    '{"title": "Second", "keywords": "a, b", "withhold": true}\n'
)
JSON_LIST = """{"total": 2, "items": [
  {"dcterms:title": [{"@value": "A list"}], "dcterms:created": [{"@value": "1871"}], "shelf": {"row": 3}},
  {"title": "Another", "extents": [{"number": "3", "type": "boxes"}]}
]}"""
TABLE = 'title,body,authors,shelf\nFirst,"One.\n\nTwo.",A; B,7\nSecond,x,,\n,,,\na,b,c,d,e\n'
ATOM = (
    "legacyId\ttitle\tscopeAndContent\teventTypes\teventDates\teventActors\tlanguage\tarchivalHistory\n"
    "7\tMill\tIts papers\tCreation|Accumulation\t1870|1880\tBerg, A.|Holm\ten|sv\tFound in a loft\n"
)
SHEET: list[list[str | float]] = [
    ["Title", "Date", "Text", "Shelf"],
    ["First", 1871, "One.", 3.0],
    ["Second", "", "Two.", "x"],
]
AID = FINDING_AID.format(
    namespace="", header="eadheader", c1="c01", c2="c02", archive="Archive", smith="Smith, A."
)

SAMPLES: dict[str, dict[str, bytes]] = {
    "plain text": {"a.txt": TEXT.encode(), "latin.txt": "Chargé\n\n## Heading\n\ntext".encode("cp1252")},
    "Markdown": {"a.md": MARKDOWN.encode()},
    "HTML": {"a.html": HTML.encode()},
    "PDF": {"a.pdf": PAGES},
    "EPUB": {"a.epub": BOOK},
    "OpenDocument": {"a.odt": OPEN_DOCUMENT},
    "Word": {"a.docx": WORD},
    "Rich Text": {"a.rtf": RICH_TEXT},
    "XML": {
        "tei.xml": VOLUME.encode(),
        "ead.xml.gz": gzip.compress(AID.encode()),
        "other.xml": XML.encode(),
        "mods.xml": MODS.encode(),
        "harvest.xml": HARVEST.encode(),
    },
    "ALTO": {"a.alto": alto(line("one", "two"), number='PHYSICAL_IMG_NR="3"').encode()},
    "PAGE": {"a.page": PAGE.format(regions=region("one\ntwo") + region("Title", "heading")).encode()},
    "METS": {"a.mets": METS.encode()},
    "MARC": {"a.mrc": b"".join(binary(f"<collection {MARC_NS}>{LETTERS}</collection>"))},
    "mail message": {"a.eml": MESSAGE},
    "mailbox": {"a.mbox": b"From x\n" + MESSAGE + b"\nFrom y\nSubject: Two\n\n>From here.\n"},
    "JSON": {"a.jsonl": RECORDS.encode(), "a.json": JSON_LIST.encode()},
    "CSV": {"a.csv": TABLE.encode(), "atom.tsv": ATOM.encode()},
    "spreadsheet": {"a.xlsx": xlsx(SHEET)},
}
"""Name of a format -> its files by name."""
