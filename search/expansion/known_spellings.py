"""Which other spellings of a query's words do documents have? Those that find further ones.

So a spelling that stands only beside the usual one, which is a slip, adds nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
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
MIN_SHARE = 0.005
"""Of the documents with a word, as many must have it divided, or it was misread or broken at a line's end.

Half of it, where a hyphen is to be seen. (Of 3,000 frequent words of `frus`, 38 are then divided, of which
three are misread; with a tenth of it, 80, half of them misread.)
"""
SAMPLE = 24
"""Documents whose text is read to see how they write a spelling that may be a coincidence."""


@dataclass
class _Finder:
    """Finds spellings in one index, with as many searches as are left."""

    engine: Engine
    searches: int = MAX_SEARCHES

    def known(self, runs: Sequence[Typed]) -> Iterator[tuple[Typed, Spelling]]:
        """Each spelling that finds further documents, with the words that have it."""
        stop_words = self.engine.schema.analyzer.stop_words
        candidates = {
            (run, spelling.words): (run, spelling)
            for run in runs
            for spelling in reversed([*spellings(run, stop_words)])  # of equal words, the surest stays
        }
        found = [pair for pair in reversed(candidates.values()) if self._most(pair[1].words)]
        guesses = sorted((p for p in found if p[1].guessed), key=lambda pair: -self._most(pair[1].words))
        sure = [pair for pair in found if not pair[1].guessed]
        for run, spelling in (*sure, *_first_of_each(guesses)):
            if self._adds(run, spelling):
                yield run, spelling

    def _adds(self, run: Typed, spelling: Spelling) -> bool:
        if spelling.beside and not self._matching(Phrase(run.words, (), 0, run.field))[0]:
            return False
        form = _query(spelling.words, run.field)
        number, documents = self._matching(And((form, Not(run.query))))
        share = MIN_SHARE / 2 if spelling.proof else MIN_SHARE
        if not number or (spelling.guessed and number < share * self._most(run.words)):
            return False
        if not spelling.proof:
            return True
        if spelling.proven != spelling.words:
            _, documents = self._matching(_query(spelling.proven, run.field))
        texts = [_text(item) for item in self.engine.get_many(documents) if item]
        return spelling.proof.is_shown_by(texts)

    def _most(self, words: Iterable[str]) -> int:
        """The documents that may have all these words, at most: as many as have the rarest."""
        counts = self.engine.vocabulary(WORDS).counts
        return min(counts.get(word, 0) for word in words)

    def _matching(self, query: Query) -> tuple[int, Sequence[str]]:
        """How many documents match, and the ids of some; none where the searches are used up.

        They are the first by title: by id or date, they would be those of one time, and of its spelling.
        """
        if not self.searches:
            return 0, ()
        self.searches -= 1
        results = self.engine.search(SearchRequest(query, sort="title", limit=SAMPLE))
        return results.total, [hit.id for hit in results.hits]


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
