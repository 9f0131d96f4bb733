"""Codes and names of languages.

1. A code, a name in any of several languages and a code with a region are one value.
2. Several languages in one value are named one by one.
3. What is no language that is known stays as it is written; no code stands for two languages.
4. Every language that is known has a code of BCP 47.
"""

import re
import tomllib
from pathlib import Path

import pytest

from search.languages import languages as all_languages
from search.vocabulary import languages
from search.vocabulary.languages import language_names, language_tag


def known() -> dict[str, tuple[str, ...]]:
    """All languages with their codes and names: those with a file of their own, and the others."""
    path = Path(languages.__file__).with_name("languages.toml")
    others = tomllib.loads(path.read_text(encoding="utf-8"))
    return {item.name: (item.tag, *item.names) for item in all_languages()} | others


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("eng en English en-US en_GB Englisch anglais английский inglese inglés", "English"),
        ("ger deu de Deutsch allemand немецкий DE-at", "German"),
        ("rus ru Russisch русский", "Russian"),
        ("nob nn no norsk", "Norwegian"),
        ("chi zho zh-Hant cmn 中文", "Chinese"),
        ("grc altgriechisch", "Ancient Greek"),
    ],
)
def test_1_one_value(written: str, name: str) -> None:
    assert {language_names(word) for word in written.split()} == {name}


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("en|sv", "English; Swedish"),
        ("English and Russian", "English; Russian"),
        ("Deutsch/Français", "German; French"),
        ("deutsch, englisch und lateinisch", "German; English; Latin"),
        ("eng; Klingon; en", "English; Klingon"),
        ("Serbo-Croatian", "Serbo-Croatian"),
        ("Greek, Modern (1453- )", "Greek"),
    ],
)
def test_2_several(written: str, names: str) -> None:
    assert language_names(written) == names


@pytest.mark.parametrize("written", ["Klingon", "German with notes in Latin", "x" * 5000, "qqq"])
def test_3_others_stay(written: str) -> None:
    assert language_names(written) == written


def test_3_no_language_is_stated() -> None:
    assert [language_names(code) for code in ("und", "zxx", "", " ")] == [""] * 4


def test_3_every_code_and_name_is_of_one_language() -> None:
    table = known()
    every = [key for name, others in table.items() for key in {*others, name.casefold()}]
    assert len(every) == len(set(every))
    assert every == [key.casefold() for key in every]


def test_4_codes() -> None:
    tags = [language_tag(name) for name in ("English", "Russian", "Chinese", "Ancient Greek", "Klingon", "")]
    assert tags == ["en", "ru", "zh", "grc", "", ""]
    assert [name for name in known() if not re.fullmatch("[a-z]{2,3}", language_tag(name))] == []
