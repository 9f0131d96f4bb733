"""Documents with whatever may stand in their fields, as hypothesis draws them."""

from datetime import date

from hypothesis import strategies as st

from search.calendar import day_number
from search.citation import CslItem, cite
from search.document import ArchivalDate, Document, Reference

TODAY = date(2026, 11, 26)
PERMALINK = "https://archive.example.org/documents/a~b"

HOSTILE = (
    "TY  - JOUR\r\nER  - \r\n", "}\n@book{x, title={y}}", "{", "}", "{{}", "\\", "\\}", "\\{",
    "% & $ # _ ~ ^ < > |", "\\input{/etc/passwd}", "@comment{", "#", "{Korea}, {North}", "a and b",
    "</script><script>alert(1)</script>", "<!--", "a\x00b\x1fc\x85d\u2028e\u2029f", "\ud800", "\ufffe",
    "=1+1", "\u202eabc", "Smith, Adam and others", "“unclosed", "”", "''", '"', "„a“ 'b' «c»", "Who? What?",
    "The U.S.", "etc.", "...", ".,;:", "مراسلات القاهرة", "毛泽东", "Molotov", "V.M. Molotov", "letter",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.text(max_size=8), st.sampled_from(HOSTILE)), max_size=3).map(" ".join)
WRITTEN_NAMES = [
    "Berg, Anna",
    "Goethe, Johann Wolfgang von",
    "C. de Gaulle",
    "H. A. Kissinger, Jr.",
    "Mao Zedong",
    "Department of State",
]
NAMES = st.lists(st.one_of(TEXTS, st.sampled_from(WRITTEN_NAMES)), max_size=4).map(tuple)
TYPES = ["telegram", "report", "Tagebuch", "newspaper article", "photograph", "email", "договор"]
ADDRESSES = ["https://example.org/{a}?b=%20;c\\d", "javascript:alert(1)"]
DAYS = st.none() | st.integers(day_number(-3000, 1, 1), day_number(2100, 1, 1))


@st.composite
def dates(draw: st.DrawFn) -> ArchivalDate:
    earliest, latest = draw(DAYS), draw(DAYS)
    if earliest is not None and latest is not None:
        latest = draw(st.sampled_from([earliest, max(earliest, latest)]))
        earliest = min(earliest, latest)
    return ArchivalDate(
        draw(TEXTS), earliest, latest, draw(st.sampled_from(["exact", "approximate", "uncertain"]))
    )


DOCUMENTS = st.builds(
    Document,
    id=st.text("abcXYZ019._~-", min_size=1, max_size=20),
    title=TEXTS,
    date=st.none() | dates(),
    authors=NAMES,
    recipients=NAMES,
    subjects=st.lists(TEXTS, max_size=3).map(tuple),
    summary=TEXTS,
    collection=TEXTS,
    language=st.one_of(TEXTS, st.sampled_from(["Russian", "English; German", "Klingon"])),
    type=st.one_of(TEXTS, st.sampled_from(TYPES)),
    place=TEXTS,
    citation=TEXTS,
    credits=TEXTS,
    source_url=st.one_of(TEXTS, st.sampled_from(ADDRESSES)),
    reference=st.none() | st.builds(Reference, text=TEXTS, archive=TEXTS),
    classification=TEXTS,
    extra=st.builds(lambda text: {"Volume": text}, TEXTS),
    parent=st.sampled_from(["", "b"]),
    makeshift_title=st.booleans(),
)  # fmt: skip


def item_of(document: Document) -> CslItem:
    return cite(
        document,
        PERMALINK,
        TODAY,
        archive_title="Letters & Papers",
        parent_title=document.summary if document.parent else "",
    ).item
