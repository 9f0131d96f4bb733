"""In which encoding is a text?

1. Sentences in many languages come back from each encoding they were written in (encodings.tsv).
2. What is valid UTF-8 is UTF-8; Western text is Windows-1252 unless its letters speak for another.
3. Declared encodings are believed, unless they are unknown, invalid or plainly false.
4. UTF-8 that is damaged stays UTF-8; what is no text is a ReadError.
5. The report counts what was guessed.
"""

import json
import string
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st

from index.__main__ import main
from index.encoding import decode, decode_declared, decode_text
from index.extracted import ReadError
from tests.files import only

TABLE = Path(__file__).with_name("encodings.tsv").read_text(encoding="utf-8")
ROWS = [line.split("\t") for line in TABLE.splitlines() if not line.startswith("#")]
CASES = [(encoding, sentence) for sentence, encodings in ROWS for encoding in encodings.split()]
RUSSIAN = "Комитет рассмотрел вопрос и не находит причин менять план."
WESTERN = ("éèàêçôîùâûë", "äöüß", "åøæéö", "áéíóúñ", "ãçáéóõ")


@pytest.mark.parametrize(("encoding", "sentence"), CASES)
def test_1_a_sentence_comes_back(encoding: str, sentence: str) -> None:
    assert decode(sentence.encode(encoding)) == sentence


@given(st.text(st.characters(exclude_characters="\0\r", codec="utf-8")))
def test_2_utf8_is_utf8(text: str) -> None:
    assume(not text.startswith("\ufeff"))
    found = decode_text(text.encode())
    assert (found.text, found.guessed) == (text, "")


@st.composite
def western(draw: st.DrawFn) -> str:
    """Words of mostly ASCII letters, with letters of one Western language and punctuation around them."""
    letters = draw(st.sampled_from(WESTERN))
    words = []
    for _ in range(draw(st.integers(1, 30))):
        word = draw(st.text(string.ascii_lowercase, min_size=2, max_size=9))
        at = draw(st.integers(0, len(word)))
        accent = draw(st.sampled_from(["", "", *letters]))
        words.append(draw(st.sampled_from(["", "", "“", "– "])) + word[:at] + accent + word[at:])
    return " ".join(words)


@given(western())
def test_2_western_text_is_windows_1252(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize("text", ["café", "½ lb. of flour at 5°", "£5", "naïve", "Señor", "§ 5 ©", "20 × 30"])
def test_2_short_texts_are_not_guessed_wildly(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        ("Öl".encode("iso8859-1"), "iso-8859-1", "Öl"),
        ("„Öl“".encode("cp1252"), "ISO-8859-1", "„Öl“"),
        ("kůň".encode("iso8859-2"), "iso-8859-2", "kůň"),
        ("水".encode("iso2022-jp"), "iso-2022-jp", "水"),
        ("Öl".encode(), "iso-8859-1", "Öl"),
        ("Öl".encode("cp1252"), "utf-8", "Öl"),
        ("Öl".encode("cp1252"), "x-unknown", "Öl"),
        ("Öl".encode("cp1252"), "base64", "Öl"),
        ("水車".encode("shift_jis"), "x-sjis", "水車"),
        ("שלום".encode("iso8859-8"), "iso-8859-8-i", "שלום"),
        (RUSSIAN.encode("koi8-r"), "iso-8859-1", RUSSIAN),
        (RUSSIAN.encode("cp1251"), "us-ascii", RUSSIAN),
    ],
)
def test_3_declared_encodings(data: bytes, declared: str, text: str) -> None:
    assert decode_declared(data, declared).text == text


@pytest.mark.parametrize(
    "declaration", ["", "<?xml version='1.0'?>", "<?xml version='1.0' encoding='UTF-8'?>"]
)
def test_3_xml_that_is_not_what_it_declares(tmp_path: Path, declaration: str) -> None:
    data = f"{declaration}<book><para>Öl für Müller.</para></book>".encode("cp1252")
    assert only(tmp_path / "a.xml", data).passages[0].text == "Öl für Müller."


def test_3_xml_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    data = "<?xml version='1.0' encoding='iso-8859-2'?><book><para>kůň</para></book>".encode("iso8859-2")
    assert only(tmp_path / "a.xml", data).passages[0].text == "kůň"


def test_4_damaged_utf8() -> None:
    data = (RUSSIAN * 3).encode()
    found = decode_text(data[:41] + b"\xff" + data[42:])
    assert found.text.replace("\ufffd", "")[30:] in RUSSIAN * 3
    assert found.guessed == "utf-8"


@given(st.binary())
def test_4_any_bytes_are_text_or_a_read_error(data: bytes) -> None:
    with suppress(ReadError):
        assert "\0" not in decode(data)


def test_5_the_report_counts_what_was_guessed(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "a.txt").write_bytes(RUSSIAN.encode("koi8-r"))
    (folder / "b.txt").write_bytes(RUSSIAN.encode())
    (folder / "c.txt").write_bytes("Der Müller.".encode("cp1252"))
    command = [str(folder), "--index", f"auto:{tmp_path / 'index'}"]
    report = json.loads(CliRunner().invoke(main, [*command, "--json"]).stdout)
    assert report["encodings_guessed"] == {"koi8-r": 1, "cp1252": 1}
    assert "cp1252 (1), koi8-r (1)" in CliRunner().invoke(main, command).stdout
