"""Project Gutenberg's preamble and licence are no part of a book, and are counted as boilerplate."""

from pathlib import Path

import pytest

from tests.files import only, understood

PREAMBLE = """The Project Gutenberg EBook of Diary of a Miller, by Berta Lund

This eBook is for the use of anyone anywhere at no cost.

Title: Diary of a Miller
       in Three Parts

Author: Berta Lund

Editor: Carl Holm

Release Date: August 25, 2004 [EBook #7]

Language: Swedish"""
BOOK = "Chapter I.\n\nThe ice broke in the night."
LICENCE = "Updated editions will replace the previous one.\n\nThis licence is long."


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (
            "*** START OF THIS PROJECT GUTENBERG EBOOK DIARY ***",
            "*** END OF THIS PROJECT GUTENBERG EBOOK DIARY ***",
        ),
        ("***START OF THE PROJECT GUTENBERG EBOOK DIARY***", "End of the Project Gutenberg EBook of Diary"),
        (
            "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*",
            "End of Project Gutenberg Etext",
        ),
    ],
)
def test_what_surrounds_a_book(tmp_path: Path, start: str, end: str) -> None:
    text = "\n\n".join([PREAMBLE, start, "Produced by Volunteers", BOOK, end, LICENCE])
    found = only(tmp_path / "a.txt", text.encode())
    assert [one.text for one in found.passages] == BOOK.split("\n\n")
    assert found.boilerplate > len(LICENCE) + len(PREAMBLE) - 40
    [document] = understood(tmp_path / "a.txt")
    assert (document.title, document.authors) == ("Diary of a Miller in Three Parts", ("Berta Lund",))
    assert (document.language, document.credits) == ("Swedish", "Produced by Volunteers")
    assert document.extra["editor"] == "Carl Holm"


def test_the_same_in_html(tmp_path: Path) -> None:
    page = (
        "<html><head><title>The Project Gutenberg eBook of Diary</title></head><body><section>"
        "<p><strong>Title</strong>: Diary</p><p><strong>Author</strong>: Berta Lund</p>"
        "<div>*** START OF THE PROJECT GUTENBERG EBOOK DIARY ***</div></section><h1>Diary</h1><p>Ice.</p>"
        "<section><div>*** END OF THE PROJECT GUTENBERG EBOOK DIARY ***</div><p>Licence</p></section>"
        "</body></html>"
    )
    found = only(tmp_path / "a.html", page.encode())
    assert [one.text for one in found.passages][-1] == "Ice."
    assert found.fields["authors"] == "Berta Lund"


def test_a_book_about_project_gutenberg_stays_whole(tmp_path: Path) -> None:
    text = "A history\n\nThe licence of Project Gutenberg says: *** END OF THE PROJECT\n\nEnd."
    assert only(tmp_path / "a.txt", text.encode()).boilerplate == 0
