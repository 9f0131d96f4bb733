"""Which other spellings of a query's words do documents have? Those that find further ones.

So a spelling that stands only beside the usual one, which is a slip, adds nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from search.document import Document
from search.engines import Engine
from search.expansion.forms import Form, Forms
from search.expansion.spellings import Spelling, Typed, spellings, typed_runs
from search.query.tree import And, Exact, Not, Phrase, Query
from search.request import SearchRequest
from search.schema import WORDS

MAX_RUNS = 24
"""Words and runs of words of a query whose spellings are looked up."""
MAX_SEARCHES = 8
"""Searches of a query that ask whether documents have a spelling."""
MAX_GUESSES = 3
"""Ways to divide a word that are tried: those whose halves are in most documents."""
SAMPLE = 12
"""Documents whose text is read to see how they write a spelling that may be a coincidence."""


@dataclass
class _Finder:
    """Finds spellings in one index, with as many searches as are left."""

    engine: Engine
    searches: int = MAX_SEARCHES

    def known(self, runs: Sequence[Typed]) -> Iterator[tuple[Typed, Spelling]]:
        """Each spelling that finds further documents, with the words that have it."""
        stop_words = self.engine.schema.analyzer.stop_words
        candidates = [(run, spelling) for run in runs for spelling in spellings(run, stop_words)]
        words = {word for run, spelling in candidates for word in (*spelling.words, *run.words)}
        frequencies = self.engine.statistics(WORDS, sorted(words)).frequencies
        rare = {(run, item): _rarest(item.words, frequencies) for run, item in candidates}
        found = [pair for pair in rare if rare[pair]]
        guesses = sorted((pair for pair in found if pair[1].guessed), key=lambda pair: -rare[pair])
        sure = [pair for pair in found if not pair[1].guessed]
        for run, spelling in (*sure, *_first_of_each(guesses)):
            if self._adds(run, spelling):
                yield run, spelling

    def _adds(self, run: Typed, spelling: Spelling) -> bool:
        if spelling.beside and not self._hits(Phrase(run.words, (), 0, run.field)):
            return False
        form = _query(spelling.words, run.field)
        documents = self._hits(And((form, Not(run.query))))
        if not documents or not spelling.proof:
            return bool(documents)
        if spelling.proven != spelling.words:
            documents = self._hits(_query(spelling.proven, run.field))
        texts = [_text(item) for item in self.engine.get_many(documents) if item]
        return spelling.proof.is_shown_by(texts)

    def _hits(self, query: Query) -> Sequence[str]:
        """The ids of some documents that match; none where the searches are used up."""
        if not self.searches:
            return ()
        self.searches -= 1
        return [hit.id for hit in self.engine.search(SearchRequest(query, limit=SAMPLE)).hits]


def known_spellings(query: Query, engine: Engine) -> Forms:
    """The words of a query, and runs of them, that documents spell otherwise. Raises EngineError alone."""
    runs = [*islice(dict.fromkeys(typed_runs(query)), MAX_RUNS)]
    stem = engine.schema.analyzer.stem
    forms: dict[tuple[str, ...], tuple[str, tuple[Form, ...]]] = {}
    for run, spelling in _Finder(engine).known(runs) if runs else ():
        form = Form(spelling.written, spelling.words, tuple(map(stem, spelling.words)), scored=False)
        _, others = forms.get(run.words, ("", ()))
        forms[run.words] = run.written, (*others, form)
    return forms


def _query(words: tuple[str, ...], field: str) -> Query:
    return Exact(words[0], "", field) if len(words) == 1 else Phrase(words, (), 0, field)


def _rarest(words: Iterable[str], frequencies: Mapping[str, int]) -> int:
    return min(frequencies[word] for word in words)


def _first_of_each(guesses: Iterable[tuple[Typed, Spelling]]) -> Iterator[tuple[Typed, Spelling]]:
    seen: dict[Typed, int] = {}
    for run, spelling in guesses:
        seen[run] = seen.get(run, 0) + 1
        if seen[run] <= MAX_GUESSES:
            yield run, spelling


def _text(document: Document) -> str:
    return "\n".join(
        (document.title, document.summary, *document.authors, *document.recipients, document.body)
    )
