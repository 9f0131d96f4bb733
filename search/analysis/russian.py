"""Russian names: Молотов and Молотова are one name, and no hammer.

A stemmer takes -ов for the genitive plural of a noun (столов, of столы) and cuts it off, but leaves it in
the other cases of a name (Молотова). So it takes the -н of Микоян for that of a participle. A word with a
capital that ends like such a name keeps these letters, unless it is a noun that titles and headings often
write with a capital (russian_nouns.txt).
"""

import re
from pathlib import Path

from search.analysis.stem import Stem

_NAME = re.compile("(.*[аеиоуыэюя].*[ое]в)|(.*[аеиоуыэюя].*[ая]н)[аы]?")
_ENDINGS = ("в", "н", "а", "ы")
_NOUNS = frozenset((Path(__file__).parent / "russian_nouns.txt").read_text(encoding="utf-8").split())


def name_stem(word: str) -> str:
    """The stem of a folded word as a name; empty if it is not like one, or as a noun has the same."""
    if not word.endswith(_ENDINGS):  # as most words, which the pattern takes long to tell
        return ""
    name = _NAME.fullmatch(word)
    return (name[1] or name[2]) if name and word not in _NOUNS else ""


def as_written(word: str, stem: Stem) -> str:
    """A folded word with the capital that makes it a name, if its stem says that it is one."""
    return word.capitalize() if stem and stem == name_stem(word) else word
