"""What a language of the interface knows beside its messages: numbers, dates and names of languages.

1. They are as the language writes them, in any year; our English is British.
"""

import pytest

from webui.i18n.catalogue import CatalogueLanguage


@pytest.mark.parametrize(
    ("tag", "day", "month", "year", "number"),
    [
        ("en", "4 July 1953", "July 1953", "1953", "12,345"),
        ("de", "4. Juli 1953", "Juli 1953", "1953", "12.345"),
        ("fr", "4 juillet 1953", "juillet 1953", "1953", "12\u202f345"),
        ("es", "4 de julio de 1953", "julio de 1953", "1953", "12.345"),
        ("hi", "4 जुलाई 1953", "जुलाई 1953", "1953", "12,345"),
        ("zh", "1953年7月4日", "1953年7月", "1953年", "12,345"),
        ("th", "4 กรกฎาคม 1953", "กรกฎาคม 1953", "1953", "12,345"),
        ("ar", "4 يوليو 1953", "يوليو 1953", "1953", "12,345"),
    ],
)
def test_1_dates_and_numbers(tag: str, day: str, month: str, year: str, number: str) -> None:
    language = CatalogueLanguage(tag, ())
    said = language.date("1953", 7, 4), language.date("1953", 7), language.date("1953")
    assert tuple(" ".join(date.split()) for date in said) == (day, month, year)
    assert language.number(12345) == number


def test_1_a_year_states_its_own_era() -> None:
    assert CatalogueLanguage("de", ()).date("44 v. Chr.", 3, 15) == "15. März 44 v. Chr."


def test_1_names_of_languages() -> None:
    german = CatalogueLanguage("de", ())
    assert [german.language(name) for name in ("Russian", "Church Slavonic", "Klingonese")] == [
        "Russisch", "Kirchenslawisch", "Klingonese",
    ]  # fmt: skip
