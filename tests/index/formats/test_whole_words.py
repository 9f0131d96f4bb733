"""Words that lines, pages, notes and markup break or glue.

1. Words hyphenated at line ends are whole in every format, wherever they are broken.
2. A hyphen stays where evidence or its kind says so, and the line ends behind the word.
3. A word broken over two pages is whole, with or without footnotes between.
4. Note marks are set apart from words; exponents, ordinals, abbreviations and formulas are not.
5. Inline markup never splits a word; blocks, breaks, pictures and cells always do.
"""

import tempfile
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.extracted import Passage
from index.formats.support.whole_words import whole_words
from tests.files import docx, epub, odt, only, pdf


def text_of(name: str, data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        found = only(Path(folder) / name, data)
    return "\n\n".join(passage.text for passage in found.passages)


def mail(lines: list[str]) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Words"
    message.set_content("\n".join(lines))
    return bytes(message)


def word(lines: list[str]) -> bytes:
    return docx(f"<w:p><w:r><w:t>{'</w:t><w:br/><w:t>'.join(lines)}</w:t></w:r></w:p>")


FORMATS: dict[str, Callable[[list[str]], bytes]] = {
    "a.txt": lambda lines: "\n".join(lines).encode(),
    "a.md": lambda lines: "\n".join(lines).encode(),
    "a.eml": mail,
    "a.html": lambda lines: f"<html><body><p>{'<br>'.join(lines)}</p></body></html>".encode(),
    "a.epub": lambda lines: epub({"c.xhtml": f"<p>{'<br/>'.join(lines)}</p>"}),
    "a.rtf": lambda lines: rb"{\rtf1\ansi " + rb"\line ".join(line.encode() for line in lines) + b"}",
    "a.docx": word,
    "a.odt": lambda lines: odt(f"<text:p>{'<text:line-break/>'.join(lines)}</text:p>"),
    "a.pdf": lambda lines: pdf([[(50, 700 - 12 * n, 10, line) for n, line in enumerate(lines)]]),
}

# Without vowels and Roman numerals, no part of a word is a conjunction, a prefix or a page number.
WORDS = st.lists(st.text("bfghknprstwz", min_size=2, max_size=12), min_size=3, max_size=25)


@st.composite
def broken(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Words, and the lines of a narrow column in which they are hyphenated."""
    words = draw(WORDS)
    width = draw(st.integers(14, 40))
    lines, line = [], ""
    for one in words:
        rest = one
        if len(line) + len(rest) > width:
            room = width - len(line)
            if 0 < room < len(rest):
                lines.append(f"{line}{rest[:room]}-")
                rest = rest[room:]
            else:
                lines.append(line.rstrip())
            line = ""
        line += f"{rest} "
    return words, [*(line for line in lines if line), line.rstrip()]


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25)
@given(found=broken())
def test_1_every_word_is_found(name: str, found: tuple[list[str], list[str]]) -> None:
    words, lines = found
    assert text_of(name, FORMATS[name](lines)).split() == words


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("the arm-\nistice was signed\nthen", "the armistice\nwas signed\nthen"),
        ("the arm¬\nistice", "the armistice"),
        ("the arm\u00ad\nistice, a settle\u00adment", "the armistice,\na settlement"),
        ("the arm‐\n  istice", "the armistice"),
        ("pleni-\npoten-\ntiary powers", "plenipotentiary\npowers"),
        ("TELE-\nGRAM", "TELEGRAM"),
        ("a well-\nknown man", "a well-known\nman"),
        ("an egg-\nshell; the egg-shell", "an egg-shell;\nthe egg-shell"),
        ("a self-\nish man; selfish", "a selfish\nman; selfish"),
        ("the Sub-\nCommittee met", "the Sub-Committee\nmet"),
        ("in 1951-\n52 he", "in 1951-52\nhe"),
        ("the com-\nmander-in-\nchief", "the commander-in-chief"),
        ("pre-\nand post-war", "pre-\nand post-war"),
        ("Vor-\nund Nachteile", "Vor-\nund Nachteile"),
        ("the hus-\nband and wife", "the husband\nand wife"),
        ("see http://x.org/a-\nfile there", "see http://x.org/a-file\nthere"),
        ("From: somebody-\nTo: another", "From: somebody-\nTo: another"),
        ("he came -\nand went --\nso", "he came -\nand went --\nso"),
        ("- one\n- two-\n\n- three", "- one\n- two-\n\n- three"),
    ],
)
def test_2_hyphens(text: str, whole: str) -> None:
    assert [passage.text for passage in whole_words([Passage("paragraph", text)])] == [whole]


def test_2_evidence_is_that_of_the_whole_document() -> None:
    passages = [Passage("paragraph", "a light-\nhouse"), Passage("paragraph", "The light-house burnt.")]
    assert whole_words(passages)[0].text == "a light-house"


def test_3_a_word_over_two_pages() -> None:
    passages = [
        Passage("paragraph", "It was the magis-", page="1"),
        Passage("paragraph", "2 A note.", page="1"),
        Passage("paragraph", "trate who signed.", page="2"),
    ]
    texts = [(passage.text, passage.page) for passage in whole_words(passages)]
    assert texts == [("It was the magistrate", "1"), ("2 A note.", "1"), ("who signed.", "2")]


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (["the magis-", "trate"], ["the magistrate"]),
        (["the magis-", "- 12 -", "trate signed"], ["the magistrate", "- 12 -", "signed"]),
        (["pleni-", "poten-", "tiary powers"], ["plenipotentiary", "powers"]),
        (["the magis-", "Trate signed"], ["the magis-", "Trate signed"]),
        (["one -", "two"], ["one -", "two"]),
    ],
)
def test_3_a_word_over_two_paragraphs(texts: list[str], whole: list[str]) -> None:
    found = whole_words([Passage("paragraph", text) for text in texts])
    assert [passage.text for passage in found] == whole


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("armistice<sup>1</sup> was", "armistice ¹ was"),
        ("Berg<a href='#n2'><sup>[2]</sup></a> and", "Berg [2] and"),
        ("Il<sup><a href='#n3'>3</a></sup>.", "Il ³."),
        ("closed.<a href='#n4'>4</a> Then", "closed. ⁴ Then"),
        ("word<sup>*</sup> and", "word * and"),
        ("see page <a href='#p12'>12</a> or [<a href='#3'>3</a>]", "see page 12 or [3]"),
        ("the arm-\nistice of a well-\nknown man", "the armistice of a well-known man"),
        ("H<sub>2</sub>O, 10<sup>th</sup>, M<sup>r</sup>, y<sup>e</sup>", "H2O, 10th, Mr, ye"),
        ("5 m<sup>2</sup>, 3 km<sup>2</sup>, 10<sup>6</sup>, x²", "5 m², 3 km², 10⁶, x²"),
        ("garrison¹ H₂O 10ᵗʰ 1ˢᵗ in 1814²", "garrison ¹ H₂O 10ᵗʰ 1ˢᵗ in 1814 ²"),
    ],
)
def test_4_note_marks(html: str, text: str) -> None:
    assert text_of("a.html", f"<html><body><p>{html}</p></body></html>".encode()) == text


def test_4_note_marks_of_word_processors() -> None:
    raised = "<w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
    run = f"<w:r><w:t>armistice</w:t></w:r><w:r>{raised}<w:t>12</w:t></w:r>"
    assert text_of("a.docx", docx(f"<w:p>{run}</w:p>")) == "armistice ¹²"
    style = (
        "<style:style style:name='T'><style:text-properties style:text-position='super 58%'/></style:style>"
    )
    span = "<text:p>armistice<text:span text:style-name='T'>12</text:span></text:p>"
    assert text_of("a.odt", odt(span, styles=style)) == "armistice ¹²"
    assert (
        text_of("a.rtf", rb"{\rtf1\ansi armistice{\super 12} on the 5{\super th}}")
        == "armistice ¹² on the 5th"
    )


@given(
    st.text("abcdefghi", min_size=3, max_size=12), st.integers(1, 999), st.sampled_from(["", ".", ",", "”"])
)
def test_4_a_noted_word_is_found(word: str, number: int, stop: str) -> None:
    html = f"<p>{word}<sup>{number}</sup> {word}{stop}<sup>{number}</sup> x</p>"
    text = text_of("a.html", f"<html><body>{html}</body></html>".encode())
    assert text.split()[::2] == [word, f"{word}{stop}", "x"]


INLINE = ("b", "i", "em", "span", "font", "a", "u", "mark", "code", "small")
APART = (
    "<br>",
    "<img src=x>",
    "<hr>",
    "<p>",
    "<div>x</div>",
    "<table><tr><td>x<td>y</table>",
    "<ul><li>x</ul>",
)


@given(st.text("abcdefghi", min_size=2, max_size=9), st.sampled_from(INLINE), st.data())
def test_5_inline_markup_never_splits(word: str, tag: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word)))
    page = f"<html><body><p>{escape(word[:at])}<{tag}>{word[at:]}</{tag}>x<wbr>y</p></body></html>"
    assert text_of("a.html", page.encode()) == f"{word}xy"


@pytest.mark.parametrize("between", APART)
def test_5_what_stands_between_always_splits(between: str) -> None:
    page = f"<html><body><div>five{between}six</div></body></html>"
    assert {"five", "six"} <= set(text_of("a.html", page.encode()).split())
