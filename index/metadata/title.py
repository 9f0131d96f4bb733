"""What a title states: the type of a document, its author and recipient.

Forms: `Telegram from X to Y`, `X to Y` with or without a type before it, `Report by X`, `X, 'Title'`.
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
_TOPIC = re.compile(  # the end of a title, from where it turns from persons to the topic
    rf""",?\s+(?:regarding|concerning|about|re|relating|with\s+respect|in\s+(?:response|reply|connection)|of\s(?:\d|an?\s)|dated)\b.*
    |,?\s+on\s(?!.*\)$).* | ,\s+(?:at|in)\s.*
    |,?\s+\[?(?:[A-Z][\w.]+,\s+)?(?:{MONTH}\s+\d{{1,2}},\s+\d{{3,4}}|\d{{1,2}}\s+{MONTH}\s+\d{{3,4}}).*""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)


LONGEST = 600
"""Characters: a longer title is not read, since it is text."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a title states; each part is empty rather than guessed."""

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
    found = _after_type(title, word, labels, parties) if word else Heading()
    if not found.author.name and (word is None or word.start > 0):
        return _pair(title, "", parties, announced=False) or found
    return found


def _after_type(title: str, word: TypeWord, labels: Labels, parties: Parties) -> Heading:
    """What the words after the type state, or those after a further type in the title."""
    at: TypeWord | None = word
    while at:  # "decision with approved message X to Y"
        if found := _read_parties(title[at.end :], word.type, parties):
            return found
        at = labels.type_word(title, at.end)
    return Heading(word.type)


def _read_parties(rest: str, kind: str, parties: Parties) -> Heading | None:
    """Author and recipient in the words after a type; None if they do not begin with them."""
    if match := _FROM.match(rest):
        if pair := _pair(match["rest"], kind, parties, announced=True):
            return pair
        if match["word"].lower() == "from":
            sender = _TOPIC.sub("", match["rest"])
            return Heading(kind, parties.read(sender) if parties.recognises(sender) else NOBODY)  # or a place
    if match := _BY.match(rest):
        sender = parties.sender(match["rest"])
        pair = _pair(match["rest"], kind, parties, announced=True) if sender != match["rest"] else None
        return pair or Heading(kind, parties.read(_TOPIC.sub("", sender)))
    if match := _TO.match(rest):
        return Heading(kind, recipient=parties.read(_TOPIC.sub("", match["rest"])))
    return _pair(rest, kind, parties, announced=True)


def _pair(text: str, kind: str, parties: Parties, *, announced: bool) -> Heading | None:
    """Author and recipient of `X to Y`; None if there are none.

    Unless a type has `announced` them, both must be recognisable as persons or offices.
    """
    split = parties.split(text.strip())
    if split is None:
        return None
    sender, recipient = split[0], _TOPIC.sub("", split[1])
    if not announced and not (
        parties.recognises(sender) and (parties.recognises(recipient) or is_name(recipient))
    ):
        return None
    author = parties.read(sender)
    return Heading(kind, author, parties.read(recipient)) if author.name else None
