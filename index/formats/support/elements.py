"""The names of elements that mean something: `elements.toml`, as sets."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("elements.toml").read_text(encoding="utf-8"))


def names(table: str, key: str) -> frozenset[str]:
    """The names of a kind in one of the tables."""
    return frozenset(in_order(table, key))


def in_order(table: str, key: str) -> tuple[str, ...]:
    """The same in the order in which they are written."""
    return tuple(_tables()[table][key].split())
