"""What a title states: the type of a document, its authors and recipients, its date and place.

A title is read from its edges: number, date and place are taken off (`index.metadata.title_date`), then
what precedes and follows the turn from sender to recipient. Forms: `Telegram from X to Y`, `X to Y`, `To Y
from X`, `From X`, `To Y`, `Report by X`, `X, 'Title'`, with or without a type before them.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from index.metadata.labels import Labels, TypeWord
from index.metadata.names import display_name
from index.metadata.parties import Parties, Party, is_name
from index.metadata.title_date import split_date
from search.document import ArchivalDate
from search.languages.english_months import MONTH

_NUMBER = re.compile(r"^\[?(?:No\.?\s*)?\d+[.\]]*\.?\s+")
_QUOTED = re.compile(r"(?P<name>[^,'\"‘“]{2,60}),\s+['\"‘“].+['\"’”]\.?", re.DOTALL)
_FILLERS = r"(?:(?:nos?\.?|dated|and|[#№]|[#№]?[\w./-]*\d[\w./-]*)\s+){0,4}"  # "No. 336", "dated 3.7.1953"
_FROM = re.compile(rf"[\s,]*{_FILLERS}(?P<word>from|of)\s+(?P<rest>.+)", re.IGNORECASE)
_TO = re.compile(r"[\s,]*to\s+(?P<rest>.+)", re.IGNORECASE)
_TO_FROM = re.compile(r"(?P<recipient>.+?),?\s+(?:from|by)\s+(?P<sender>.+)", re.IGNORECASE)
_BY = re.compile(r",?\s*(?:\w+\s+){0,2}?by\s+(?P<rest>.+)", re.IGNORECASE)
_TOPIC = re.compile(  # the end of a title, from where it turns from persons to the topic
    rf""",?\s+(?:regarding|concerning|about|re|relating|with\s+respect|in\s+(?:response|reply|connection)|of\s(?:\d|an?\s)|dated)\b.*
    |,?\s+on\s(?!.*\)$).* | ,\s+(?:at|in)\s.*
    |,?\s+{MONTH}\s+\d{{1,2}}\b.*
    |(?-i:(?<=[a-z]{{3}})(?<!\bMessrs)(?<!\bCapt)(?<!\bProf))[.;]\s(?-i:(?=[(\[]?[A-Z])).*
    |,\s+undated\b.* | \s[–—]\s.*""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_KIN = re.compile(r"(?:his|her|their|my)\s")  # mother: the sender is known all the same
_TURN_AHEAD = re.compile(r"[\s,]*(?:from|to|by)\s", re.IGNORECASE)


LONGEST = 600
"""Characters: a longer title is not read, since it is text."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a title states; each part is empty rather than guessed."""

    type: str = ""
    authors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    date: ArchivalDate | None = None
    place: str = ""

    @property
    def by_office(self) -> bool:
        """Whether an office is the author, and no person."""
        return bool(self.authors) and all(author.office for author in self.authors)


@lru_cache(maxsize=4)
def _parties(labels: Labels) -> Parties:
    return Parties(labels)


def read_heading(title: str, labels: Labels, *, letter: bool = False) -> Heading:
    """What a title states; in a `letter`, any full names of a sender and a recipient are taken for such."""
    title = " ".join(title.split())
    return _heading(title, labels, letter) if len(title) <= LONGEST else Heading()


@lru_cache(maxsize=5000)
def _heading(title: str, labels: Labels, letter: bool) -> Heading:
    """What a title on one line states; many documents of an archive have the same title."""
    dated = split_date(title)
    goes_on = _TURN_AHEAD.match(dated.after) or labels.is_type(dated.text)
    text = _NUMBER.sub("", (dated.text + dated.after * bool(goes_on)).replace("’", "'")).rstrip(". ")
    kind = labels.type_word(title)
    found = _read(text, labels, apart=dated.apart, letter=letter)
    stated = dated.to_the_day or bool(found.authors or found.recipients or found.type in labels.signed)
    if kind and kind.type in labels.authorless:
        found = Heading(kind.type)
    return replace(found, type=found.type or (kind.type if kind else ""), date=dated.date if stated else None)


@lru_cache(maxsize=5000)
def _read(text: str, labels: Labels, *, apart: bool, letter: bool) -> Heading:
    """What a title without its number and date states; titles differ in these more often than in others."""
    return _Reader(labels, _parties(labels), apart, letter).read(text)


@dataclass(frozen=True)
class _Reader:
    """Reads one title, whose date has been taken off; a mark may have set it `apart`."""

    labels: Labels
    parties: Parties
    apart: bool
    letter: bool

    def read(self, title: str) -> Heading:
        """The type, authors, recipients and place of a title."""
        if quoted := _QUOTED.fullmatch(title):
            name = display_name(quoted["name"])
            return Heading(authors=(Party(name),) if is_name(quoted["name"]) else ())
        word = self.labels.type_word(title)
        kind = word.type if word else ""
        if kind in self.labels.authorless:
            return Heading(kind)
        found = self._after_type(title, word) if word else Heading()
        if not found.authors and (word is None or word.start > 0):
            return self._untyped(title) or replace(found, authors=self._before(title, word))
        return found

    def _before(self, title: str, word: TypeWord | None) -> tuple[Party, ...]:
        """The person before the type, as in `Anna Berg, letter to Karl Holm`."""
        before = title[: word.start].rstrip() if word else ""
        name = before.rstrip(" ,:").removesuffix("'s")
        return self.parties.people(name) if name != before and self.parties.is_person(name) else ()

    def _after_type(self, title: str, word: TypeWord) -> Heading:
        """What the words after the type state, or those after a further type in the title."""
        at: TypeWord | None = word
        while at:  # "decision with approved message X to Y"
            if found := self._typed(title[at.end :], word.type):
                return found
            at = self.labels.type_word(title, at.end)
        return Heading(word.type)

    def _typed(self, rest: str, kind: str) -> Heading | None:
        """Authors and recipients in the words after a type; None if they do not begin with them."""
        if match := _FROM.match(rest):
            if pair := self._pair(match["rest"], kind, announced=True):
                return pair
            if match["word"].lower() == "from":
                return replace(self._sender(match["rest"]) or Heading(), type=kind)  # or a place
        if match := _BY.match(rest):
            sender = self.parties.sender(match["rest"])
            pair = self._pair(match["rest"], kind, announced=True) if sender != match["rest"] else None
            return pair or Heading(kind, self.parties.people(self._before_topic(sender)[0]))
        if match := _TO.match(rest):
            return replace(self._to(match["rest"]), type=kind)
        return self._pair(rest, kind, announced=True)

    def _untyped(self, title: str) -> Heading | None:
        """Authors and recipients of a title that begins with no type; persons and offices that are told as
        such by their words."""
        bare = re.sub(r"^from\s+", "", title, flags=re.IGNORECASE)
        if found := self._pair(bare, "", announced=False) or self._foreign(title):
            return found
        if bare != title:
            sender = self._sender(bare)
            return sender if sender and not sender.by_office else None
        if match := _TO.match(title):
            named = _TO_FROM.fullmatch(match["rest"])
            written = named["recipient"] if named else self._before_topic(match["rest"])[0]
            found = (
                self._to(match["rest"]) if self.parties.recognises(written, letter=self.letter) else Heading()
            )
            return None if any(recipient.office for recipient in found.recipients) else found
        return None

    def _sender(self, text: str) -> Heading | None:
        """The author alone, if recognisable."""
        sender, place = self._before_topic(text)
        if self.parties.recognises(sender, letter=self.letter):
            return Heading(authors=self.parties.people(sender), place=place)
        return None

    def _to(self, text: str) -> Heading:
        """Recipients, and the authors that a "from" names behind them."""
        if match := _TO_FROM.fullmatch(text):
            sender = self._sender(match["sender"])
            return replace(sender or Heading(), recipients=self._recipients(match["recipient"]))
        recipient, place = self._before_topic(text)
        return Heading(recipients=self._recipients(recipient), place=place)

    def _recipients(self, text: str, *, of_states: bool = False) -> tuple[Party, ...]:
        """The recipients, which are no places, unless one state writes to another."""
        return () if self.parties.is_place(text) and not of_states else self.parties.people(text)

    def _before_topic(self, text: str, *, inverted: bool = False) -> tuple[str, str]:
        """The words that name a person before the topic, and the place between them and the date."""
        if self.apart:
            name, place = self.parties.without_place(text, inverted=inverted)
            if place and not _TOPIC.search(name):
                return name, place
        return _TOPIC.sub("", text), ""

    def _pair(self, text: str, kind: str, *, announced: bool) -> Heading | None:
        """Authors and recipients of `X to Y`; None if there are none.

        Unless a type has `announced` them, both must be recognisable as persons or offices.
        """
        split = self.parties.split(text.strip(" ,"))
        if split is None:
            return None
        sender = split[0]
        recipient, place = self._before_topic(split[1], inverted=", " in sender)
        if not announced and not self._recognisable(sender, recipient):
            return None
        authors = self.parties.people(sender)
        recipients = self._recipients(recipient, of_states=self.parties.is_place(sender))
        return Heading(kind, authors, recipients, None, place) if authors else None

    def _recognisable(self, sender: str, recipient: str) -> bool:
        """Whether these are a sender and a recipient, where nothing but their words tells."""
        if not self.parties.recognises(sender, letter=self.letter) or self.parties.is_place(recipient):
            return False
        known = self.parties.recognises(recipient, letter=self.letter) or is_name(recipient)
        return known or _KIN.match(recipient) is not None

    def _foreign(self, title: str) -> Heading | None:
        """What a title in another language states, of persons only: its turns are common words elsewhere."""
        if match := self.labels.letter_from(title):
            sender, title = True, title[match.end() :].strip()
        elif match := self.labels.letter_to(title):
            found = self._to(title[match.end() :].strip())
            return replace(found, type="letter")
        else:
            sender = False
        kind = "letter" if sender else ""
        for turn in self.labels.turns(title):
            written, place = self._before_topic(title[turn.end() :])
            both = title[: turn.start()].strip(), written
            if all(
                self.parties.is_person(name, letter=self.letter) or self.parties.several(name)
                for name in both
            ):
                authors, recipients = map(self.parties.people, both)
                return Heading(kind, authors, recipients, None, place)
        alone = self._sender(title) if sender else None
        return replace(alone, type="letter") if alone else None
