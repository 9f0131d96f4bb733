"""The numbers that make an index stale are raised when what they stand for changes."""

import json
from pathlib import Path

import tantivy

from search.analysis.analyzer import RULES, Analyzer
from search.analysis.collation import title_key
from search.analyzed import AnalyzedDocument, pack
from search.document import ArchivalDate, Block, Document, Reference, to_bytes
from search.engines.tantivy.fields import field_values, tantivy_schema, word_values
from search.engines.terms.term_list import encode
from search.engines.whoosh.fields import PackedPositions, whoosh_document, whoosh_schema
from search.schema import FORMAT, Schema
from tests.versions import VersionGuard

TEXTS = """\
The negotiators' proposals were being discussed; negotiations at Kaesong, 02091-C-71.
U.S.S.R. and U. S. S. R., i.e. the USSR; V. M. Molotov's letter, plan A. I think; Ph.D.
50,000 men of the 38th Army, 1,000,000 leaflets, 1951,100 and 1,0000; foo_bar
don't rock’n’roll; Clark's, the allies' reply; Vasʹkov, Vas’kov, Vas`kov
École, Łódź, Straße, Æther, œuvre, İstanbul, naïve, co\u00adoperate, ﬁle
Переговоры о перемирии; в переговорах, Йод и Ёлка; С.С.С.Р.
毛泽东 said; 平壌 and 평양; Ἀθῆναι; हिन्दी; שלום
Verhandlungen der Verhandlung; les négociations de l'armistice
U.N. Command, P.L. 480; the 1930's and B-52's; garrison¹; dell'esercito, d'Orsay, O'Connor, T'ang
שָׁלוֹם, רמטכ"ל; كَتَبَ أحمد القاهرة, کتاب, ٣٨; Уда́рение; สันติภาพ; ｶﾞｽ; 정전; Ｔｏｋｙｏ
Молотов, Молотова; столов, Столов; Соединённых Штатов; evening, added, organization
"""

DATED = AnalyzedDocument(
    id="a",
    stored=b"document",
    title="letter",
    day_bounds=(712000, 712030),
    facets={"author": ("Kim Il Sung", "Mao")},
    words=dict.fromkeys(Schema().indexed_fields, ("war and peace", "peace")) | {"body": ("war",)},
    stems=dict.fromkeys(Schema().indexed_fields, "war and peac peac"),
    weighted_stems=(("war and peac peac", 4), ("war", 1)),
    default_fields=("title", "body"),
    title_stems=3,
)
UNDATED = AnalyzedDocument("b", b"", "", None, {}, DATED.words, DATED.stems, (), ())

WHOLE = Document(
    id="a",
    title="Letter",
    body="War\n\nPeace",
    date=ArchivalDate("July 1951", 712395, 712425, "approximate"),
    authors=("Kim",),
    reference=Reference("F. 1, Op. 2", fond="1", opis="2"),
    blocks=(Block("heading", 0, 3, level=1, page="2"), Block("paragraph", 5, 10)),
    extra={"rights": "none"},
)


def analyzed(analyzer: Analyzer) -> str:
    """The terms of each text, a line each."""
    return "\n".join(" | ".join(analyzer.index_terms(line)) for line in TEXTS.splitlines())


def test_rules_of_the_analysis(version_guard: VersionGuard) -> None:
    parts = {name: analyzed(Analyzer(name)) for name in ("english", "french", "german", "russian")}
    schema = Schema()
    for name in ("German", "Greek", "Croatian", "Chinese"):
        parts[f"{name} in English"] = analyzed(schema.analyzer_of(name))
    parts["stop words"] = " ".join(sorted(Analyzer("english").stop_words))
    version_guard.check("search.analysis.analyzer.RULES", RULES, parts)


def test_format_of_the_index(version_guard: VersionGuard, tmp_path: Path) -> None:
    schema = Schema()
    tantivy.Index(tantivy_schema(schema), path=str(tmp_path))
    fields = json.loads((tmp_path / "meta.json").read_text(encoding="utf-8"))["schema"]
    documents = (DATED, UNDATED)
    parts = {
        "document": to_bytes(WHOLE).hex(),
        "analysed document": pack(DATED).hex() + pack(UNDATED).hex(),
        "tantivy fields": json.dumps(fields, sort_keys=True),
        "tantivy documents": repr(
            [(field_values(item, schema), word_values(item, schema)) for item in documents]
        ),
        "whoosh fields": repr(sorted(whoosh_schema(schema).names())),
        "whoosh documents": repr([whoosh_document(item, schema) for item in documents]),
        "title keys": repr([title_key(line, "english") for line in TEXTS.splitlines()]),
        "terms": repr(encode([("peace", 1), ("war", 2)])),
        "whoosh postings": PackedPositions.pack([0, 1, 200]).hex(),
    }
    version_guard.check("search.schema.FORMAT", FORMAT, parts)
