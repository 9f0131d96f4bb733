"""The folding filter: one form for a word however it is written, in any script.

What differs without making another word is removed: case, accents, the points and vowel signs of Hebrew and
Arabic, Russian stress marks, the width and composition of characters, apostrophes, the full stops of
initials. Unicode properties say what that is for each script; the tables are what they do not say.
"""

import re
import unicodedata

from search.analysis.characters import APOSTROPHES, JOINERS
from search.analysis.elision import without_elided

MAX_WORD = 64
"""Characters of a folded word that are kept, of documents and queries alike (think of base64)."""

_ACCENTED = ("LATIN", "GREEK")  # scripts whose marks are accents
_STRESSED = frozenset("ёѐѝ")
_NUKTA = "\u093c"  # the dot of Devanagari, as in क़, which many leave out
_RIGHT_TO_LEFT = frozenset({"R", "AL"})  # scripts whose marks are points and vowel signs
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n"}
    | {"ŧ": "t", "ĸ": "k", "ſ": "s", "ß": "ss", "ə": "e", "ƒ": "f", "ɨ": "i", "ʉ": "u", "ƶ": "z"}
    # Letters that Arabic, Persian and Urdu write in different forms, or writers of Arabic do.
    | {"ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ٱ": "ا"}
    | {"ँ": "ं"}  # of Devanagari, which writers of Hindi use one for the other
    | {"װ": "וו", "ױ": "וי", "ײ": "יי"}  # Yiddish
)
_IOTA_SUBSCRIPT = "\u0345"  # a mark below a Greek vowel, which is a letter of its own without case
_TATWEEL = "\u0640\u07fa"  # letters that only lengthen a line
_DROPPED = str.maketrans("", "", APOSTROPHES + JOINERS + _TATWEEL)
_IN_WORDS = str.maketrans("", "", '.,"“”״')
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s$", re.IGNORECASE)
_DECADE = re.compile(r"(?:[0-9]{2})?[0-9]0.s", re.IGNORECASE)  # 1930's is 1930s


def folded(written: str, *, possessive: bool) -> str:
    """A word as written, folded; with `possessive`, an 's is no part of it."""
    if written.isascii() and written.isalnum():  # as most are
        return written.lower()[:MAX_WORD]
    word = written
    if possessive and not _DECADE.fullmatch(word):
        word = _POSSESSIVE.sub("", word)
    word = without_elided(word)
    word = "".join(word.split()).translate(_IN_WORDS)  # initials, thousands, Hebrew abbreviations
    return (fold(word) or written[:1])[:MAX_WORD]  # a word of signs alone is the first, whatever the others


def fold(word: str) -> str:
    """A word without case, accents, ligatures, apostrophes and what else makes no other word.

    Digits of any script become those of ASCII. The letter ё becomes е, but й stays й.
    """
    word = word.translate(_DROPPED)
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word).replace(_IOTA_SUBSCRIPT, "")
    decomposed = unicodedata.normalize("NFKD", decomposed.casefold())
    kept: list[str] = []
    letter = ""
    for char in decomposed:
        if not unicodedata.combining(char):
            letter = char
            kept.append(str(unicodedata.decimal(char)) if char.isdecimal() else char)
        elif _makes_another(letter, char):
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS)


def _makes_another(letter: str, mark: str) -> bool:
    """Whether a letter is another one with the mark: й is not и, but ё is е, and a stressed и is и."""
    if not letter:
        return True
    script = unicodedata.name(letter, "")
    if script.startswith(_ACCENTED) or unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT:
        return False
    if mark == _NUKTA:
        return False
    if script.startswith("CYRILLIC"):
        composed = unicodedata.normalize("NFC", letter + mark)
        return len(composed) == 1 and composed not in _STRESSED
    return True
