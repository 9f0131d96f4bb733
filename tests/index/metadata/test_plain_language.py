"""A text that is plainly in a language.

1. Running text in a language with stop words is plainly in it, in capitals as well, and in no other language.
2. Few words are plainly in none, nor names and headings, nor a text in another language that quotes it.
3. Of a language without stop words, no text is; and no text raises an error.
4. What is plainly in the default language of an archive is given that language without being detected.
"""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.metadata import text_language
from index.metadata.plain_language import is_plainly
from index.metadata.text_language import TextLanguages
from search.document import Document
from search.languages import languages

TEXTS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("text_languages.toml").read_text(encoding="utf-8")
)
RUNNING = {
    "English": """I have the honor to acknowledge your letter, which I read with much interest. It is not for
        us to say what they should do, but we would be glad if there were a way out of these difficulties.""",
    "German": """Ich habe Ihren Brief nicht erhalten, und wir wissen daher auch nicht, was sie uns über die
        Lage sagen wollten. Wenn das so bleibt, werden wir noch einmal schreiben, damit er es erfährt.""",
    "French": """Je vous remercie de la lettre que vous avez bien voulu m'envoyer. Nous ne savons pas encore
        si cette affaire sera réglée avec eux, mais elle est dans les mains de leurs ministres, et ils sont
        prêts.""",
}


@pytest.mark.parametrize(("language", "text"), RUNNING.items())
def test_1_running_text(language: str, text: str) -> None:
    assert is_plainly(text, language)
    assert is_plainly(text.upper(), language)


@pytest.mark.parametrize("language", sorted(TEXTS.keys() | RUNNING.keys()))
def test_1_it_is_in_no_other_language(language: str) -> None:
    for text in [*TEXTS[language], " ".join(TEXTS[language]), RUNNING.get(language, "")]:
        assert not [one.name for one in languages() if one.name != language and is_plainly(text, one.name)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Telegram from the Embassy to the Department",
        "PRESENT: The Secretary of State, Mr. Young, Jr., Mr. Archibald Sampson, Mr. James Flood",
        f"{RUNNING['English'][:60]} {RUNNING['French']}",
        "the the the and and and which which not not",
    ],
)
def test_2_what_is_in_doubt(text: str) -> None:
    assert not is_plainly(text, "English")


@given(st.text(st.characters(exclude_categories=())))
def test_3_any_text(text: str) -> None:
    assert not is_plainly(text, "Klingon")
    assert isinstance(is_plainly(text, "English"), bool)


def test_4_such_a_text_is_not_detected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_language, "load_detection", None)
    for language, text in RUNNING.items():
        assert TextLanguages(language).of(Document("a", "A title", text)) == language
