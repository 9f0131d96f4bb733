"""Which words of a query are a date? "28 October 1962", "June 1951", "summer of 1951", "1950s", "1962-10-28".

Only bare words can be: no word with a sign, a field or an `=`, none in quotation marks, and none of a query
with operators. Each lexeme belongs to a class, such as day, month or year; a date is a row of classes
that `_DATE` matches. Months are those of `search.languages.month_names`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from search.analysis.elision import without_elided
from search.analysis.folding import fold
from search.calendar import DayRange, day_number, month_days, parse_partial
from search.languages import words_of_all
from search.languages.month_names import MONTHS_NAMED
from search.query.lexer import OPERATOR_KINDS, Lexeme, lexemes

_MONTHS = {fold(name): numbers for name, numbers in MONTHS_NAMED.items()}
"""The months that a folded word may name: of few words, two (see `search.languages.month_names`)."""
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (1, 14)}
"""First and last month; a winter may be of the year or of the next one."""
_PARTS = {"early": 0, "mid": 1, "late": 2, "beginning": 0, "start": 0, "middle": 1, "end": 2}
_MONTH_PARTS = ((1, 10), (11, 20), (21, 31))
_DECADE_PARTS = ((0, 3), (3, 6), (6, 9))

_WORDS: dict[str, Iterable[str]] = {
    "M": _MONTHS,
    "s": _SEASONS,
    "p": ("early", "mid", "late"),
    "q": ("beginning", "start", "middle", "end"),  # which need an "of"
    "o": ("of", "the", *words_of_all(lambda item: (*item.dates.before_month, *item.dates.before_year))),
    "t": ("to", "until", "till", "through", *words_of_all(lambda item: map(fold, item.dates.until)), *"-–—"),
    "l": words_of_all(lambda item: (fold(word) for word in item.dates.before_day if len(word) > 1)),
    "g": words_of_all(lambda item: map(fold, item.dates.after_year)),
    "b": ("between",),
    "a": ("and",),
    "w": words_of_all(lambda item: (fold(forms[0]) for forms in item.dates.weekdays)),
    "n": ("no", "nos", "nr", "number", "№", "#", "p", "pp", "page", "pages", "vol", "volume", "doc",
          "document", "art", "article", "section", "paragraph", "box", "folder"),
}  # fmt: skip
"""A letter for each class, and its words; a word of several is of the first. Before a day stands `le`, behind
a year `года`: le 14 juillet 1789. The number behind a word of class `n` is no year."""
_CLASS_OF = {word: letter for letter, words in reversed(_WORDS.items()) for word in words}
_FIGURES = tuple(
    (letter, re.compile(form, re.ASCII))
    for letter, form in (
        ("D", r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|d|er)?"),
        ("Y", r"1\d{3}|20\d\d|2100"),
        ("E", r"(?:1\d\d|20\d)0(?:['’]?s|er)"),  # a decade; German 1950er
        ("H", r"(?:early|mid|late)-(?:1\d{3}|20\d\d)(?:['’]?s)?"),  # mid-1951, mid-1950s
        ("R", r"[12]\d{3}(?:[-–—][12]\d{3}|[–—]\d\d|[-/](?:1[3-9]|[2-9]\d))"),
        ("F", r"(?P<y>[12]\d{3})(?P<s>[-/.])(?P<m>\d\d?)(?:(?P=s)(?P<d>\d\d?))?"),
        ("F", r"(?P<d>\d\d?)(?P<s>[-/.])(?P<m>\d\d?)(?P=s)(?P<y>[12]\d{3})"),
        ("F", r"(?P<d>\d\d?)(?P<s>[-/.])(?P<name>[a-z]+)(?P=s)(?P<y>[12]\d{3})"),
        ("F", r"(?P<y>[12]\d{3})年(?:(?P<m>\d\d?)月(?:(?P<d>\d\d?)日)?)?"),
    )
)
"""The classes of words in figures; years are those from 1000 to 2100."""
_PART = "(?:p|qo+)"
_MOMENT = "(?:l?w?Do{0,2}Mo{0,2}Yg?|w?Mo?Do{0,2}Y|Mo{0,2}Y|Y|F)"
_BEGINNING = "(?:l?w?D(?:o{0,2}M(?:o{0,2}Yg?)?)?|w?M(?:o?D)?(?:o{0,2}Y)?|Y|F)"
"""The first date of a range, whose month and year may stand in the last one alone."""
_RANGE = re.compile(f"b?(?P<first>{_BEGINNING})[ta](?P<last>{_MOMENT})")
_DATE = re.compile(
    f"b{_BEGINNING}a{_MOMENT}|{_BEGINNING}t{_MOMENT}|YMD|{_PART}?Mo{{0,2}}Y|(?:s|{_PART})o{{0,2}}Y|{_PART}?E"
    f"|(?<!n){_MOMENT}|R|H"
)
_EDGES = " ,.;:?!()[]"
_YEAR = re.compile(r"[12]\d{3}")


def with_dates(text: str, found: Sequence[Lexeme]) -> Sequence[Lexeme]:
    """The lexemes of a query, those of each date joined to one of the kind "date"."""
    if not _YEAR.search(text) or any(lexeme.kind in OPERATOR_KINDS for lexeme in found):
        return found
    joined = list(found)
    for start, end in reversed(list(_dates(found))):
        first, last = found[start], found[end - 1]
        written = text[first.position : last.position + len(last.written)]
        words = written.removeprefix(first.written) if _class_of(first) == "l" else written
        joined[start:end] = [replace(first, kind="date", text=words.strip(_EDGES), written=written)]
    return joined


def days_in_words(text: str) -> DayRange | None:
    """The days that a whole text stands for; None if it is no date, or one that does not exist (31 June).

    >>> days_in_words("October 28th, 1962") == parse_partial("1962-10-28")
    True
    """
    found = lexemes(text)
    classes = "".join(map(_class_of, found))
    return _days(classes, list(map(_bare, found))) if _DATE.fullmatch(classes) else None


def _dates(found: Sequence[Lexeme]) -> Iterator[tuple[int, int]]:
    """The first lexeme of each date, and the one behind its last."""
    bare = are_bare(found)
    classes = "".join(_class_of(lexeme) if free else "|" for lexeme, free in zip(found, bare, strict=True))
    for match in _DATE.finditer(classes):
        if _days(match[0], [_bare(lexeme) for lexeme in found[match.start() : match.end()]]):
            yield match.span()


def are_bare(found: Sequence[Lexeme]) -> Iterator[bool]:
    """Whether each lexeme is a bare word, in no group but one that only groups."""
    groups: list[bool] = []
    for lexeme in found:
        if lexeme.kind == "open":
            groups.append(lexeme.is_plain)
        elif lexeme.kind == "close" and groups:
            groups.pop()
        yield lexeme.kind == "word" and lexeme.is_plain and all(groups)


def _class_of(lexeme: Lexeme) -> str:
    word = _bare(lexeme)
    if word in _CLASS_OF:
        return _CLASS_OF[word]
    return next((letter for letter, form in _FIGURES if form.fullmatch(word)), "x")


def _bare(lexeme: Lexeme) -> str:
    return fold(without_elided(lexeme.text.strip(_EDGES))) or lexeme.text


def _days(classes: str, words: Sequence[str]) -> DayRange | None:
    """The days of a date; all from the first to the last, where its month may be either of two."""
    months = next((numbers for word in words if len(numbers := _MONTHS.get(word, ())) > 1), ())
    if not months:
        return _one(classes, words)
    names = [[str(month) if _MONTHS.get(word) == months else word for word in words] for month in months]
    found = [days for named in names if (days := _one(classes, named))]
    return DayRange(found[0].earliest, found[-1].latest) if found else None


def _one(classes: str, words: Sequence[str]) -> DayRange | None:
    if not (found := _RANGE.fullmatch(classes)):
        return _moment(dict(zip(classes, words, strict=True)))
    first, last = (
        dict(zip(found[part], words[found.start(part) : found.end(part)], strict=True))
        for part in ("first", "last")
    )
    shared = {letter: last[letter] for letter in "MY" if letter in last and "F" not in first}
    start, end = _moment(shared | first), _moment(last)
    return DayRange(start.earliest, end.latest) if start and end and start.earliest <= end.latest else None


def _moment(said: Mapping[str, str]) -> DayRange | None:
    """The days of one date, whose words are given by class."""
    part = _PARTS.get(said.get("p") or said.get("q") or "")
    if "F" in said:
        return _in_figures(said["F"])
    if "H" in said:
        named, _, years = said["H"].partition("-")
        return _moment({"p": named, "Y" if years.isdigit() else "E": years})
    if "R" in said:
        return _years_in_figures(said["R"])
    if "E" in said:
        first, last = (0, 9) if part is None else _DECADE_PARTS[part]
        return _years(int(said["E"][:4]) + first, int(said["E"][:4]) + last)
    if "Y" not in said or ("D" in said and "M" not in said):
        return None
    year = int(said["Y"])
    if "D" in said:
        day = re.match(r"\d+", said["D"])
        return parse_partial(f"{year}-{_month(said['M']):02}-{day[0]:0>2}") if day else None
    if "M" in said:
        month = _month(said["M"])
        first, last = (1, 31) if part is None else _MONTH_PARTS[part]
        last = min(last, month_days(year, month))
        return DayRange(day_number(year, month, first), day_number(year, month, last))
    months = _SEASONS[said["s"]] if "s" in said else (1, 12) if part is None else (4 * part + 1, 4 * part + 4)
    return _months(year, *months)


def _month(word: str) -> int:
    """The number of a month, by its name or figure; 0 of a word that names none, or either of two."""
    numbers = _MONTHS.get(word, ())
    return int(word) if word.isdigit() else numbers[0] if len(numbers) == 1 else 0


def _months(year: int, first: int, last: int) -> DayRange:
    end, month = (year, last) if last <= 12 else (year + 1, last - 12)
    return DayRange(day_number(year, first, 1), day_number(end, month, month_days(end, month)))


def _years(first: int, last: int) -> DayRange | None:
    return DayRange(day_number(first, 1, 1), day_number(last, 12, 31)) if first <= last else None


def _years_in_figures(word: str) -> DayRange | None:
    """The years of `1951-1953`, `1951–53`, `1951-53` or `1951/52`."""
    first, last = re.findall(r"\d+", word)
    return _years(int(first), int(first[: 4 - len(last)] + last))


def _in_figures(word: str) -> DayRange | None:
    """The days of a date in figures; None where it has no such day, or might be of either of two months.

    A year stands first, or a day with full stops, as in documents; with other signs, days and months are
    told apart only where one of them is above 12.
    """
    match = next(found for letter, form in _FIGURES if letter == "F" and (found := form.fullmatch(word)))
    said = match.groupdict()
    month, day = said.get("name") or said["m"], said["d"]
    if said.get("name"):
        month = str(_month(month))
    elif match.start("d") == 0 and said["s"] != "." and int(month) != int(day):
        if int(day) <= 12 and int(month) <= 12:
            return None
        day, month = (month, day) if int(month) > 12 else (day, month)
    return parse_partial("-".join([said["y"], *(part.zfill(2) for part in (month, day) if part)]))
