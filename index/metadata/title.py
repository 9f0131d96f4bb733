"""What does a title state? The type of a document, who wrote it, and to whom.

`Telegram from X to Y`, `X to Y` behind the type or as a whole, `Report by X`, `X, 'Title'`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.metadata.labels import Labels, TypeWord
from index.metadata.names import display_name
from index.metadata.parties import NOBODY, Parties, Party, is_name
from search.months import MONTH

_NUMBER = re.compile(r"^\[?(?:No\.?\s*)?\d+[.\]]*\.?\s+")
_QUOTED = re.compile(r"(?P<name>[^,'\"‘“]{2,60}),\s+['\"‘“].+['\"’”]\.?", re.DOTALL)
_FILLERS = r"(?:(?:nos?\.?|dated|and|[#№]|[#№]?[\w./-]*\d[\w./-]*)\s+){0,4}"  # "No. 336", "dated 3.7.1953"
_FROM = re.compile(rf"\s*{_FILLERS}(?P<word>from|of)\s+(?P<rest>.+)", re.IGNORECASE)
_TO = re.compile(r"\s*to\s+(?P<rest>.+)", re.IGNORECASE)
_BY = re.compile(r",?\s*(?:\w+\s+){0,2}?by\s+(?P<rest>.+)", re.IGNORECASE)
_TURNS = re.compile(  # where a title leaves the persons and comes to the matter
    rf""",?\s+(?:regarding|concerning|about|re|relating|with\s+respect|in\s+(?:response|reply|connection)|of\s(?:\d|an?\s)|dated)\b.*
    |,?\s+on\s(?!.*\)$).* | ,\s+(?:at|in)\s.*
    |,?\s+\[?(?:[A-Z][\w.]+,\s+)?(?:{MONTH}\s+\d{{1,2}},\s+\d{{3,4}}|\d{{1,2}}\s+{MONTH}\s+\d{{3,4}}).*""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)


LONGEST = 600
"""A title of more characters is no heading: it is text, and states nothing."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a title states; each is empty rather than guessed."""

    type: str = ""
    author: Party = NOBODY
    recipient: Party = NOBODY


@lru_cache(maxsize=4)
def _parties(labels: Labels) -> Parties:
    return Parties(labels)


def read_heading(title: str, labels: Labels) -> Heading:
    """The type, author and recipient that a title states."""
    title = " ".join(title.split())
    if len(title) > LONGEST:
        return Heading()
    title = _NUMBER.sub("", title.replace("’", "'")).rstrip(". ")
    if quoted := _QUOTED.fullmatch(title):
        return Heading(author=Party(display_name(quoted["name"])) if is_name(quoted["name"]) else NOBODY)
    parties = _parties(labels)
    word = labels.type_word(title)
    kind = word.type if word else ""
    if kind in labels.authorless:
        return Heading(kind)
    found = _behind(title, word, labels, parties) if word else Heading()
    if not found.author.name and (word is None or word.start > 0):
        return _pair(title, "", parties, announced=False) or found
    return found


def _behind(title: str, word: TypeWord, labels: Labels, parties: Parties) -> Heading:
    """What follows the word that names the type, or else a further such word in the title."""
    at: TypeWord | None = word
    while at:  # "decision with approved message X to Y"
        if found := _stated(title[at.end :], word.type, parties):
            return found
        at = labels.type_word(title, at.end)
    return Heading(word.type)


def _stated(rest: str, kind: str, parties: Parties) -> Heading | None:
    """Who writes to whom, in the words behind a type; None if they do not begin with it."""
    if match := _FROM.match(rest):
        if pair := _pair(match["rest"], kind, parties, announced=True):
            return pair
        if match["word"].lower() == "from":
            sender = _TURNS.sub("", match["rest"])
            return Heading(kind, parties.read(sender) if parties.shows(sender) else NOBODY)  # or a place
    if match := _BY.match(rest):
        sender = parties.sender(match["rest"])
        pair = _pair(match["rest"], kind, parties, announced=True) if sender != match["rest"] else None
        return pair or Heading(kind, parties.read(_TURNS.sub("", sender)))
    if match := _TO.match(rest):
        return Heading(kind, recipient=parties.read(_TURNS.sub("", match["rest"])))
    return _pair(rest, kind, parties, announced=True)


def _pair(text: str, kind: str, parties: Parties, *, announced: bool) -> Heading | None:
    """`X to Y`; where nothing announces it, both must show by themselves that they write letters."""
    split = parties.split(text.strip())
    if split is None:
        return None
    sender, recipient = split[0], _TURNS.sub("", split[1])
    if not announced and not (parties.shows(sender) and (parties.shows(recipient) or is_name(recipient))):
        return None
    author = parties.read(sender)
    return Heading(kind, author, parties.read(recipient)) if author.name else None
