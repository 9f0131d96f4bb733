"""Which language is meant? `eng`, `en-GB`, `Englisch` and `английский` are all "English".

The names are those of search/languages/ and, of languages of which nothing else is known, of languages.toml.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from search.languages import language, languages, words_of_all

_UNSTATED = frozenset({"und", "zxx", "mis", "undetermined", "no linguistic content"})
_REGION = re.compile(r"[-_][a-z0-9_-]{1,20}|\s*\([^()]*\)", re.IGNORECASE)  # en-GB, English (Scotland)
_UNDETECTED = frozenset({
    "Ancient Greek", "Aramaic", "Church Slavonic", "Coptic", "Faroese", "Hausa", "Hawaiian", "Kinyarwanda",
    "Middle English", "Middle French", "Middle High German", "Māori", "Old English", "Old French",
    "Old High German", "Old Norse", "Old Russian", "Ottoman Turkish", "Romani", "Sami", "Serbo-Croatian",
    "Southern Sotho", "Syriac", "Xhosa", "Zulu",
})  # fmt: skip
"""The languages that texts cannot show: stages of others, and those of which the model has no label."""
_LONGEST = 1000  # characters of a value in which several languages are looked for


def language_names(text: str) -> str:
    """The English names of the languages in a value, with `; ` between them; "" for codes of none.

    A value in which any part is no language that is known stays as it is written.
    """
    written = " ".join(text.split())
    if not written or len(written) > _LONGEST:
        return written
    whole = _name(written)
    if whole is not None:
        return whole
    for separator in (re.compile(r"[;|\n]"), _between()):
        found = [_name(part) for part in separator.split(written) if part.strip()]
        if len(found) > 1 and None not in found:
            return _joined(name for name in found if name)
    parts = [part.strip() for part in written.split(";")]
    return _joined(part if (name := _name(part)) is None else name for part in parts)


def language_asked(text: str) -> str:
    """The English names of the languages that a query asks for; of any other text, the text.

    A word of an English name stays as it is: Gaelic asks for Irish and for Scottish Gaelic.
    """
    return text if text.casefold() in _words_of_names() else language_names(text) or text


def language_tag(name: str) -> str:
    """The code of a language in BCP 47, by its English name: `ru` for Russian; empty if it is not known."""
    return language(name).tag or next(iter(_others().get(name, ())), "")


@cache
def detected_languages() -> frozenset[str]:
    """The English names of the languages that are known and that a text can show to be its own."""
    return known_languages() - _UNDETECTED


@cache
def known_languages() -> frozenset[str]:
    """The English names of all languages that `language_names` knows."""
    return frozenset({*_others(), *(item.name for item in languages())})


def _joined(names: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, names)))


def _name(text: str) -> str | None:
    """The English name of one language, "" for a code of none; None if it is not known."""
    key = text.strip(" .[]").casefold()
    if key in _UNSTATED:
        return ""
    return _names().get(key) or _names().get(_REGION.sub("", key).strip())


@cache
def _between() -> re.Pattern[str]:
    """What separates languages of a value: a sign, or "and" in any language."""
    words = words_of_all(lambda item: (*item.conjunctions, *item.conjunctions_in_names))
    return re.compile(rf"[;|,/&+\n]|\b(?:{'|'.join(words)})\b", re.IGNORECASE)


@cache
def _others() -> dict[str, list[str]]:
    """The languages without a file of their own: their codes and names, the tag first."""
    return tomllib.loads(Path(__file__).with_name("languages.toml").read_text(encoding="utf-8"))


@cache
def _names() -> dict[str, str]:
    table = {**{item.name: (item.tag, *item.names) for item in languages()}, **_others()}
    return {key: name for name, others in table.items() for key in (*others, name.casefold())}


@cache
def _words_of_names() -> frozenset[str]:
    return frozenset(word for name in _names().values() for word in name.casefold().split())
