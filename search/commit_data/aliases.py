"""Aliases: the names of one person, which are searched together. Read from a text file such as this:

# preferred form; variants
Zhou Enlai; Chou En-lai; 周恩来
"""

from dataclasses import dataclass
from functools import cached_property

ALIASES_KEY = "aliases"
"""The name of the aliases in an engine's commit data."""


@dataclass(frozen=True)
class Aliases:
    """Groups of names, the preferred one first; a name belongs to the first group that has it."""

    groups: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def read(cls, text: str) -> "Aliases":
        """The groups of a file's text: a line each, names between semicolons, comments after `#`."""
        lines = (line.partition("#")[0] for line in text.splitlines())
        groups = (
            tuple(dict.fromkeys(filter(None, (" ".join(n.split()) for n in line.split(";")))))
            for line in lines
        )
        return cls(tuple(group for group in groups if len(group) > 1))

    def __str__(self) -> str:
        return "\n".join("; ".join(group) for group in self.groups)

    def __add__(self, other: "Aliases") -> "Aliases":
        return Aliases(tuple(dict.fromkeys((*self.groups, *other.groups))))

    @cached_property
    def _preferred(self) -> dict[str, str]:
        preferred: dict[str, str] = {}
        for group in self.groups:
            for name in group:
                preferred.setdefault(name_key(name), group[0])
        return preferred

    def preferred(self, name: str) -> str:
        """The preferred name of the group of a name; the name itself if it is in no group."""
        return self._preferred.get(name_key(name), name)

    def changed_from(self, other: "Aliases") -> frozenset[str]:
        """The keys of all names in groups that only one of the two has."""
        groups = set(self.groups) ^ set(other.groups)
        return frozenset(name_key(name) for group in groups for name in group)


def name_key(name: str) -> str:
    """The key by which names are compared: case and spacing make no difference."""
    return " ".join(name.casefold().split())
