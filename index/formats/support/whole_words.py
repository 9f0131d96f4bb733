"""Words broken at line ends and words with a note mark behind them are made whole, in texts of all formats.

A hyphen at the end of a line ends a syllable, or joins a compound. Evidence in the document decides:

1. A form that stands elsewhere in it, joined or with its hyphen, is taken, the more frequent of the two.
2. Before a capital or a figure, and behind a figure, the hyphen stays (`Sub-Committee`, `1951-52`); in
   lines of capitals, a capital tells nothing.
3. It stays behind words that form compounds (`well-known`) and behind a short one between hyphens
   (`commander-in-chief`), and in addresses.
4. One that stands for a part left out stays where it is (`pre-` and post-war, `Vor-` und Nachteile).
5. Else the word is joined. `¬`, soft hyphens and the double oblique hyphen only end syllables.

The line ends behind the whole word then.

Raised figures behind a word or a sentence are note marks and are set apart by a space (`garrison ¹`), so that
the word is found; behind letters that stand for quantities (`x²`, `km²`) and behind figures (`10⁶`) they are
exponents.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from index.extracted import Passage

_AT_LINE_END = re.compile(r"(?<=[^\W_])(?P<hyphen>[-‐¬⸗\u00ad])[^\S\n]*\n[^\S\n]*(?=[^\W_])")
_HYPHEN_AT_END = re.compile(r"-[^\S\n]*+(?:\n|\Z)")
_SYLLABLE_HYPHENS = "¬⸗\u00ad"
_ALL_HYPHENS = f"-‐{_SYLLABLE_HYPHENS}"
_MOST_FOOTNOTES = 12  # on a page
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_SPACE = re.compile(r"\s+")
_LONGEST = 60  # characters of a word
_IN_COMPOUNDS = frozenset({"half", "quasi", "self", "well"})
_HYPHENATED = re.compile(r"\s+(?:\S+\s+)?\w+-\w")
_CONJUNCTIONS = frozenset({"and", "or"})  # before another compound
_OTHER_CONJUNCTIONS = frozenset({"och", "oder", "og", "und"})  # which end no words of their languages alone
_LABEL = re.compile(r"[^\W\d_][\w ]{0,40}:(?:\s|\Z)")

_RAISED_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_ODD_CHARACTERS = f"‐{_SYLLABLE_HYPHENS}{_RAISED_FIGURES}"
_RAISED = str.maketrans("0123456789", _RAISED_FIGURES)
_NOTE = re.compile(r"\s*(?:[\[(]\s*(?:\d{1,3}|[*†‡§])\s*[\])]|\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|[*†‡§]{1,3})\s*")
_MARK = re.compile(r"(?<=[^\W_]|[.,;:!?)\]”’\"'»…])[⁰¹²³⁴-⁹]+(?:[,–-][⁰¹²³⁴-⁹]+)*(?![^\W_])")
_YEAR = re.compile(r"(?<!\d)1\d{3}\Z")
_UNITS = frozenset({"cm", "dm", "ft", "hm", "km", "mc", "mi", "mm", "nm", "yd"})


def is_note_mark(raised: str) -> bool:
    """Whether text that is raised is a note mark: a number, in brackets or not, an asterisk, a dagger."""
    return _NOTE.fullmatch(raised) is not None


def raised_text(raised: str, before: str) -> str:
    """Raised text behind the text `before`: figures as raised characters, other note marks set apart."""
    if not is_note_mark(raised):
        return raised
    mark = "".join(raised.split())
    if mark[0].isdigit():
        return mark.translate(_RAISED)
    return f" {mark}" if before[-1:].strip() else mark


def whole_words(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages of a document with whole words; a word broken over two of them stands in the first."""
    if not _may_change([passage.text for passage in passages]):
        return tuple(passages)
    broken = any(_breaks(passage.text) for passage in passages)
    across = [
        (at, to)
        for at, passage in enumerate(passages)
        if passage.text[-1:] in _ALL_HYPHENS and (to := _goes_on(passages, at))
    ]
    words = _words(passage.text for passage in passages) if broken or across else Counter()
    texts = [passage.text for passage in passages]
    emptied: dict[int, int] = {}  # passage -> the one to which all of its text was moved
    for at, to in across:
        first, rest = _first_word(texts[to])
        begun = emptied.get(at, at)
        texts[begun], texts[to] = f"{texts[begun].rstrip()}\n{first}", rest
        if not rest:
            emptied[to] = begun
    return tuple(_whole(passage, text, words) for passage, text in zip(passages, texts, strict=True) if text)


def joined(text: str, words: Counter[str] | None = None) -> str:
    """The text without words broken at line ends; `words` counts those of the document, in lower case."""
    words = Counter() if words is None else words
    pieces: list[str] = []
    at = 0
    line_due = False  # the line that ended within a word is to end behind it
    for match in _AT_LINE_END.finditer(text):
        hyphen = _kept(text, match, words)
        if hyphen is None:
            continue
        piece = text[at : match.start()]
        pieces += [_with_line_end(piece) if line_due else piece, hyphen]
        at, line_due = match.end(), True
    if not pieces:
        return text
    return "".join([*pieces, _with_line_end(text[at:])])


