"""The classes of XML elements in `elements.toml`: names of elements that are treated alike."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("elements.toml").read_text(encoding="utf-8"))


def names(table: str, key: str) -> frozenset[str]:
    """The names in a class of one of the tables (`tei`, `ead`, `other`)."""
    return frozenset(in_order(table, key))


def in_order(table: str, key: str) -> tuple[str, ...]:
    """The names in a class, in the order of the file."""
    return tuple(_tables()[table][key].split())
