"""A language of the interface: messages of its catalogue, which gettext reads; dates and numbers of CLDR."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from gettext import c2py
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

from search.errors import SettingsError
from search.messages import ENGLISH, InterfaceLanguage
from search.vocabulary.languages import language_tag

_BRITISH = "en-GB"  # whose dates are those of our English: 4 July 1953
_VALUE = re.compile(r"%\((\w+)\)s")


class CatalogueLanguage(InterfaceLanguage):
    """A language of which there are catalogues. What none of them has is said in English."""

    def __init__(self, tag: str, files: Iterable[Path]) -> None:
        """Read the catalogues of a language; what several have is as the last of them has it.

        Raises SettingsError if the language is unknown, a file cannot be read, or a message in it cannot be
        said.
        """
        try:
            self._locale = Locale.parse(_BRITISH if tag == ENGLISH.tag else tag, sep="-")
        except (ValueError, UnknownLocaleError) as error:
            raise SettingsError(f"The language {tag!r} of a catalogue is not known: {error}.") from error
        self.tag, self.direction = tag, self._locale.text_direction
        self._messages: dict[tuple[str, str], str] = {}
        self._plurals: dict[tuple[str, str], tuple[Callable[[int], int], tuple[str, ...]]] = {}
        for file in files:
            self._add(_read(file, self._locale), file)
        self._patterns = _date_patterns(self._locale)
        # Babel works each out anew; a page has some hundred, many of them on other pages, too.
        self.number = lru_cache(maxsize=4096)(self._number)  # type: ignore[method-assign]

    def translation(self, message: str, context: str = "") -> str:
        return self._messages.get((message, context), message)

    def plural(self, one: str, several: str, count: int) -> str:
        if known := self._plurals.get((one, several)):
            form, forms = known
            return forms[form(count)]
        return super().plural(one, several, count)

    def date(self, year: str, month: int = 0, day: int = 0) -> str:
        parts = {"y": year, "M": str(month), "MM": f"{month:02}", "d": str(day), "dd": f"{day:02}"}
        if month:
            parts |= dict.fromkeys(("MMM", "MMMM"), self._locale.months["format"]["wide"][month])
            parts |= dict.fromkeys(("LLL", "LLLL"), self._locale.months["stand-alone"]["wide"][month])
        return (self._patterns[bool(year), bool(month), bool(day)] % _Parts(parts)).strip()

    def language(self, name: str) -> str:
        tag = language_tag(name)
        return str(self._locale.languages.get(tag.replace("-", "_"), name)) if tag else name

    def _number(self, value: int) -> str:
        return str(format_decimal(value, locale=self._locale))

    def _add(self, catalogue: Catalog, file: Path) -> None:
        form = c2py(catalogue.plural_expr)
        for message in catalogue:
            ids = _texts(message.id)
            strings = _texts(message.string or "")
            if not ids[0] or message.fuzzy or not all(strings):
                continue
            if fault := _fault(ids, strings, catalogue.num_plurals):
                raise SettingsError(f"The catalogue {file} says {strings[0]!r} for {ids[0]!r}, but {fault}.")
            self._messages[ids[0], message.context or ""] = strings[0]
            if len(ids) > 1:
                self._plurals[ids[0], ids[1]] = form, strings


class _Parts(dict[str, str]):
    """Parts of a date by the letters of CLDR; an era is not among them, since a year states its own."""

    def __missing__(self, letters: str) -> str:
        return ""


def _texts(said: str | Sequence[str]) -> tuple[str, ...]:
    """A message of one form or several."""
    return (said,) if isinstance(said, str) else tuple(said)


def _fault(ids: Sequence[str], strings: Sequence[str], plurals: int) -> str:
    """Why a message cannot be said by these strings; empty if it can."""
    if len(ids) > 1 and len(strings) != plurals:
        return f"{plurals} forms are needed"
    values = {name for text in ids for name in _VALUE.findall(text)}
    for text in strings:
        if strange := [name for name in _VALUE.findall(text) if name not in values]:
            return f"there is no value %({strange[0]})s in it"
        if values and "%" in _VALUE.sub("", text).replace("%%", ""):
            return "a % must be part of a value there, such as %(num)s"
    return ""


def _read(file: Path, locale: Locale) -> Catalog:
    try:
        with file.open("rb") as lines:
            return read_po(lines, locale, abort_invalid=True)
    except (OSError, ValueError, PoFileError) as error:
        raise SettingsError(f"The catalogue {file} cannot be read: {error}.") from error


def _date_patterns(locale: Locale) -> dict[tuple[bool, bool, bool], str]:
    """How dates that have a year, a month, a day are written, as %-formats by the letters of CLDR."""
    skeletons: Any = locale.datetime_skeletons

    def written(skeleton: str, otherwise: str) -> str:
        return str(skeletons[skeleton].format) if skeleton in skeletons else otherwise

    return {
        (True, False, False): written("y", "%(y)s"),
        (True, True, False): written("yMMMM", "%(LLLL)s %(y)s"),
        (True, True, True): locale.date_formats["long"].format,
        (False, True, False): "%(LLLL)s",
        (False, True, True): written("MMMMd", "%(d)s %(MMMM)s"),
    }
