"""What is read of PDF.

1. Lines become headings and paragraphs, each with its page; broken words are made whole if that is safe.
2. Running heads are read once. A PDF of pictures is a document without text.
3. Title and author as far as a person stated them; the day it was made is no date.
4. What is broken or locked says so.
"""

from pathlib import Path

import pytest

from index.extracted import Extracted, ReadError
from index.formats.pdf import reader
from index.formats.support import properties
from tests.files import Placed, only, pdf, read

LONG = "The parties to the talks agreed in the morning that the line of"


def lines(*texts: str, top: float = 700, left: float = 50, size: float = 12) -> list[Placed]:
    return [(left, top - 14 * number, size, text) for number, text in enumerate(texts)]


def found(path: Path, *pages: list[Placed], info: str = "", labels: str = "") -> Extracted:
    return only(path / "a.pdf", pdf(list(pages), info, labels))


def test_1_paragraphs_with_pages(tmp_path: Path) -> None:
    first = [
        (50, 740, 24, "The Armistice"),
        *lines(LONG, "contact is the front.", "A new one begins behind a short line", top=700),
        *lines("Indented, as in books, after a longer line that is full", top=658, left=70),
        *lines("Apart from all others.", top=600),
    ]
    document = found(tmp_path, first, lines("Second page."), labels="0 << /S /r >>")
    assert [(passage.kind, passage.text, passage.page) for passage in document.passages] == [
        ("heading", "The Armistice", "i"),
        ("paragraph", f"{LONG}\ncontact is the front.", "i"),
        ("paragraph", "A new one begins behind a short line", "i"),
        ("paragraph", "Indented, as in books, after a longer line that is full", "i"),
        ("paragraph", "Apart from all others.", "i"),
        ("paragraph", "Second page.", "ii"),
    ]


def test_1_pages_without_labels_are_numbered(tmp_path: Path) -> None:
    document = found(tmp_path, lines("One."), lines("Two."))
    assert [passage.page for passage in document.passages] == ["1", "2"]


def test_1_broken_words(tmp_path: Path) -> None:
    text = found(
        tmp_path,
        lines(
            "They signed the armi-",
            "stice of the well-",
            "known Soviet-",
            "American talks, as is well-known.",
        ),
    )
    assert (
        text.passages[0].text
        == "They signed the armistice\nof the well-known\nSoviet-American\ntalks, as is well-known."
    )


def test_2_running_heads_once(tmp_path: Path) -> None:
    pages = [
        [
            *lines("Secret Files", top=780),
            *lines(f"Text number {'abcde'[n]} is here."),
            *lines(f"- {n + 1} -", top=20),
        ]
        for n in range(5)
    ]
    texts = [passage.text for passage in found(tmp_path, *pages).passages]
    first, *others = (f"Text number {letter} is here." for letter in "abcde")
    assert texts == [first, "Secret Files", *others]


def test_2_a_title_that_pages_repeat_stays_on_top(tmp_path: Path) -> None:
    title = [(50.0, 600.0, 20.0, "Secret Files")]
    pages = [[*lines("Secret Files", top=780), *lines(f"Text number {'bcde'[n]} is here.")] for n in range(4)]
    document = found(tmp_path, title, *pages)
    assert [passage.text for passage in document.passages][:2] == ["Secret Files", "Text number b is here."]


def test_2_raised_figures(tmp_path: Path) -> None:
    page = [
        (50.0, 700.0, 10.0, "It is an armistice"),
        (122.3, 704.0, 6.0, "1"),
        (129.0, 700.0, 10.0, "and not B52."),
    ]
    assert found(tmp_path, page).passages[0].text.split()[3:5] == ["armistice", "¹"]


@pytest.mark.parametrize(
    "name", ["jsmith", "j.smith", "AD\\\\jsmith", "JSmith", "user01", "Windows User", "PC_1"]
)
def test_3_a_login_name_is_no_author(tmp_path: Path, name: str) -> None:
    document = found(tmp_path, lines("Text."), info=f"/Title (The Talks) /Author ({name})")
    assert "authors" not in document.fields


def test_2_pictures_of_text_are_no_failure(tmp_path: Path) -> None:
    assert found(tmp_path, [], []).passages == ()


@pytest.mark.parametrize(
    ("title", "fields", "first"),
    [
        ("The Armistice Talks", {"authors": ("Ann Lee", "Bo Kim")}, "The Armistice Talks"),
        ("Microsoft Word - talks.doc", {}, "Text."),
        ("WP#1.PDF", {}, "Text."),
    ],
)
def test_3_properties(tmp_path: Path, title: str, fields: dict[str, object], first: str) -> None:
    info = f"/Title ({title}) /Author (Ann Lee, Bo Kim) /CreationDate (D:20010203)"
    document = found(tmp_path, lines("Text."), info=info)
    assert document.fields == fields
    assert (document.passages[0].text, document.passages[0].page) == (first, "1")


@pytest.mark.parametrize(
    "name", ["Ann Lee", "Lee", "Пушкин", "王小明", "Élie", "D. Lee", "de Gaulle, Charles"]
)
def test_3_a_name_is_an_author(tmp_path: Path, name: str) -> None:
    assert properties.people([name]) == (name,)


def test_4_broken_files(tmp_path: Path) -> None:
    whole = pdf([lines("Text.")])
    for data in (b"%PDF-1.4\n", whole[:200], b"%PDF-1.4\n" + b"1 0 obj\n" * 5000):
        with pytest.raises(ReadError, match="broken, or cut short"):
            read(tmp_path / "a.pdf", data)
    with pytest.raises(ReadError, match="password"):
        read(tmp_path / "b.pdf", _locked(whole))


def _locked(whole: bytes) -> bytes:
    """With an encryption of which nobody knows the password."""
    key = b"<" + b"00" * 32 + b">"
    encrypt = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O %s /U %s >> /ID [<00> <00>] /Size" % (
        key,
        key,
    )
    return whole.replace(b"/Size", encrypt)


def test_4_what_is_too_big_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([lines("Text.")])
    monkeypatch.setattr(reader, "MAX_CHARACTERS", 3)
    with pytest.raises(ReadError, match="million characters"):
        read(tmp_path / "a.pdf", data)
    monkeypatch.setattr(reader, "MAX_FILE_BYTES", 100)
    with pytest.raises(ReadError, match="larger than"):
        read(tmp_path / "a.pdf", data)
