"""How well are plain-text documents understood? Against the truth in OPIS_DATA/frus-text.

`files/<id>.txt` are the documents; each line of `truth.jsonl` has an `id`, `title`, ISO `date`, and
`authors`, `office` (who wrote where no person is named) and `recipients` as lists. An author is right
if the surname is, an office if all of its words are in what was found or the other way round.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from index.metadata.labels import Labels
from index.runs.read_results import ReadDocument
from index.runs.reading import read
from index.sources.files import walk
from index.sources.read_task import ReadTask
from search.document import Document

AUTHORLESS = re.compile(
    r"(?:\d+\. )?(?:draft )?(?:editorial note|minutes|(?:notes|record|memorandum) of|.* for the record)",
    re.IGNORECASE,
)


class Truth(TypedDict):
    """A line of truth.jsonl; an unknown date is empty."""

    id: str
    title: str
    date: str
    authors: list[str]
    office: list[str]
    recipients: list[str]


@dataclass(frozen=True)
class Score:
    """Right, wrong and missing of those that have a value; invented of those that have none."""

    right: int
    wrong: int
    missing: int
    invented: int
    without: int

    @property
    def stated(self) -> int:
        """How many have a value."""
        return self.right + self.wrong + self.missing

    def share(self, name: str) -> float:
        """Right, wrong or missing as a share of those that have a value."""
        count: int = getattr(self, name)
        return count / self.stated if self.stated else 0.0

    def __str__(self) -> str:
        shares = ", ".join(f"{self.share(name):.2%} {name}" for name in ("right", "wrong", "missing"))
        return f"{self.stated} stated: {shares}; {self.invented} invented of {self.without} without"


def documents(folder: Path) -> Iterator[tuple[Truth, Document]]:
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truth = {row["id"]: row for row in map(json.loads, lines)}
    for file in walk(str(folder / "files")):
        for found in read(ReadTask(file), Labels()):
            if isinstance(found, ReadDocument):
                yield truth[file.path.stem], found.document


def dates(folder: Path) -> Score:
    """Every date, to the day."""
    counts: Counter[str] = Counter()
    for truth, document in documents(folder):
        date = document.date
        found = {date.earliest_iso, date.latest_iso} if date and date.understood else set()
        counts[verdict(bool(truth["date"]), bool(found), found == {truth["date"]})] += 1
    return score(counts)


def authors(folder: Path, *, conversations: bool = False) -> Score:
    """Authors of documents that one person or office writes, or of conversations and minutes."""
    counts: Counter[str] = Counter()
    for truth, document in documents(folder):
        wanted = truth["authors"] or truth["office"]
        authorless = not wanted and bool(AUTHORLESS.match(truth["title"]))
        if authorless == conversations and (wanted or conversations):
            counts[verdict(bool(wanted), bool(document.authors), matches(truth, document.authors))] += 1
    return score(counts)


def matches(truth: Truth, found: Sequence[str]) -> bool:
    if truth["authors"]:
        return any(surname(one) in words(other) for one in truth["authors"] for other in found)
    return any(
        words(one) <= words(other) or words(other) <= words(one) for one in truth["office"] for other in found
    )


def words(text: str) -> set[str]:
    return {
        word for word in re.findall(r"\w+", text.casefold()) if word not in {"the", "of", "in", "at", "to"}
    }


def surname(name: str) -> str:
    family = name.partition(",")[0]
    family = family if "," in name else re.sub(r"\b(jr|sr|ii|iii)\.?$", "", name, flags=re.IGNORECASE)
    return next(reversed(re.findall(r"\w+", family.casefold())), "")


def verdict(stated: bool, found: bool, right: bool) -> str:
    if not stated:
        return "invented" if found else "rightly none"
    return "right" if right else "wrong" if found else "missing"


def score(counts: Counter[str]) -> Score:
    without = counts["invented"] + counts["rightly none"]
    return Score(counts["right"], counts["wrong"], counts["missing"], counts["invented"], without)


def folder() -> Path | None:
    """Where the documents are, if they are."""
    path = Path(os.environ.get("OPIS_DATA", ""), "frus-text")
    return path if os.environ.get("OPIS_DATA") and path.is_dir() else None


if __name__ == "__main__":
    if (data := folder()) is None:
        print("Nothing to measure: set OPIS_DATA to a folder with frus-text/.")
    else:
        print(f"dates                      {dates(data)}")
        print(f"authors                    {authors(data)}")
        print(f"conversations and minutes  {authors(data, conversations=True)}")
