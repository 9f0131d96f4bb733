"""What happened, and what needs a look? For programs and for people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from index.metadata.names import surname_key
from index.runs.manifest import DocumentEntry, SourceFailure
from search.health_report import Health, SourceProblem
from search.results import IndexInfo

_SHOWN = 10  # lines of any list on the screen


@dataclass(frozen=True, slots=True)
class IndexReport:
    """The outcome of a run; counts are of documents.

    What was added, changed, unchanged, removed and failed is of this run; the rest is of the whole index.
    """

    added: int
    changed: int
    unchanged: int
    removed: int
    failed: tuple[SourceProblem, ...]
    skipped: tuple[SourceProblem, ...]
    no_text: tuple[str, ...]
    documents: int
    undated: int
    date_not_understood: int
    no_author: int
    no_title: int
    duplicates: tuple[tuple[str, ...], ...]
    name_candidates: tuple[tuple[str, ...], ...]
    engine: str
    generation: str
    seconds: float

    def to_json(self) -> str:
        """One JSON object, keys as above."""
        return msgspec.json.encode(self).decode()

    def to_screen(self, *, index: str) -> str:
        """The report in words, for the people who asked for it."""
        return "\n".join([*self._happened(), *self._needs_a_look(), *self._next(index)])

    def _happened(self) -> Iterator[str]:
        done = ((self.added, "added"), (self.changed, "changed"), (self.removed, "removed"))
        parts = [f"{count:,} {word}" for count, word in done if count] or ["nothing to do"]
        if self.unchanged:
            parts.append(f"{self.unchanged:,} unchanged")
        holds = "1 document" if self.documents == 1 else f"{self.documents:,} documents"
        yield f"The archive holds {holds}: {', '.join(parts)} ({self.seconds:.1f} s)."

    def _needs_a_look(self) -> Iterator[str]:
        yield from _listed("could not be indexed", [f"{p.source}: {p.reason}" for p in self.failed])
        yield from _listed("passed over", [f"{p.source}: {p.reason}" for p in self.skipped])
        counts = (
            (self.undated, "undated"),
            (self.date_not_understood, "with a date that is not understood"),
            (self.no_author, "without an author"),
            (self.no_title, "without a title"),
            (len(self.no_text), "without text"),
        )
        if stated := [f"{count:,} {words}" for count, words in counts if count]:
            yield f"  To look at: {', '.join(stated)}."
        yield from _listed("found more than once", [" = ".join(ids) for ids in self.duplicates])
        names = [" / ".join(variants) for variants in self.name_candidates]
        yield from _listed("probably one person under several names", names)

    def _next(self, index: str) -> Iterator[str]:
        option = "" if index == "auto:var/index" else f" --index {index}"
        yield f"The index is at {index} ({self.engine}). To look at it: python -m webui{option}"


def _listed(what: str, lines: Sequence[str]) -> Iterator[str]:
    if not lines:
        return
    yield f"  {len(lines):,} {what}:"
    yield from (f"    {_on_one_line(line)}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"    … and {len(lines) - _SHOWN:,} more (--json lists all)"


def _on_one_line(text: str) -> str:
    """Names of files may hold line breaks and worse, which a terminal would obey."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


@dataclass(slots=True)
class Outcome:
    """What a run counts while it goes on."""

    unchanged: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0

    def report(self, health: Health, info: IndexInfo, seconds: float) -> IndexReport:
        """The report of the run, with what the whole index is like."""
        return IndexReport(
            added=self.added,
            changed=self.changed,
            unchanged=self.unchanged,
            removed=self.removed,
            failed=health.failed,
            skipped=health.skipped,
            no_text=health.no_text,
            documents=info.documents,
            undated=len(health.undated),
            date_not_understood=len(health.date_not_understood),
            no_author=len(health.no_author),
            no_title=len(health.no_title),
            duplicates=health.duplicates,
            name_candidates=health.name_candidates,
            engine=info.engine,
            generation=info.generation,
            seconds=round(seconds, 3),
        )


def health(
    entries: Iterable[DocumentEntry], failed: Iterable[SourceFailure], skipped: Iterable[SourceFailure]
) -> Health:
    """What there is to look at among the documents of an index, and what is not in it."""
    whole = list(entries)
    return Health(
        failed=tuple(SourceProblem(failure.source, failure.reason) for failure in failed),
        skipped=tuple(SourceProblem(failure.source, failure.reason) for failure in skipped),
        undated=tuple(entry.id for entry in whole if entry.undated),
        date_not_understood=tuple(entry.id for entry in whole if entry.date_not_understood),
        no_author=tuple(entry.id for entry in whole if not entry.authors),
        no_title=tuple(entry.id for entry in whole if entry.untitled),
        no_text=tuple(entry.id for entry in whole if not entry.text),
        duplicates=_groups((entry.text, entry.id) for entry in whole if entry.text),
        name_candidates=name_candidates({name for entry in whole for name in entry.authors}),
    )


def _groups(pairs: Iterable[tuple[object, str]]) -> tuple[tuple[str, ...], ...]:
    groups: dict[object, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def name_candidates(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Names that may be one person: of one surname, their initials not speaking against it."""
    found: list[tuple[str, ...]] = []
    for group in _groups((surname_key(name), name) for name in sorted(names) if surname_key(name)):
        initials = {name: _initial(name) for name in group}
        letters = sorted(set(initials.values()) - {""})
        if len(letters) <= 1:
            found.append(group)
        else:
            found += _groups((initials[name], name) for name in group if initials[name])
    return tuple(found)


def _initial(name: str) -> str:
    """The first letter of the given name, if one is written."""
    family, comma, given = name.partition(",")
    words = given.split() if comma else family.split()[:-1]
    return words[0][:1].casefold() if words else ""
