"""`understand.VERSION` is raised when documents are understood differently.

An index keeps what was understood: a file is read again only if its content or this number changed. (A
change of labels.toml or of a language reads files again by itself, and is seen here as well; raising the
number does no harm then.)
"""

from pathlib import Path

from index.extracted import Extracted, Passage
from index.metadata.dates import parse_date
from index.metadata.labels import Labels
from index.metadata.title import read_heading
from index.metadata.understand import VERSION, understand
from index.sources.files import SourceFile
from search.document import content_bytes
from tests.archive import SEEDS
from tests.versions import VersionGuard

LABELS = Labels()
FOLDER = Path(__file__).parent

TEXTS = {
    "memorandum": "MEMORANDUM\n\nTO\t: The Secretary of\n\t  State\nFROM   : Mr. Smith\nDATE: July 3, 1951\n"
    "SUBJECT: Armistice talks\n\nTOP SECRET\n\n1. Text here.\n\nYours sincerely,\n\nA. SMITH",
    "mail": "Received: by x\nFrom: John Smith <j@x.org>\nTo: Mary Jones <m@x.org>\nCc: b@x.org\n"
    "Date: Tue, 10 Jul 1951 09:15:00 +0100\nSubject: On the talks\n\nDear Mary,\n\nText.",
    "telegram": "No. 59. The Consul at Oz (Smith) to Mr. Jones\n\nOz, July 4, 1951—7 p. m.\n\n"
    "Text.\n\n/s/ Smith",
    "letter": "Letter from J. R. Smith\n\nParis, May 3, 1899\n\nSir: text.\n\nI have, &c.,\n\nJ. R. SMITH.",
    "labels below": "On Works\n\nText of it.\n\nA Report on Works by Smith, and what Works came of it.\n\n"
    "Author(s):\n\nSmith; Brown\n\nSubjects\n\nWorks; Days\n\n"
    "Source\n\nRGASPI, F. 558, Op. 11, D. 1, L. 2 "
    "https://example.org/1\n\nRights:\n\nNone\n\nDocument Information",
    "translation": "4 July 1953\nOn Works\n\nLanguage: Russian\nSummary:\n\nOne.\n\nTwo.\n\n"
    "English Translation\n\nText.",
    "cable": "R 061232Z MAR 74\nFM AMEMBASSY OZ\nTO SECSTATE WASHDC PRIORITY 0872\nINFO AMCONSUL OZ\n\n"
    "S E C R E T OZ 0179\n\nTAGS: PFOR\nSUBJECT: WORKS\n\n1. TEXT.\n\nSMITH",
    "text alone": "Dear Sir,\n\n" + "the text " * 30,
}


def understood(name: str, text: str) -> str:
    """The content of the document of a text."""
    passages = tuple(Passage("paragraph", part) for part in text.split("\n\n"))
    file = SourceFile("/x", f"letters/{name}.txt", Path("/x/a.txt"))
    result = understand(Extracted(passages, extra={"shelf": "1"}), file, LABELS)
    return content_bytes(result.document).hex() + str(result.titled)


def stated_in(titles: str) -> str:
    return repr([read_heading(line.partition("|")[0].strip(), LABELS) for line in titles.splitlines()])


def dates_in(forms: str) -> str:
    return repr([parse_date(line.partition("|")[0].strip()) for line in forms.splitlines()])


def test_version_of_the_understanding(version_guard: VersionGuard) -> None:
    parts = {name: understood(name, text) for name, text in TEXTS.items()}
    parts |= {path.stem: understood(path.stem, path.read_text("utf-8")) for path in SEEDS.iterdir()}
    parts["titles"] = stated_in((FOLDER / "titles.txt").read_text("utf-8"))
    parts["dates"] = dates_in((FOLDER / "dates.txt").read_text("utf-8"))
    version_guard.check("index.metadata.understand.VERSION", VERSION, parts)
