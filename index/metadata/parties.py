"""Senders and recipients in the words of a title: persons and offices."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from index.metadata.labels import Labels, any_of
from index.metadata.names import display_name
from search.languages import words_of_all
from search.vocabulary.known_names import begins_no_person, is_given_name, is_place

_NAME_WORD = r"(?:[^\W\d_a-z][\w'.-]*|&|(?:de|la|le|von|van|der|du|da|di|el|al|bin|ibn|of|the|and)\b)"
_NAME = re.compile(rf"{_NAME_WORD}(?:[\s,]+{_NAME_WORD})*(?:\s*[(\[][^()\[\]]+[)\]])?")
_INITIALS = r"(?:[^\W\d_]\.[\s-]?)+\s?"
_SURNAME = r"(?:(?:de|la|von|van|der) )*[^\W\d_a-z][\w'-]+(?:,? (?:Jr|Sr)\b\.?)?"
_PERSON_AT_END = re.compile(rf"(?:^|\s)({_INITIALS}{_SURNAME})$")
_GIVEN = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+")
_GIVEN_NAMES = rf"(?:(?:[^\W\d_a-z][\w'-]+ ){{1,2}}(?:{_INITIALS})?|{_INITIALS})"
_PERSON_THEN_OFFICE = re.compile(rf"((?:\w{{1,4}}\. )?{_GIVEN_NAMES}{_SURNAME})(?: of | at |, )")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_TO = re.compile(r",?\s+to\s+(?!be\b)", re.IGNORECASE)
_LONGEST = 120  # characters of a name or office
_MOST_WORDS = 5  # of a person's name
_CACHED = 5000  # names: an archive names the same persons over and over
_AND = re.compile(rf"\s*(?:;|,?\s(?:&|{any_of(words_of_all(lambda item: item.conjunctions))})\s)\s*")
_AND_OR_NAME = re.compile(rf"\s(?:{any_of(words_of_all(lambda item: item.conjunctions_in_names))})\s")
"""Spanish and Portuguese "and", which stands within surnames as well (Ortega y Gasset)."""
_ENDINGS = re.compile(r"(?:Jr|Sr|Esq|Esquire|[A-Z](?:\.?[A-Z])+)\.?")
"""What follows a name after a comma: `Jr.`, `Esq.`, `M.D.`, `KCB`."""


@dataclass(frozen=True, slots=True)
class Party:
    """A sender or recipient as pages show it; `office` tells an office from a person."""

    name: str = ""
    office: bool = False


NOBODY = Party()


@dataclass(frozen=True)
class Parties:
    """Recognises persons and offices by the words of labels.toml."""

    labels: Labels

    @cached_property
    def _office(self) -> re.Pattern[str]:
        return _any(self.labels.words("offices", "words"), end=r"(?:s|es)?\b")

    @cached_property
    def _accredited(self) -> re.Pattern[str]:
        return _any(self.labels.words("offices", "accredited"), end=r"s?$")

    @cached_property
    def _honorific(self) -> re.Pattern[str]:
        known = self.labels.words("honorifics", "kept") + self.labels.words("honorifics", "dropped")
        return _any(known, end=r"(?:\.|\b)\s")

    @cached_property
    def _dropped(self) -> re.Pattern[str]:
        return re.compile("^" + _any(self.labels.words("honorifics", "dropped"), end=r"(?:\.|\b)\s+").pattern)

    def split(self, text: str) -> tuple[str, str] | None:
        """Sender and recipient of `X to Y`, where X may be an "Ambassador to France"."""
        places = [match.span() for match in _TO.finditer(text)]
        for number, (start, end) in enumerate(places, 1):
            if number == len(places) or not self._accredited.search(text[:start]):
                return text[:start].strip(), text[end:].strip()
        return None

    def sender(self, text: str) -> str:
        """The text before the "to" that names a recipient, or all of it."""
        ends = (match.start() for match in _TO.finditer(text))
        return text[: next((end for end in ends if not self._accredited.search(text[:end])), len(text))]

    def recognises(self, text: str, *, letter: bool = False) -> bool:
        """Whether a text is recognisable as a person or office without a "from" or "by" before it.

        Any full name is, if the document is known to be a `letter`.
        """
        text = text.strip(" ,")
        if self.is_person(text, letter=letter) or len(self.several(text)) > 1:
            return True
        article = _ARTICLE.match(text)
        if not text or len(text) > _LONGEST or not (text[0].isupper() or article):
            return False
        if self._office.search(text) and (article or is_name(text)):
            return True
        by_itself = _PERSON_AT_END.search(text) or (_BRACKETS.search(text) and is_name(text))
        return bool(by_itself or self._honorific.match(text))

    @lru_cache(maxsize=_CACHED)  # noqa: B019 -- a process has few Parties, which live as long as it does
    def is_person(self, text: str, *, letter: bool = False) -> bool:
        """Whether a text is the name of one person: a given name and a surname, in either order.

        In a `letter`, names that are not known count as well.
        """
        name = self._dropped.sub("", _BRACKETS.sub("", text).strip(" ,."))
        if (
            is_place(name)
            or not is_name(name)
            or "'s " in f"{name} "
            or self._office.search(name)
            or _AND.search(f" {name} ")
        ):
            return False
        family, comma, given = name.partition(", ")
        if comma and not _ENDINGS.fullmatch(given):
            if is_given_name(family.split()[0]) and " " in family:
                return False  # two persons
            family, comma = given, ""
        words = family.split()
        if not words or len(name.split()) > _MOST_WORDS or begins_no_person(words[0]):
            return False
        if is_given_name(words[0]) or _PERSON_AT_END.fullmatch(family):
            return len(name.split()) > 1
        return letter and len(words) > 1

    def is_place(self, text: str) -> bool:
        """Whether a text names a place, and so nobody: a known one, or one that is `New` or `North`."""
        name = text.strip(" ,;.")
        bare = _ARTICLE.sub("", name)
        if not bare or is_place(bare):
            return True
        like_one = begins_no_person(bare.split()[0]) and is_name(bare)
        return like_one and bare == name and not self._office.search(bare)  # "the French Commandant"

    def people(self, text: str) -> tuple[Party, ...]:
        """Everybody named in a text: several persons joined by "and", else what `read` finds."""
        parts = self.several(text) or (text,)
        return tuple(party for party in map(self.read, parts) if party.name)

    @lru_cache(maxsize=_CACHED)  # noqa: B019 -- a process has few Parties, which live as long as it does
    def several(self, text: str) -> tuple[str, ...]:
        """The persons joined by "and" in a text; none where it names one, or an office (State and War)."""
        text = self._dropped.sub("", text.strip(" ,;."))
        parts = _AND.split(text) if not self._office.search(text) else []
        if len(parts) == 1 and all(map(self.is_person, known := _AND_OR_NAME.split(text))):
            parts = known
        if len(parts) < 2:
            return ()
        listed = [name for part in parts for name in part.split(", ")]
        for names in (parts, listed):
            full = [" " in name for name in names]
            surnames = not any(full) and len(names) == 2 and "&" not in text  # A & B is a firm
            if (all(full) or surnames) and all(map(self._could_be_person, names)):
                return tuple(names)
        return ()

    def _could_be_person(self, name: str) -> bool:
        if self.is_person(name):
            return True
        return "," not in name and name[:1].isupper() and is_name(name) and not (
            is_place(name) or begins_no_person(name.split(maxsplit=1)[0])
        )  # fmt: skip

    def without_place(self, text: str, *, inverted: bool = False) -> tuple[str, str]:
        """The recipient and the place of `Karl Holm, Uppsala`, which precedes a date.

        With `inverted`, names may be written with the surname first (`Holm, Karl`).
        """
        name, mark, place = _last_part(text)
        if (
            not mark
            or not is_name(place)
            or _AND.search(f" {place} ")
            or self._office.search(place)
            or self._honorific.match(f"{place} ")
        ):
            return text, ""
        if _ENDINGS.fullmatch(place) or (" " not in name and not is_place(place) and (
            inverted or is_given_name(place.split()[0]))):  # fmt: skip
            return text, ""
        return name, place

    @lru_cache(maxsize=_CACHED)  # noqa: B019 -- a process has few Parties, which live as long as it does
    def read(self, text: str) -> Party:
        """The person named in a text, else the office; NOBODY rather than a guess."""
        text = _ARTICLE.sub("", text.strip(" ,;"))
        if not text or len(text) > 2 * _LONGEST:
            return NOBODY
        if (person := _PERSON_THEN_OFFICE.match(text)) and not self._office.search(person[1]):
            return Party(self._shown(person[1]))
        bracket = _BRACKETS.search(text)
        if bracket and self._office.search(text[: bracket.start()]):
            return self._held(text[: bracket.start()], bracket[1].strip())
        if person := _PERSON_AT_END.search(text):
            return Party(display_name(self._given_name(text[: person.start()]) + person[1]))
        office = self._office.search(text) is not None
        if not office and not is_name(text):
            return NOBODY
        return Party(self._shown(text), office)

    def _shown(self, name: str) -> str:
        """A name for display, without honorifics that are dropped."""
        return display_name(self._dropped.sub("", name))

    def _given_name(self, before: str) -> str:
        """The given name before initials; empty if the word there is an office or honorific."""
        word = (before.split() or [""])[-1]
        title = self._office.fullmatch(word) or self._honorific.match(f"{word} ")
        return "" if title or not _GIVEN.fullmatch(word) else f"{word} "

    def _held(self, office: str, holder: str) -> Party:
        """The person in brackets behind an office, or the office if the brackets hold no name."""
        if is_name(holder) and not self._office.search(holder) and not holder.isupper():
            return Party(display_name(holder))
        return Party(display_name(office), office=True)


def _last_part(text: str) -> tuple[str, str, str]:
    """What stands before and after the last comma or open bracket, and that mark; all is before if none."""
    match = re.fullmatch(r"(.+?)\s*([,\[(]|(?<=[a-z]{3})\.(?=\s))\s*([^,()\[\].]+)", text)
    return (match[1], match[2], match[3]) if match else (text, "", "")


def is_name(text: str) -> bool:
    """Whether a text consists of capitalised words and particles, as names do."""
    return len(text) <= _LONGEST and _NAME.fullmatch(text.strip(" .,")) is not None


def _any(words: list[str], *, end: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(words)}){end}")
