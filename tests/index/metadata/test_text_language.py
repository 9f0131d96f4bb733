"""The language of a text.

1. It is detected in texts of over 30 languages in 11 scripts, also in short ones and in capitals.
2. Where little is running words, it is unsure; in a longer text, code and another language may stand. No text
   raises an error, or takes long.
3. What is stated never stands against what is detected. Where that is unsure, a stated language counts if
   it is one that is known, else the default of the archive, if the text is in its letters. Without a text
   there is no language.
4. `languages` are the only ones that are found; where there is but one, nothing is detected.
5. The languages that settings may name are those that can be detected.
6. Of a document, at most the first 1,000 characters are looked at.
"""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.metadata import text_language
from index.metadata.text_language import LOOKED_AT, TextLanguages, detect, load_detection, text_languages
from search.document import Document
from search.schema import Schema
from search.vocabulary.languages import detected_languages
from tests.in_time import in_processor_time

TEXTS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("text_languages.toml").read_text(encoding="utf-8")
)
UNSURE = {
    "nothing": "",
    "blank": " \n\t\n ",
    "digits": "12 345 6789, 10.5 (1951) 3/4 — " * 20,
    "one word": "Telegramm",
    "a name": "V. M. Molotov",
    "a formula": "x = (a + b) / 2 * y^2 - f(x, y) + 1.5e-3; " * 10,
    "controls": "\x00\x01\x7f\x85\u2028" * 50,
    "surrogates": "\ud800\udfff" * 100,
    "noncharacters": "\ufffe\uffff\U0010ffff" * 100,
    "signs": "★☆→←■□●○" * 50,
    "two languages": f"{TEXTS['English'][0]} {TEXTS['Spanish'][0]}",
}
SHORT = {
    "Телеграмма товарищу Молотову о переговорах в Лондоне.": "Russian",
    "Прошу сообщить о решении Политбюро по вопросу о поставках зерна в Германию.": "Russian",
    "Все дома на нашей улице были разрушены, и люди живут в подвалах.": "Russian",
    "Уряд вирішив учора відправити війська на кордон.": "Ukrainian",
    "Lieber Bruder, ich komme am Montag mit dem Zug.": "German",
    "Ma chère sœur, je viendrai lundi avec les enfants.": "French",
    "Querido hermano, llegaré el lunes por la mañana.": "Spanish",
    "Dear brother, I shall arrive on Monday by train.": "English",
    "Rząd postanowił wczoraj wysłać wojsko na granicę.": "Polish",
}
RUSSIAN, ENGLISH, GERMAN = TEXTS["Russian"][0], TEXTS["English"][0], TEXTS["German"][0]


def language_of(
    body: str, stated: str = "", languages: TextLanguages | None = None, summary: str = ""
) -> str:
    document = Document("a", "A title", body, language=stated, summary=summary)
    return (languages or TextLanguages()).of(document)


@pytest.mark.parametrize(
    ("language", "text"), [(name, text) for name, texts in TEXTS.items() for text in texts]
)
def test_1_texts_of_many_languages(language: str, text: str) -> None:
    assert detect(text) == language
    assert detect(text.upper()) in {language, ""}
    assert detect(f"\x00{text}\ufffe") == language


@pytest.mark.parametrize(("text", "language"), SHORT.items())
def test_1_short_texts(text: str, language: str) -> None:
    assert detect(text) == language
    assert detect(text.upper()) == language


@pytest.mark.parametrize("text", UNSURE.values(), ids=UNSURE)
def test_2_what_is_no_running_text_is_unsure(text: str) -> None:
    assert detect(text) == ""


@given(st.text(st.characters(exclude_categories=())))
def test_2_no_text_raises_an_error(text: str) -> None:
    assert detect(text) in {"", *detected_languages()}


def test_2_a_very_long_text_takes_no_longer() -> None:
    text = ENGLISH * (100_000_000 // len(ENGLISH))
    with in_processor_time(5):
        assert detect(text) == "English"
        assert detect("\x00" * 100_000_000) == ""


def test_3_what_is_stated_never_stands_against_what_is_detected() -> None:
    assert language_of(ENGLISH, "Russian") == "English"
    assert language_of(RUSSIAN, "English") == "Russian"


@pytest.mark.parametrize(
    ("stated", "language"),
    [("German", "German"), ("", "English"), ("English; German", "English"), ("Old Norse", "Old Norse"),
     ("Klingon", "English"), ("german", "English")],
)  # fmt: skip
def test_3_what_is_stated_counts_where_detection_is_unsure(stated: str, language: str) -> None:
    assert language_of("1951: 3.5", stated) == language


def test_3_a_summary_is_a_text_where_there_is_no_other() -> None:
    assert language_of("", summary=GERMAN) == "German"
    assert language_of(ENGLISH, summary=GERMAN) == "English"
    assert language_of("", "German") == ""
    assert language_of(" \n", "German") == ""


def test_3_the_default_is_not_the_language_of_other_letters() -> None:
    assert language_of("Молотову") == ""
    assert language_of("Молотову", "Russian") == "Russian"
    assert language_of("Molotov, 1951") == "English"
    assert language_of("Molotov", languages=TextLanguages("Russian")) == ""
    assert language_of("1951", languages=TextLanguages("Russian")) == "Russian"


def test_4_only_the_languages_of_the_archive_are_found() -> None:
    both = text_languages(Schema("german", languages=("french", "german")))
    assert language_of(RUSSIAN, "Russian", both) == ""
    assert language_of(TEXTS["Italian"][0], "Italian", both) == "German"
    assert language_of(TEXTS["French"][0], "", both) == "French"
    assert language_of("1951", "French", both) == "French"
    one = text_languages(Schema(languages=("english",)))
    assert language_of(RUSSIAN, "Russian", one) == "English"
    assert language_of("", "Russian", one) == ""


def test_5_settings_name_what_can_be_detected() -> None:
    labels = {
        label for text in ("a", "ж", "ب", "中", "한", "ก", "zulu") for label in load_detection()(text, 200)[0]
    }
    assert detected_languages() <= set(map(text_language._name, labels))
    assert TEXTS.keys() <= detected_languages()


def test_6_the_beginning_is_looked_at() -> None:
    assert detect(ENGLISH * 20 + RUSSIAN * 200) == "English"
    assert detect("1951 " * (LOOKED_AT // 5) + RUSSIAN) == ""
