"""What kind of document is a letter, a Bericht, a протокол? kinds.toml tells it from the document's type."""

import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec

_WORD = re.compile(r"[\w'’-]+")
_LONGEST = 200  # characters of a type that is looked up


class Kind(msgspec.Struct, frozen=True):
    """A kind of document, by its name in each vocabulary; `schema` is empty where schema.org has no name."""

    csl: str
    ris: str
    bibtex: str
    zotero: str
    schema: str
    words: tuple[str, ...]


def kind_of(written: str) -> Kind:
    """The kind of documents of a type, as it is written in any of the languages of kinds.toml."""
    text = " ".join(written[:_LONGEST].casefold().split())
    kinds = _kinds_by_word()
    whole = kinds.get(text)
    if whole is not None:
        return whole
    return next((kinds[word] for word in _WORD.findall(text) if word in kinds), _kinds()["other"])


@cache
def _kinds() -> dict[str, Kind]:
    table = Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(table), dict[str, Kind])


@cache
def _kinds_by_word() -> dict[str, Kind]:
    return {word.casefold(): kind for kind in _kinds().values() for word in kind.words}
