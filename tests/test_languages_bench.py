"""What `make evaluate` asks of archives in several languages is sound.

1. The text of a manual page is what its reader sees: headings, words, characters; no macros or tables.
2. Queries are made of other forms of a page's words, which the page does not have; the same each time.
3. Pages are those that all compared languages have, and all of the company; aliases are left out.
4. Where the packages cannot be had, the bench says so and ends.
"""

import gzip
from pathlib import Path

import pytest

from search.analysis.analyzer import Analyzer
from tests.bench import languages
from tests.bench.inflections import inflected_items
from tests.bench.manpages import COMPANY, COMPARED, NoManpagesError, Page, manpages
from tests.bench.roff import text_of

PAGE = r"""
.\" a comment
.TH HIER 7 2022-10-30 "Linux man\-pages"
.SH "DATEIEN UND VERZEICHNISSE"
.ds xx left out
.TP
\fI/bin\fP
Ausf\[u00FC]hrbare \(lqProgramme\(rq, siehe
.BR mknod (1).
.TS
l l.
a cell
.TE
.PP
.B "Ein Wort"
ist fett.
"""


def test_1_text_of_a_page() -> None:
    words = (
        "DATEIEN UND VERZEICHNISSE\n\n/bin\nAusführbare “Programme”, siehe\nmknod(1).\n\nEin Wort\nist fett."
    )
    assert text_of(PAGE) == words


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (".so man7/iso_8859-1.7\n", ""),
        (".Nm ls\n.Op Fl a Ar file\n", "ls\na file"),
        (r"a\-b \&.c \s-1SMALL\s0 \e \f[B]bold\f[R]", r"a-b .c SMALL \ bold"),
        (r"\(:u\('e \[~n]", "üé ñ"),
        (".IP \\(bu 2\nitem\n", "•\nitem"),
    ],
)
def test_1_requests_and_characters(source: str, text: str) -> None:
    assert text_of(source) == text


def test_2_other_forms_of_a_pages_words() -> None:
    nouns = ("Rechner", "Ordner", "Befehl", "Register", "Knoten", "Drucker", "Kerne")
    pages = [
        *(
            Page("german", f"{ending}.7", "".join(f"{noun}{ending} " for noun in nouns))
            for ending in ("", "s")
        ),
        *(Page("german", f"other{number}.7", "ganz andere Wörter") for number in range(20)),
    ]
    items = inflected_items(pages)
    assert items
    assert items == inflected_items(pages)
    analyzer, texts = Analyzer("german"), {page.id: page.text for page in pages}
    for item in items:
        said = texts[item.id].casefold().split()
        for word, stem in analyzer.pairs(item.query):
            assert word not in said
            assert stem in {stem for _, stem in analyzer.pairs(texts[item.id])}


def test_3_pages_of_all_languages(tmp_path: Path) -> None:
    for language, package in {**COMPARED, **COMPANY}.items():
        folder = tmp_path / package / "usr" / "share" / "man" / "man7"
        folder.mkdir(parents=True)
        for name in ("common.7", f"{language}.7"):
            with gzip.open(folder / f"{name}.gz", "wt", encoding="utf-8") as file:
                file.write(f".TH X 7\n.SH {language}\n" + "word " * 100)
        (folder / "alias.7.gz").symlink_to("common.7.gz")
    names = [(page.language, page.name) for page in manpages(tmp_path)]
    assert names == [
        *((language, "common.7") for language in COMPARED),
        *((language, name) for language in COMPANY for name in ("common.7", f"{language}.7")),
    ]


def test_4_without_packages(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def none() -> list[Page]:
        raise NoManpagesError("apt-get is not installed")

    monkeypatch.setattr(languages, "manpages", none)
    languages.main()
    said = capsys.readouterr().out
    assert said == "No manual pages in several languages to look for: apt-get is not installed.\n"
