"""Elision: the words that lose their last vowel before another word, and are written together with it.

*l'armée* is a form of *armée* and *dell'esercito* of *esercito*, in an archive of whatever language: the
elided word is cut off before a vowel or h. Names such as O'Connor and Vas'kov have none.
"""

import re
import unicodedata
from functools import cache

from search.analysis.characters import APOSTROPHES
from search.languages import languages

_SIGNS = "".join(char for char in APOSTROPHES if not char.isalpha()) + "ʼ"
_SYLLABLES = "a|ai|an|ang|ao|e|en|eng|i|iao|ieh|ien|ing|o|ou|u|uan|ui|un|ung"  # T'ang, as Wade wrote Chinese
_VOWELS = frozenset("aeiouyhæœаеиоуэюя")


def without_elided(word: str) -> str:
    """A word as written without the elided word before it; without one, the word itself."""
    elided = _elided().match(word)
    if elided and unicodedata.normalize("NFD", word[elided.end()]).lower()[0] in _VOWELS:
        return word[elided.end() :]
    return word


@cache
def _elided() -> re.Pattern[str]:
    """The elided words of all languages with their apostrophe; they are read when a word may have one."""
    words = "|".join(sorted({word for language in languages() for word in language.elided}))
    return re.compile(rf"(?!t.(?:{_SYLLABLES})$)(?:{words})[{_SIGNS}](?=\w)", re.IGNORECASE)
