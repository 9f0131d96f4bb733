"""By what is a word matched? By its stem; a word of a query by one stem for each language that it may be of.

A stem by another stemmer than that of the archive's default language is marked with its language, `de:haus`.
So *unit*, of French *unités*, is another term than *unit* of English *united*.
"""

from collections.abc import Iterable

Stem = str | tuple[str, ...]
"""A stem, or the two or more stems that a word has in different languages, its *parts*.

A document with any of the parts has the word. They are scored as one word: its document frequency is the
sum of theirs, and a document scores the best of them.
"""

_MARK = ":"  # stands in no word


def marked(tag: str, stem: str) -> str:
    """A stem with the mark of a language."""
    return f"{tag}{_MARK}{stem}"


def unmarked(part: str) -> str:
    """A stem without the mark of its language."""
    return part.rpartition(_MARK)[2]


def joint_stem(parts: Iterable[str]) -> Stem:
    """The stem of a word that has these in different languages, one or more; equal ones count once."""
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else distinct


def parts_of(stem: Stem) -> tuple[str, ...]:
    """The parts of a stem; a plain one is its own."""
    return (stem,) if isinstance(stem, str) else stem


def stems_shown(stem: Stem) -> str:
    """A stem in an explanation: `stem peac`, or `stems haus or de:haus`."""
    return f"stem{'' if isinstance(stem, str) else 's'} {' or '.join(parts_of(stem))}"


def have_common_part(one: Stem, other: Stem) -> bool:
    """Whether two words have the same stem in some language."""
    return one == other or not set(parts_of(one)).isdisjoint(parts_of(other))
