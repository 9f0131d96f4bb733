"""Messages: the words for people, written once in English and said in the language of whoever reads them.

Pages are read in the language of their reader, all else in English: commands, the API, files, logs. So a
message is said where a page is made, by `gettext` or `ngettext`. One that is made elsewhere, as that of an
error, is a `Message`: English by itself, and said on a page by `gettext` again.

In messages, `%(name)s` stands for a value. Whole numbers have the separators of the language.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Self

from search.languages.english_months import MONTHS


class Message(str):
    """A message that pages say in the language of their reader; as text it is the English one.

    `template` is what catalogues know it by, and `values` are what stands in it: text, numbers, messages.
    """

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, **values: object) -> Self:
        """The message of a template, which is given as a literal where tools that collect messages see it."""
        message = super().__new__(cls, _filled(template, values, ENGLISH))
        message.template, message.values = template, values
        return message

    def __reduce__(self) -> tuple[object, ...]:
        """As it is copied and sent to other processes."""
        return _remade, (self.template, dict(self.values))

    def having(self, **values: object) -> "Message":
        """The same message with these values."""
        return Message(self.template, **values)


class InterfaceLanguage:
    """A language that pages are read in. This one is English, and others override what differs.

    `tag` is its tag in BCP 47, `direction` that of its script: `ltr` or `rtl`.
    """

    tag = "en"
    direction = "ltr"

    def translation(self, message: str, context: str = "") -> str:
        """A message as it stands in the catalogue; `context` distinguishes messages of the same words."""
        del context
        return message

    def plural(self, one: str, several: str, count: int) -> str:
        """A message about so many things; `one` and `several` are its two forms in English."""
        return one if count == 1 else several

    def number(self, value: int) -> str:
        """A whole number with its separators: `12,345`."""
        return f"{value:,}"

    def date(self, year: str, month: int = 0, day: int = 0) -> str:
        """A year, a month or a day: `4 July 1953`. Without a year, which is said elsewhere, `4 July`."""
        parts = (str(day) if day else "", MONTHS[month - 1] if month else "", year)
        return " ".join(part for part in parts if part)

    def language(self, name: str) -> str:
        """What the language of this English name is called."""
        return name


ENGLISH = InterfaceLanguage()
_READER: ContextVar[InterfaceLanguage] = ContextVar("reader", default=ENGLISH)


def reader() -> InterfaceLanguage:
    """The language that is read where this is called: that of `read_in`, or else English."""
    return _READER.get()


@contextmanager
def read_in(language: InterfaceLanguage) -> Iterator[None]:
    """Whatever is said meanwhile in this thread is said in this language."""
    token = _READER.set(language)
    try:
        yield
    finally:
        _READER.reset(token)


def gettext(message: str, /, **values: object) -> str:
    """A message in the language of the reader."""
    language = _READER.get()
    if isinstance(message, Message):
        return _filled(language.translation(message.template), message.values, language)
    return _filled(language.translation(message), values, language)


def pgettext(context: str, message: str, /, **values: object) -> str:
    """A message whose English words mean several things; `context` says which, in any words."""
    language = _READER.get()
    return _filled(language.translation(message, context), values, language)


def ngettext(one: str, several: str, count: int, /, **values: object) -> str:
    """A message about so many things; `%(num)s` stands for their number."""
    language = _READER.get()
    return _filled(language.plural(one, several, count), {"num": count, **values}, language)


def number(value: int) -> str:
    """A whole number as the reader writes it: `12,345`."""
    return _READER.get().number(value)


def _filled(template: str, values: Mapping[str, object], language: InterfaceLanguage) -> str:
    if not values:
        return template
    return template % {name: _said(value, language) for name, value in values.items()}


def _said(value: object, language: InterfaceLanguage) -> str:
    if isinstance(value, Message):
        return _filled(language.translation(value.template), value.values, language)
    return language.number(value) if type(value) is int else str(value)


def _remade(template: str, values: Mapping[str, object]) -> Message:
    return Message(template, **values)