def _whole(passage: Passage, text: str, words: Counter[str]) -> Passage:
    if _breaks(text):
        text = joined(text, words)
    if not text.isascii():
        text = text.replace("\u00ad", "")
        if any(map(text.__contains__, _RAISED_FIGURES)):
            text = _MARK.sub(_set_apart, text)
    return passage if text == passage.text else passage.with_text(text)


def _may_change(texts: Sequence[str]) -> bool:
    """Whether anything in texts may be a broken word or a note mark; of most it is told fast."""
    whole = "\n".join(texts)
    if not all(texts) or (not whole.isascii() and any(map(whole.__contains__, _ODD_CHARACTERS))):
        return True
    return _HYPHEN_AT_END.search(whole) is not None


def _breaks(text: str) -> bool:
    if "\n" not in text:
        return False
    hyphens = "-" if text.isascii() else _ALL_HYPHENS
    return any(map(text.__contains__, hyphens)) and _AT_LINE_END.search(text) is not None  # the faster first


def _goes_on(passages: Sequence[Passage], at: int) -> int | None:
    """The passage with the rest of a word that is broken at the end of this one; None if none is.

    It follows at once or below a page number, or is the next page's first, with footnotes between.
    """
    passage = passages[at]
    if passage.kind != "paragraph" or not passage.text[-2:-1].isalpha():
        return None
    following = range(at + 1, min(at + 1 + _MOST_FOOTNOTES, len(passages)))
    worded = next((to for to in following if any(map(str.isalpha, passages[to].text))), None)
    paged = next((to for to in following if passages[to].page != passage.page), None)
    return next((to for to in (worded, paged) if to and _begins_small(passages[to])), None)


def _begins_small(passage: Passage) -> bool:
    return passage.kind == "paragraph" and passage.text[:1].islower()


def _first_word(text: str) -> tuple[str, str]:
    first, *rest = text.split(maxsplit=1)
    return first, "".join(rest)


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in _WORD.findall(text.lower()))


def _with_line_end(piece: str) -> str:
    """A piece that begins within a word; the line ends behind that word."""
    return _SPACE.sub("\n", piece, count=1)


def _kept(text: str, match: re.Match[str], words: Counter[str]) -> str | None:
    """The hyphen if it is to stay, "" if not; None if nothing is to be joined."""
    before, end = text[max(0, match.start() - _LONGEST) : match.start()], match.end()
    after = text[end : end + _LONGEST]
    if not (before[-1:].isalnum() and after[:1].isalnum()):
        return None
    if before[-1].isdigit() or after[0].isdigit():
        return "-"
    first, second = _last_letters(before), _LETTERS.match(after)
    if not first or second is None:
        return None
    joint, compound = f"{first}{second[0]}".lower(), f"{first}-{second[0]}".lower()
    if words[joint] or words[compound]:
        return "-" if words[compound] >= words[joint] else ""
    if after[0].isupper() and not (before.isupper() and after.isupper()):
        return None if _LABEL.match(after) else "-"
    if match["hyphen"] in _SYLLABLE_HYPHENS:
        return ""
    if _is_suspended(second[0].lower(), after[second.end() :]):
        return None
    part_of_compound = len(first) <= 3 and before[: -len(first)].endswith(("-", "‐"))
    return "-" if first.lower() in _IN_COMPOUNDS or part_of_compound or _is_address(before) else ""


def _last_letters(text: str) -> str:
    """The letters at the end of a text, back to the last other character."""
    at = len(text)
    while at and text[at - 1].isalpha():
        at -= 1
    return text[at:]


def _is_address(text: str) -> bool:
    """Whether a text ends within an address of the web or of mail."""
    last = text[max(text.rfind(" "), text.rfind("\n")) + 1 :]
    return "://" in last or "@" in last or last.startswith("www.")


def _is_suspended(second: str, rest: str) -> bool:
    """Whether the hyphen stands for a part that follows only later."""
    if not rest[:1].isspace():
        return False
    return second in _OTHER_CONJUNCTIONS or (second in _CONJUNCTIONS and bool(_HYPHENATED.match(rest)))


def _set_apart(match: re.Match[str]) -> str:
    """Raised figures, with a space before them if they are a note mark."""
    before = match.string[max(0, match.start() - _LONGEST) : match.start()]
    word = _last_letters(before)
    if not word:
        is_mark = not before[-1].isdigit() or _YEAR.search(before) is not None
    elif len(word) > 2:
        is_mark = not before[: -len(word)][-1:].isdigit()
    else:
        is_mark = word == "I" or (len(word) == 2 and word not in _UNITS)
    return f" {match[0]}" if is_mark else match[0]
