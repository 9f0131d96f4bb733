"""The report of a run: what happened and what needs attention, as JSON and as text for the terminal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from index.runs.changes import Changes
from search.commit_data.health_report import MostlyBoilerplate, SourceProblem
from search.results import IndexInfo

_NAMES_SHOWN = 3  # of the files that are skipped for one reason
_LINES_SHOWN = 10  # of each list on the screen
_ITEMS_SHOWN = 4  # of each line of a list, such as documents that are the same
_CAPPED = ("no_text", "duplicates", "name_candidates", "boilerplate")
_SLOW = 5.0  # seconds of processor time for one file


@dataclass(frozen=True, slots=True)
class IndexReport:
    """The outcome of a run, as `--json` prints it; counts are of documents.

    `added`, `changed`, `unchanged`, `removed`, `failed` and `skipped` describe this run, the rest the
    whole index. Lists of documents and of names have the first thousand; `totals` says how many there are of
    `no_text`, `duplicates`, `name_candidates` and `boilerplate` in all. `languages` counts by the language of
    the text, the most frequent first. `slow` maps each file that took long to its seconds of processor time,
    the slowest first. `seconds` is the duration of the run, `committed` whether it wrote to the index, and
    `rebuilt` whether it made it anew.
    """

    added: int
    changed: int
    unchanged: int
    removed: int
    failed: tuple[SourceProblem, ...]
    skipped: tuple[SourceProblem, ...]
    remarks: tuple[SourceProblem, ...]
    no_text: tuple[str, ...]
    documents: int
    undated: int
    date_not_understood: int
    no_author: int
    no_title: int
    duplicates: tuple[tuple[str, ...], ...]
    name_candidates: tuple[tuple[str, ...], ...]
    encodings_guessed: Mapping[str, int]
    languages: Mapping[str, int]
    slow: Mapping[str, float]
    boilerplate: tuple[MostlyBoilerplate, ...]
    totals: Mapping[str, int]
    engine: str
    generation: str
    seconds: float
    committed: bool
    rebuilt: bool

    def to_json(self) -> str:
        """One JSON object, keys as above."""
        return msgspec.json.encode(self).decode()

    def to_screen(self, *, index: str) -> str:
        """The report as text; `index` is the address of the index."""
        return "\n".join([*self._summary(), *self._attention(), *self._next_step(index)])

    def _summary(self) -> Iterator[str]:
        done = ((self.added, "added"), (self.changed, "changed"), (self.removed, "removed"))
        parts = [f"{count:,} {word}" for count, word in done if count]
        if self.rebuilt:
            parts.insert(0, "the index was made anew")
        parts = parts or [self._nothing()]
        if self.unchanged:
            parts.append(f"{self.unchanged:,} unchanged")
        holds = "1 document" if self.documents == 1 else f"{self.documents:,} documents"
        yield f"The archive holds {holds}: {', '.join(parts)} ({self.seconds:.1f} s)."

    def _nothing(self) -> str:
        """Why no document was changed: all are as they were, or nothing could be read."""
        unread = len(self.skipped) + len(self.failed)
        if self.unchanged or not unread:
            return "no document has changed" if self.committed else "nothing to do"
        return f"nothing was indexed, for none of the {_files(unread)} could be read"

    def _attention(self) -> Iterator[str]:
        yield from _listed("could not be indexed", [f"{p.source}: {p.reason}" for p in self.failed])
        yield from _listed("indexed in spite of an error", [f"{p.source}: {p.reason}" for p in self.remarks])
        yield from self._skipped()
        yield from _listed("slow to read", [f"{name}: {took:g} s" for name, took in self.slow.items()])
        counts = (
            (self.undated, "undated"),
            (self.date_not_understood, "with a date that was not understood"),
            (self.no_author, "without an author"),
            (self.no_title, "without a title"),
            (self.totals["no_text"], "without text"),
        )
        if stated := [f"{count:,} {words}" for count, words in counts if count]:
            yield f"  Needing attention: {', '.join(stated)}."
        if len(self.languages) > 1:
            counted = [f"{name} ({count:,})" for name, count in self.languages.items()]
            yield f"  Languages of the texts: {_some(', ', counted, _LINES_SHOWN)}."
        if guessed := [f"{name} ({count:,})" for name, count in sorted(self.encodings_guessed.items())]:
            yield f"  Encoding guessed from the letters: {', '.join(guessed)}."
        shares = [f"{p.id}: {p.share:.0%}, {p.characters:,} characters" for p in self.boilerplate]
        yield from _listed("taken for boilerplate by more than half", shares, self.totals["boilerplate"])
        same = [_some(" = ", ids) for ids in self.duplicates]
        yield from _listed("found more than once", same, self.totals["duplicates"])
        names = [_some(" / ", variants) for variants in self.name_candidates]
        what = "probably one person under several names"
        yield from _listed(what, names, self.totals["name_candidates"])

    def _skipped(self) -> Iterator[str]:
        """The files that were skipped, counted by the reason, with some of their names."""
        by_reason: dict[str, list[str]] = {}
        for problem in self.skipped:
            by_reason.setdefault(problem.reason, []).append(problem.source)
        kinds = sorted(by_reason.items(), key=lambda item: -len(item[1]))
        if kinds:
            yield f"  {len(self.skipped):,} skipped:"
        for reason, names in kinds[:_LINES_SHOWN]:
            more = ", …" if len(names) > _NAMES_SHOWN else ""
            examples = on_one_line(", ".join(names[:_NAMES_SHOWN]))
            yield f"    {len(names):,} × {on_one_line(reason)} ({examples}{more})"
        if len(kinds) > _LINES_SHOWN:
            yield f"    … and {len(kinds) - _LINES_SHOWN:,} more reasons (--list skipped lists all)"

    def _next_step(self, index: str) -> Iterator[str]:
        option = "" if index == "auto:var/index" else f" --index {index}"
        yield f"The index is at {index} ({self.engine}). To search it in a browser: opis-serve{option}"


def _listed(what: str, lines: Sequence[str], count: int | None = None) -> Iterator[str]:
    """The first lines of a list, of which there are `count` in all."""
    count = len(lines) if count is None else count
    if not lines:
        return
    yield f"  {count:,} {what}:"
    yield from (f"    {on_one_line(line)}" for line in lines[:_LINES_SHOWN])
    if count > _LINES_SHOWN:
        yield f"    … and {count - _LINES_SHOWN:,} more (--list lists all)"


def _some(between: str, items: Sequence[str], most: int = _ITEMS_SHOWN) -> str:
    """Items on one line; of more than `most`, the first ones and how many there are."""
    if len(items) <= most:
        return between.join(items)
    return f"{between.join(items[:most])}{between}… ({len(items):,} in all)"


def _files(count: int) -> str:
    return f"{count:,} file{'' if count == 1 else 's'}"


def on_one_line(text: str) -> str:
    """Escape control characters, which names of files may hold and a terminal would obey."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def report_of(
    changes: Changes,
    info: IndexInfo,
    times: Mapping[str, float],
    seconds: float,
    *,
    committed: bool,
    rebuilt: bool,
) -> IndexReport:
    """The report of a run that took `seconds`; `times` are those of each file that was read."""
    counts, health = changes.counts, changes.health
    return IndexReport(
        added=counts.added,
        changed=counts.changed,
        unchanged=counts.unchanged,
        removed=counts.removed,
        failed=health.failed,
        skipped=health.skipped,
        remarks=health.remarks,
        no_text=health.no_text,
        documents=info.documents,
        undated=health.count("undated"),
        date_not_understood=health.count("date_not_understood"),
        no_author=health.count("no_author"),
        no_title=health.count("no_title"),
        duplicates=health.duplicates,
        name_candidates=health.name_candidates,
        encodings_guessed=health.encodings_guessed,
        languages=health.languages,
        slow={
            name: round(took, 1)
            for name, took in sorted(times.items(), key=lambda item: (-item[1], item[0]))
            if took >= _SLOW
        },
        boilerplate=health.boilerplate,
        totals={name: health.count(name) for name in _CAPPED},
        engine=info.engine,
        generation=info.generation,
        seconds=round(seconds, 3),
        committed=committed,
        rebuilt=rebuilt,
    )
