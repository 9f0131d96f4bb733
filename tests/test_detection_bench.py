"""The bench of language detection.

1. Paragraphs that stayed in English, or are no running text, are left out.
2. What is unsure is not wrong.
"""

import pytest

from tests.bench.detection import Detected, is_running_text, measured, paragraphs, rows
from tests.bench.manpages import Page

GERMAN = (
    "Das Programm liest die Datei, die auf der Kommandozeile genannt wird, und schreibt sie wieder aus. " * 3
)
ENGLISH = "The program reads the file that is named on the command line, and writes it to the output. " * 3


@pytest.mark.parametrize(
    ("text", "language", "running"),
    [
        (GERMAN, "German", True),
        (ENGLISH, "English", True),
        (ENGLISH, "German", False),
        ("Die Datei (ls -l | grep -v foo) 12 13 {a,b,c} --all[=x]", "German", False),
        ("after append array binary break case", "Chinese", False),
    ],
)
def test_1_running_text(text: str, language: str, running: bool) -> None:
    assert is_running_text(text, language) is running


def test_1_paragraphs_are_beginnings() -> None:
    page = Page("german", "a.1", f"{GERMAN}\n\n{ENGLISH}\n\nKurz.")
    [(text, language)] = paragraphs([page], 200)
    assert language == "German"
    assert GERMAN.startswith(text)
    assert 150 < len(text) <= 200


def test_2_what_is_unsure_is_not_wrong() -> None:
    assert [Detected("", "German", found).wrong for found in ("", "German", "Dutch")] == [False, False, True]
    found, micros = measured([Page("german", "a.1", GERMAN), Page("dutch", "b.1", GERMAN)], 200)
    assert [one.wrong for one in found] == [True, False]
    assert list(rows({200: (found, micros)}))[-1].startswith("| 200 | 2 | 100.0% | 50.00% | ")
