"""What messages promise.

1. A message is English wherever nobody has said in which language it is read, and in that language where
   somebody has: values in it, messages among them, as well.
2. A `Message` is English text, whoever reads it, and is said in the language of the reader by `gettext`.
3. One thread's reader is no other's.
"""

import pickle
from threading import Thread

import pytest

from search.messages import InterfaceLanguage, Message, gettext, ngettext, number, pgettext, read_in, reader


class Shouting(InterfaceLanguage):
    """English in capitals, with points in numbers."""

    tag = "en-x-shout"

    def translation(self, message: str, context: str = "") -> str:
        shouted = message.upper().replace("%(NUMBER)S", "%(number)s").replace("%(WHAT)S", "%(what)s")
        return f"{context}{shouted}"

    def plural(self, one: str, several: str, count: int) -> str:
        return super().plural(one, several, count).replace("hits", "HITS")

    def number(self, value: int) -> str:
        return f"{value:,}".replace(",", ".")


def test_1_english_by_default() -> None:
    assert gettext("Page %(number)s", number=12345) == "Page 12,345"
    assert ngettext("%(num)s hit", "%(num)s hits", 1) == "1 hit"
    assert ngettext("%(num)s hit", "%(num)s hits", 2000) == "2,000 hits"
    assert pgettext("a month", "May") == "May"
    assert reader().tag == "en"


def test_1_in_the_language_of_the_reader() -> None:
    with read_in(Shouting()):
        assert gettext("Page %(number)s", number=12345) == "PAGE 12.345"
        assert gettext("no %(what)s", what=Message("date of %(number)s", number=1000)) == "NO DATE OF 1.000"
        assert gettext("no %(what)s", what="date") == "NO date"
        assert ngettext("%(num)s hit", "%(num)s hits", 2000) == "2.000 HITS"
        assert pgettext("month:", "May") == "month:MAY"
        assert number(1000) == "1.000"
    assert gettext("Page") == "Page"


def test_1_until_the_end_of_what_is_read_even_if_it_fails() -> None:
    with pytest.raises(ZeroDivisionError), read_in(Shouting()):
        raise ZeroDivisionError
    assert reader().tag == "en"


def test_2_a_message_is_english_text() -> None:
    message = Message("at most %(number)s %(what)s", number=10000, what="words")
    with read_in(Shouting()):
        assert message == str(message) == f"{message}" == "at most 10,000 words"
        assert gettext(message) == "AT MOST 10.000 words"
        assert gettext(message.having(number=1, what="word")) == "AT MOST 1 word"


def test_2_a_message_is_sent_to_other_processes() -> None:
    message = pickle.loads(pickle.dumps(Message("at most %(number)s", number=10000)))  # noqa: S301
    assert message == "at most 10,000"
    with read_in(Shouting()):
        assert gettext(message) == "AT MOST 10.000"


def test_3_threads() -> None:
    said: list[str] = []
    with read_in(Shouting()):
        thread = Thread(target=lambda: said.append(gettext("Page")))
        thread.start()
        thread.join()
    assert said == ["Page"]
