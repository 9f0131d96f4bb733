"""A date in any language, put into English words and figures that `index.metadata.date_forms` reads."""

import re
import unicodedata

from search.months import MONTH, MONTHS, OTHER_MONTH_NUMBERS

_OTHER_MONTH = re.compile(
    r"(?:(?<=\d)(?:er|:[ae]|[.°º])?\s+(?:de\s+|di\s+)?)?(?<!\w)"
    rf"(?P<name>{'|'.join(sorted(OTHER_MONTH_NUMBERS, key=len, reverse=True))})(?!\w)\.?"
    r"(?:\s+del?(?=\s+\d))?",
    re.IGNORECASE,
)
"""The month with what joins it to its day and year: `1er mai 1951`, `4 de julio de 1951`."""
_WEEKDAYS_AND_ARTICLES = re.compile(
    r"""^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag
        |samstag|sonnabend|sonntag|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì
        |mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag
        |måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mandag|tirsdag|lørdag|søndag|poniedziałek|wtorek
        |środa|czwartek|piątek|sobota|niedziela|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira
        |domingo|pondělí|úterý|středa|čtvrtek|pátek|neděle|понедельник|вторник|среда|четверг|пятница|суббота
        |воскресенье),?\s+ (?:(?:le|den|il|el|de|d\.)\s+)? (?=\d)
    | ^(?:le|den|am|il|el|d\.)\s+(?=\d) | (?<=\d)\s+r\.$
    | (?<=\d)\s*(?:гг?(?!\w)\.?|год(?:а|у|ы|ов)?(?!\w))""",
    re.IGNORECASE | re.VERBOSE,
)
_ORDINALS = re.findall(
    r"[a-z-]+",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth "
    "thirty-first",
)
_ORDINAL_OF_A_DATE = re.compile(
    rf"(?P<before>\b{MONTH}\s+the\s+)?\b(?P<word>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})\b"
    rf"(?(before)|(?=\s+(?:day\s+)?of\s+{MONTH}|[\s-]+centur))",
    re.IGNORECASE | re.ASCII,
)
"""An ordinal that counts days or centuries: `May the fourth`, `the fourth day of May`, `fourth century`."""


TRANSLATED = (_WEEKDAYS_AND_ARTICLES, _OTHER_MONTH, _ORDINAL_OF_A_DATE)
"""The patterns of what is translated."""
_WORDS = frozenset(
    {
        *(name for name in OTHER_MONTH_NUMBERS if name.isascii()),
        *(ordinal.partition("-")[0] for ordinal in _ORDINALS),
        *re.findall(r"[a-z]+", _WEEKDAYS_AND_ARTICLES.pattern),
    }
)
"""All words in ASCII that are translated, and some others."""
_WORD = re.compile(r"[a-z]+")


def in_english(text: str) -> str:
    """The date with its months in English, its ordinals in figures, and no foreign weekdays and articles."""
    if text.isascii() and _WORDS.isdisjoint(_WORD.findall(text.lower())):
        return text  # as in most cases, and so much faster
    return _in_english(unicodedata.normalize("NFC", text))


def _in_english(text: str) -> str:
    text = _WEEKDAYS_AND_ARTICLES.sub("", text)
    text = _OTHER_MONTH.sub(_english_month, text)
    return _ORDINAL_OF_A_DATE.sub(_ordinal_in_figures, text)


def _english_month(match: re.Match[str]) -> str:
    joined = " " if match.start() < match.start("name") else ""
    number = OTHER_MONTH_NUMBERS.get(match["name"].lower())
    return joined + (MONTHS[number - 1] if number else match["name"])


def _ordinal_in_figures(match: re.Match[str]) -> str:
    return f"{match['before'] or ''}{_ORDINALS.index(match['word'].lower()) + 1}th"
