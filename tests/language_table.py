"""The table of docs/languages.md, which is written from search/languages/."""

import re

from search.analysis.text_languages import STEMMERS
from search.languages import Language, languages


def rewritten(page: str) -> str:
    """The page with a row for each language that has a file."""
    rows = "".join(f"| {' | '.join(_row(item))} |\n".replace("|  |", "| |") for item in languages())
    table = re.compile(r"(^\| language .*\n\|[-|]+\n)(?:\|.*\n)*", re.MULTILINE)
    assert table.search(page)
    return table.sub(lambda found: found[1] + rows.replace("|  |", "| |"), page)


def _row(item: Language) -> tuple[str, ...]:
    directions, dates = item.letters.before_recipient or item.letters.turns, item.dates
    marks = (dates.months, dates.weekdays, item.labels, directions, item.articles, item.elided)
    stemmed = _yes(item.name.lower() in STEMMERS)
    return item.name, f"`{item.tag}`", stemmed, str(len(item.stop_words) or ""), *map(_yes, marks)


def _yes(there: object) -> str:
    return "yes" if there else ""
