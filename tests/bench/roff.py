"""The plain text of a manual page: its words in order, a blank line between paragraphs.

Enough of roff to search the pages, not to print them: requests that set type are left out, and of macros
their arguments stay. man(7) and mdoc(7) say what the macros mean, groff_char(7) the characters.
"""

import re
from collections.abc import Iterator
from unicodedata import normalize

_CONTROL = re.compile(r"[.'][ \t]*(\\\"|[A-Za-z%&.\\]*)[ \t]*(.*)")
_ALTERNATING = {"BR", "RB", "BI", "IB", "IR", "RI"}
_WITH_TEXT = {"B", "I", "SM", "SB", "MT", "UR", "OP"} | _ALTERNATING
_HEADINGS = {"SH", "SS", "Sh", "Ss"}
_PARAGRAPHS = {"PP", "P", "LP", "TP", "TQ", "IP", "HP", "Pp", "It"}
_BREAKS = {"RS", "RE", "sp", "br", "nf", "fi", "EX", "EE"} | _PARAGRAPHS
_BLOCKS = {"TS": "TE", "de": ".", "am": ".", "ig": "."}  # a table, and definitions of macros, are no prose
_MDOC = re.compile(r"[A-Z%][a-z]")
_MDOC_WITHOUT_TEXT = {"Dd", "Dt", "Os", "Bl", "Bd"}

_ACCENTS = {":": "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", ",": "\u0327"}
_CHARACTERS = {
    "aq": "'", "oq": "‘", "cq": "’", "lq": "“", "rq": "”", "dq": '"', "Fo": "«", "Fc": "»",
    "en": "–", "em": "—", "bu": "•", "co": "©", "ss": "ß", "+-": "±", "mu": "×", "->": "→",
    "ha": "^", "ti": "~", "rs": "\\", "at": "@", "ga": "`",
}  # fmt: skip
_ESCAPE = re.compile(
    r"\\(?:[fFmMn*](?:\(..|\[[^]]*\]|.)"  # a font, a colour, a register, a string
    r"|s[+-]?\d{1,2}|[hvwzXZ]'[^']*'"
    r"|\((?P<two>..)|\[(?P<name>[^]]*)\]"
    r"|(?P<plain>.))"
)
_PLAIN = {**{char: char for char in "-'`. \\"}, "~": " ", "0": " ", "t": " ", "e": "\\"}


def text_of(source: str) -> str:
    """The text of a page's source; empty of one that only names another page."""
    if source.lstrip().startswith(".so "):
        return ""
    lines = "\n".join(_lines(source.splitlines()))
    return re.sub(r"\n{3,}", "\n\n", _ESCAPE.sub(_character, lines)).strip()


def _lines(source: list[str]) -> Iterator[str]:
    ends = ""
    for line in source:
        control = _CONTROL.match(line)
        if not control:
            if not ends:
                yield re.sub(r'\\["#].*', "", line)
            continue
        macro, arguments = control[1], control[2]
        if ends:
            ends = "" if macro == ends else ends
        elif macro in _BLOCKS:
            ends = _BLOCKS[macro]
        else:
            yield from _of_macro(macro, re.sub(r'\\["#].*', "", arguments))


def _of_macro(macro: str, arguments: str) -> Iterator[str]:
    if macro in _BREAKS:
        yield ""
    if macro in _HEADINGS:
        yield from ("", " ".join(_words(arguments)), "")
    elif macro in _WITH_TEXT:
        yield ("" if macro in _ALTERNATING else " ").join(_words(arguments))
    elif macro == "IP":
        yield from _words(arguments)[:1]
    elif (
        len(macro) == 2
        and _MDOC.match(macro)
        and macro[1].islower()
        and macro not in {"Dd", "Dt", "Os", "Bl"}
    ):
        yield " ".join(word for word in _words(arguments) if not (len(word) == 2 and _MDOC.match(word)))


def _words(arguments: str) -> list[str]:
    """The arguments of a macro; those with spaces stand in quotation marks."""
    return [quoted or plain for quoted, plain in re.findall(r'"((?:[^"]|"")*)"?|(\S+)', arguments)]


def _character(escape: re.Match[str]) -> str:
    name = escape["two"] or escape["name"]
    if not name:
        return _PLAIN.get(escape["plain"] or "", "")
    if re.fullmatch("u[0-9A-F]{4,5}", name):
        return chr(int(name[1:], 16))
    if name not in _CHARACTERS and name[0] in _ACCENTS and len(name) == 2:
        return normalize("NFC", name[1] + _ACCENTS[name[0]])
    return _CHARACTERS.get(name, " ")
