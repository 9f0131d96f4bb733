"""Elision: the words that lose their last vowel before another word, and are written together with it.

*l'armée* is a form of *armée* and *dell'esercito* of *esercito*, in an archive of whatever language: the
elided word is cut off before a vowel or h. Names such as O'Connor and Vas'kov have none.
"""

import re
import unicodedata

from search.analysis.characters import APOSTROPHES

_ELIDED = (
    # French; and Catalan, Occitan and Italian with some of these
    "l|d|qu|j|n|s|m|t|c|lorsqu|jusqu|puisqu|quoiqu"
    # Italian
    "|dell|all|nell|dall|sull|coll|gl|degl|agl|negl|dagl|sugl|v|un|nessun|alcun|ciascun|qualcun|quest|quell"
    "|bell|altr|sant|anch|neanch|com|dov|tutt|mezz|senz|quand|tant|quant|trent|vent|cent"
    # French and Italian names in Cyrillic: д’Эстен
    "|д|л"
)
_SIGNS = "".join(char for char in APOSTROPHES if not char.isalpha()) + "ʼ"
_SYLLABLES = "a|ai|an|ang|ao|e|en|eng|i|iao|ieh|ien|ing|o|ou|u|uan|ui|un|ung"  # T'ang, as Wade wrote Chinese
_CUT = re.compile(rf"(?!t.(?:{_SYLLABLES})$)(?:{_ELIDED})[{_SIGNS}](?=\w)", re.IGNORECASE)
_VOWELS = frozenset("aeiouyhæœаеиоуэюя")


def without_elided(word: str) -> str:
    """A word as written without the elided word before it; without one, the word itself."""
    elided = _CUT.match(word)
    if elided and unicodedata.normalize("NFD", word[elided.end()]).lower()[0] in _VOWELS:
        return word[elided.end() :]
    return word
