"""Which authors or recipients may a name with initials be? F. D. Roosevelt is Franklin D. Roosevelt."""

import re
from collections.abc import Sequence

from search.analysis.folding import fold
from search.engines import Engine
from search.query.tree import Exact
from search.request import FacetRequest, SearchRequest

MAX_VALUES = 20
"""Values with a surname that are compared, those of most documents first."""

_INITIALS = re.compile(r"(?:[^\W\d_]\.?(?:\s|(?<=\.))\s*)+")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")


def names_of_initials(name: str, field: str, engine: Engine) -> list[str]:
    """The values of a field that have the surname, and given names that begin with the initials, in order."""
    typed = _INITIALS.match(name)
    surname = engine.analyzer.pairs(name[typed.end() :]) if typed else []
    if not typed or len(surname) != 1:
        return []
    [(word, stem)] = surname
    request = SearchRequest(Exact(word, stem, field), facets=(FacetRequest(field, MAX_VALUES),), limit=0)
    [facet] = engine.search(request).facets
    initials = _LETTER.findall(fold(typed[0]))
    return [value.value for value in facet.values if _has(value.value, initials, word)]


def _has(value: str, initials: Sequence[str], surname: str) -> bool:
    """Whether a value has the surname, and other words in this order that begin with the initials."""
    words = list(map(fold, _WORD.findall(value)))
    beginnings = (word[0] for word in words if word != surname)
    return surname in words and all(initial in beginnings for initial in initials)
