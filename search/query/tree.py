"""The query tree: immutable, with analysed words in its leaves. Engines see nothing else of a query.

A leaf without a `field` searches the words of all default fields. Leaves score by the stems of their
words in the weighted text (`search.schema.TEXT`), the same on all engines. A stem may have parts, one for
each language that the word may be of (`search.analysis.stem`). `str` of a tree is a query in the query
language, which parses to the same tree.
"""

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Literal

from search.analysis.russian import as_written
from search.analysis.stem import Stem, parts_of, unmarked
from search.calendar import DayRange, describe_range

MatchMode = Literal["all", "any", "most"]
"""Whether a document must match all plain words of a query, or any of them.

"most": any of them suffices, and documents with more of them stand before those with fewer.
"""


@dataclass(frozen=True, slots=True)
class Term:
    """Documents with a word of this stem. It scores `count` times, 1 or more: as often as it was typed.

    `word` is the folded word that was typed, and `written` the word as it was typed; terms that differ in
    `written` alone are equal.
    """

    stem: Stem
    word: str = ""
    field: str = ""
    count: int = 1
    written: str = dataclass_field(default="", compare=False)

    def __str__(self) -> str:
        return _in_field(self.field, as_written(self.word or unmarked(parts_of(self.stem)[0]), self.stem))


@dataclass(frozen=True, slots=True)
class Exact:
    """Documents with this folded word, or with this term of a path. It scores as its stem."""

    word: str
    stem: Stem
    field: str = ""

    def __str__(self) -> str:
        path = self.word.startswith("/")
        written = f'"{self.word[1:].replace("_", " ")}"' if path else f"={as_written(self.word, self.stem)}"
        return _in_field(self.field, written)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents with these words in a row, or near each other.

    `distance` 0: next to each other in this order; otherwise each consecutive pair stands at most
    `distance` positions apart, in either order unless `ordered`: then the second word stands after the
    first. It scores as the sum of its stems; without stems it finds documents and does not score.

    `as_word` is how it was typed, if as one word, `re-election`: other spellings may be searched as well.
    """

    words: tuple[str, ...]
    stems: tuple[Stem, ...]
    distance: int = 0
    field: str = ""
    ordered: bool = False
    as_word: str = dataclass_field(default="", compare=False)

    def __str__(self) -> str:
        if self.as_word:
            return _in_field(self.field, "-".join(self.words))
        if self.ordered:
            return _in_field(self.field, f'"{" … ".join(self.words)}"')
        near = f"~{self.distance}" if self.distance else ""
        words = map(as_written, self.words, self.stems or [""] * len(self.words))
        return _in_field(self.field, f'"{" ".join(words)}"{near}')


@dataclass(frozen=True, slots=True)
class Prefix:
    """Documents with a word that begins with `prefix`; expanded into AnyOf before an engine sees it."""

    prefix: str
    field: str = ""

    def __str__(self) -> str:
        return _in_field(self.field, f"{self.prefix.removeprefix('/')}*")


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Documents with a word, or one within `distance` edits; expanded into AnyOf before an engine sees it."""

    word: str
    distance: int = 1
    field: str = ""

    def __str__(self) -> str:
        return _in_field(self.field, f"{self.word}~{self.distance}")


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Documents with any of these words; it scores as the best of their stems. `label` is the text typed."""

    alternatives: tuple["Exact | Term", ...]
    label: str

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class DateRange:
    """Documents whose date overlaps these days, or lies wholly `within` them. It does not score.

    The query language has no word for `within`.
    """

    days: DayRange
    within: bool = False

    def __str__(self) -> str:
        return f"date:{describe_range(self.days)}"


@dataclass(frozen=True, slots=True)
class And:
    """Documents that all the children match; scores add up."""

    children: tuple["Query", ...]

    def __str__(self) -> str:
        parts = [str(child) for child in self.children if child != MatchAll()]
        return parts[0] if len(parts) == 1 else f"({' AND '.join(parts)})"


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that some child matches; the scores of those that do add up."""

    children: tuple["Query", ...]

    def __str__(self) -> str:
        return f"({' OR '.join(map(str, self.children))})"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Documents that at least `least` of the children match; the scores of those that do add up.

    `least` is 1 or more; equal children count each for itself. The query language has no word for it.
    """

    children: tuple["Query", ...]
    least: int

    def __str__(self) -> str:
        if self.least == 1:
            return str(Or(self.children))
        return f"({self.least} of {', '.join(map(str, self.children))})"


@dataclass(frozen=True, slots=True)
class Boost:
    """Documents that the child matches; `bonus` is added to the scores of those that match `preferred`, too.

    The score of `preferred` does not count. As a query, it is written as its child.
    """

    child: "Query"
    preferred: "Query"
    bonus: float

    def __str__(self) -> str:
        return str(self.child)


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that the child does not match. It does not score."""

    child: "Query"

    def __str__(self) -> str:
        return f"NOT {self.child}"


@dataclass(frozen=True, slots=True)
class MatchAll:
    """All documents, with score 0."""

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True, slots=True)
class MatchNone:
    """No document."""

    def __str__(self) -> str:
        return "(nothing)"


Leaf = Term | Exact | Phrase | Prefix | Fuzzy | AnyOf | DateRange
Query = Leaf | And | Or | AtLeast | Boost | Not | MatchAll | MatchNone


def _in_field(field: str, text: str) -> str:
    return f"{field}:{text}" if field else text
