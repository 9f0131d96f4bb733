"""Which other spellings of a query's words do documents have? Those that find further documents.

A spelling that stands only in documents with the usual one, as a slip does, adds nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress, islice, takewhile

from search.analysis.stem import Stem, have_common_part, joint_stem, parts_of, unmarked
from search.cache import GenerationCache
from search.document import Document
from search.engines import Engine, TermDictionary
from search.expansion.forms import Form, Forms
from search.expansion.spelling_searches import SpellingSearches, Wanted
from search.expansion.spellings import MIN_PART, Spelling, Typed, hyphenated, spellings, typed_runs
from search.query.tree import And, Not, Or, Phrase, Query, Term
from search.schema import WORDS

MAX_RUNS = 24
"""Words and runs of words of a query whose spellings are looked up."""
MAX_GUESSES = 2
"""Ways to divide a word that are tried: those whose halves are in most documents."""
MAX_ENDINGS = 3
"""Other endings that are searched of a word behind a hyphen: those in most documents."""
MAX_LIKE = 50
"""Words that begin like a word behind a hyphen, among which its other endings are sought."""
MIN_SHARE = 0.005
"""The least share of a word's documents that must have it divided: fewer were misread, or broke a line in it.

Half of it suffices for a spelling that documents must show with a hyphen. (Of 3,000 frequent words of `frus`,
38 are then divided, of which three are misread; with a tenth of it, 80, half of them misread.)
"""
MAX_READ = 100_000
"""Characters of such a document that are read; its beginning tells how it writes words."""


@dataclass(frozen=True)
class _Finder:
    """Finds spellings in one index."""

    engine: Engine
    vocabulary: TermDictionary
    searches: SpellingSearches

    def known(self, runs: Sequence[Typed]) -> Iterator[tuple[Typed, Spelling]]:
        """Each spelling that finds further documents, with the words that have it."""
        found = [(run, candidate) for run in runs for candidate in self._candidates(run)]
        guesses = sorted((p for p in found if p[1].guessed), key=lambda pair: -self._most(pair[1].words))
        sure = [pair for pair in found if not pair[1].guessed]
        for run, spelling in (*sure, *_first_of_each(guesses)):
            if forms := self._adding(run, [spelling]):
                others = self._adding(run, [*self._with_other_endings(run, spelling)])
                yield from ((run, form) for form in (*forms, *others))

    def _candidates(self, run: Typed) -> Sequence[Spelling]:
        """The spellings of a run whose words are all in enough documents; one word counts in any form."""
        return self.searches.kept(run, lambda: tuple(self._in_index(run)))

    def _in_index(self, run: Typed) -> Iterator[Spelling]:
        stop_words, stem = self.engine.analyzer.stop_words, self.engine.analyzer.stem
        candidates: dict[tuple[Stem, ...], Spelling] = {}
        for spelling in spellings(run, stop_words, self._endings):
            # One word stands for its endings: U2 finds U2s, which is not to score twice.
            single = len(spelling.words) == 1
            candidates.setdefault((stem(spelling.words[0]),) if single else spelling.words, spelling)
        stems = [words[0] for words, spelling in candidates.items() if len(spelling.words) == 1]
        in_documents = {*compress(stems, self.engine.frequencies(stems))}
        for words, spelling in candidates.items():
            is_single = len(spelling.words) == 1
            if words[0] in in_documents if is_single else self._is_likely(run, spelling):
                yield spelling

    def _is_likely(self, run: Typed, spelling: Spelling) -> bool:
        return self._most(spelling.words) >= self._fewest(run, spelling)

    def _fewest(self, run: Typed, spelling: Spelling) -> float:
        """The least number of documents that must have a spelling."""
        if not spelling.guessed:
            return 1
        return max(1, self._most(run.words) * (MIN_SHARE / 2 if spelling.proof else MIN_SHARE))

    def _adding(self, run: Typed, forms: Sequence[Spelling]) -> Sequence[Spelling]:
        """The forms of one spelling, if together they find further documents; empty if they do not.

        Of a spelling that may be a coincidence, only the forms that the texts of documents prove.
        """
        if not forms:
            return ()
        first = forms[0]
        if first.beside and not self.searches.match(Wanted(Phrase(run.words, (), 0, run.field), 1)):
            return ()
        further = self._further(run, *forms)
        if not self.searches.match(further):
            return ()
        if not first.proof:
            return forms
        proving = further.query if first.proven == first.words else self._query(first.proven, run.field)

        def proven(documents: Sequence[Document]) -> Sequence[Spelling]:
            texts = [*map(_text, documents)]
            return [form for form in forms if form.proof and form.proof(texts)]

        return self.searches.judged((run, *(form.words for form in forms)), proving, proven)

    def _further(self, run: Typed, *forms: Spelling) -> Wanted:
        """The documents that have one of the forms, and not what was typed: enough of them."""
        some = Or(tuple(self._query(form.words, run.field) for form in forms))
        return Wanted(And((some, Not(run.query))), self._fewest(run, forms[0]))

    def _with_other_endings(self, run: Typed, spelling: Spelling) -> Iterator[Spelling]:
        """co-operate and co-operating beside co-operation, for cooperation finds cooperate, too."""
        if not (spelling.guessed and spelling.proof):
            return
        stem = self.engine.analyzer.stem
        one, other = spelling.words
        own = stem(run.words[0])
        like = self._words_like(other, [unmarked(part)[len(one) :] for part in parts_of(own)])
        endings = (ending for ending in like if have_common_part(stem(one + ending), own))
        for ending in islice(endings, MAX_ENDINGS):
            yield hyphenated(one, ending)

    def _query(self, words: tuple[str, ...], field: str) -> Query:
        if len(words) > 1:
            return Phrase(words, (), 0, field)
        return Term(self.engine.analyzer.stem(words[0]), words[0], field)

    def _endings(self, word: str) -> list[str]:
        """The most frequent words that are this one with another ending."""
        stem = self.engine.analyzer.stem
        own = stem(word)
        like = self._words_like(word, list(map(unmarked, parts_of(own))))
        return list(islice((other for other in like if have_common_part(stem(other), own)), MAX_ENDINGS))

    def _words_like(self, word: str, stems: Sequence[str]) -> list[str]:
        """Other words that begin as this one and its stems do, those in most documents first."""
        beginning = min((_common_beginning(word, stem) for stem in stems), key=len)
        if len(beginning) < MIN_PART:
            return []
        return [item.term for item in self.vocabulary.with_prefix(beginning, MAX_LIKE) if item.term != word]

    def _most(self, words: Iterable[str]) -> int:
        """The most documents that can have all these words: as many as have the rarest one."""
        return min(map(self.vocabulary.count, words))


def known_spellings(query: Query, engine: Engine, cache: GenerationCache) -> Forms:
    """The words of a query, and runs of them, that documents spell otherwise. Raises EngineError alone.

    `cache` keeps what searches found for later queries to the same generation.
    """
    runs = [*islice(dict.fromkeys(typed_runs(query)), MAX_RUNS)]
    stem = engine.analyzer.stem
    forms: dict[tuple[str, ...], tuple[str, tuple[Form, ...]]] = {}
    finder = _Finder(engine, engine.vocabulary(WORDS), SpellingSearches(engine, cache))
    for run, spelling in finder.known(runs) if runs else ():
        _, others = forms.get(run.words, ("", ()))
        stems = tuple(map(stem, spelling.words))
        if len(stems) == len(run.stems) == 1:
            had = chain(run.stems, *(form.stems for form in others if len(form.stems) == 1))
            stems = _further(stems[0], had)
        if stems:
            form = Form(spelling.written, spelling.words, stems, exact=False)
            forms[run.words] = run.written, (*others, form)
    return forms


def _further(stem: Stem, others: Iterable[Stem]) -> tuple[Stem, ...]:
    """The parts of a stem that others lack, as one stem; none if they have all.

    In German documents *Mueller* and *Müller* have the same stem, which is to score once, in others two.
    """
    had = {part for other in others for part in parts_of(other)}
    parts = [part for part in parts_of(stem) if part not in had]
    return (joint_stem(parts),) if parts else ()


def _common_beginning(word: str, other: str) -> str:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False))
    return "".join(letter for letter, _ in pairs)


def _first_of_each(guesses: Iterable[tuple[Typed, Spelling]]) -> Iterator[tuple[Typed, Spelling]]:
    seen: dict[Typed, int] = {}
    for run, spelling in guesses:
        seen[run] = seen.get(run, 0) + 1
        if seen[run] <= MAX_GUESSES:
            yield run, spelling


def _text(document: Document) -> str:
    people = (*document.authors, *document.recipients)
    return "\n".join((document.title, document.summary, *people, document.body[:MAX_READ]))
