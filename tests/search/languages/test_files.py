"""The files of languages.

1. Every file has its language's English name, and a tag of BCP 47 that no other has; every language that
   has a stemmer has a file, but Sesotho.
2. A key that is unknown, or of another type, is an error.
3. No list has a word twice, and each is in lower case; twelve months and seven weekdays, or none.
4. Stop words are function words: no month, weekday, kind of letter or title of a person.
5. A language without a file has its name alone.
6. A label is for one field, in all languages, and that field has labels in English.
7. Stop words are in the script that the file states.
"""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import msgspec
import pytest
import Stemmer

from search import languages as package
from search.analysis.folding import fold
from search.analysis.text_languages import LETTERS
from search.languages import Language, Names, Words, language, languages
from search.languages.language import _read

FILES = sorted(path.stem for path in Path(package.__file__).parent.glob("*.toml"))


def lists(item: Language) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lists of words of a language, by name."""
    for part in (item, item.dates, item.letters):
        for name in part.__struct_fields__:
            value = getattr(part, name)
            if isinstance(value, Names):
                yield from ((f"{name} {number}", forms) for number, forms in enumerate(value, 1))
            elif isinstance(value, Words) or (isinstance(value, tuple) and name != "names"):
                yield name, value


@pytest.mark.parametrize("name", FILES)
def test_1_name_and_tag(name: str) -> None:
    found = language(name)
    assert found.name.lower() == name
    assert language(found.name) == found
    assert re.fullmatch("[a-z]{2,3}", found.tag)
    assert [other.name for other in languages() if other.tag == found.tag] == [found.name]


def test_1_every_language_with_a_stemmer() -> None:
    stemmed = {name for name in Stemmer.algorithms() if "porter" not in name}
    assert stemmed - {*FILES} == {"sesotho"}


@pytest.mark.parametrize("line", ['stopwords = "a"', "dates = { month = '' }", "stop_words = []", "tag = 5"])
def test_2_keys_that_are_wrong(tmp_path: Path, line: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(f'name = "Wrong"\n{line}\n', encoding="utf-8")
    with pytest.raises(msgspec.ValidationError):
        _read(path)


@pytest.mark.parametrize("name", FILES)
def test_3_words(name: str) -> None:
    found = language(name)
    for key, words in lists(found):
        assert len(words) == len(set(words)), key
        if key not in {"turns", "letter_from", "letter_to", "undated", "classifications"}:
            assert all(word == word.lower() and fold(word) for word in words), key
    assert len(found.dates.months) in {0, 12}
    assert len(found.dates.weekdays) in {0, 7}
    assert len(found.dates.mail_months) in {0, 12}


@pytest.mark.parametrize("name", FILES)
def test_4_stop_words(name: str) -> None:
    found = language(name)
    dates, letters = found.dates, found.letters
    others = chain(*dates.months, *dates.weekdays, letters.kinds, letters.titles)
    assert {*found.stop_words}.isdisjoint(others)


def test_5_a_language_without_a_file() -> None:
    assert language("Klingon") == Language("Klingon")
    assert language("../english").stop_words == ()


def test_6_labels_are_for_the_fields_of_english() -> None:
    fields = {*language("english").labels}
    for item in languages():
        assert {*item.labels, *item.common_labels} <= fields, item.name


def test_6_a_label_is_for_one_field() -> None:
    found: dict[str, set[str]] = {}
    for item in languages():
        for field, labels in (*item.labels.items(), *item.common_labels.items()):
            for label in labels:
                found.setdefault(label.casefold(), set()).add(field)
    assert [label for label, fields in found.items() if len(fields) > 1] == []


@pytest.mark.parametrize("name", FILES)
def test_7_script(name: str) -> None:
    letters = LETTERS[language(name).script]
    assert [word for word in language(name).stop_words if not letters.match(fold(word))] == []
