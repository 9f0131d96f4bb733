"""Russian names: Молотов and Молотова are one name, and no hammer.

A stemmer takes -ов for the genitive plural of a noun (столов, of столы) and cuts it off, but leaves it in
the other cases of a name (Молотова). So a word with a capital that ends like a name keeps its ending, unless
it is a noun that titles and headings often write with a capital (russian_nouns.txt).
"""

from pathlib import Path

_ENDINGS = ("ов", "ев")
_NOUNS = frozenset((Path(__file__).parent / "russian_nouns.txt").read_text(encoding="utf-8").split())


def is_name(written: str, word: str) -> bool:
    """Whether a word as written, which is folded to `word`, is taken for a name in -ов, -ев or -ёв."""
    return word.endswith(_ENDINGS) and written[0].isupper() and word not in _NOUNS


def as_written(word: str, stem: str) -> str:
    """A folded word with the capital that makes it a name, if its stem says that it is one."""
    return word.capitalize() if stem == word and word.endswith(_ENDINGS) else word


def may_be_name(word: str, stem: str) -> bool:
    """Whether a folded word that is stemmed as a noun may be a name as well, typed without its capital."""
    return stem != word and word.endswith(_ENDINGS) and word not in _NOUNS
