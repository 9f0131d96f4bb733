"""What of a text matched? The words as written, however they were matched: stem, exact, any of, phrase.

Each match says which words of the query it is, as bits. `by_cutting` is the definition: it looks at every
word of a text. `by_finding` says the same of most texts in a fourth of the time
(docs/adr/006-finding-not-cutting.md).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from search.analysis.analyzer import Analyzer, Forms
from search.highlighting.query_terms import Clues, Wanted, wanted_in
from search.highlighting.scanner import Page, TangledError
from search.proximity import in_a_row, near
from search.results import CharRange, Highlight

__all__ = ["Wanted", "by_cutting", "by_finding", "find", "mark", "matches", "wanted_in"]

Match = tuple[int, int, int]
"""The characters from `start` to `end`, and the bits of the words of the query that they are."""

_SHORT = 200
"""Characters up to which a text is cut sooner than searched."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document being read with a query: what matched, as character ranges in order, never overlapping.

    `fields` maps title, summary and citation to their ranges, `body` holds the body's.
    """

    body: tuple[CharRange, ...] = ()
    fields: dict[str, tuple[CharRange, ...]] = field(default_factory=dict)


def find(text: str, wanted: Wanted, analyzer: Analyzer) -> tuple[CharRange, ...]:
    """The ranges of a text that are wanted; those of a phrase's neighbouring words are one range."""
    return tuple((start, end) for start, end, _ in matches(text, wanted, analyzer))


def matches(text: str, wanted: Wanted, analyzer: Analyzer) -> list[Match]:
    """What of a text is wanted, in order and never overlapping.

    In a long text they are found, if that pays; otherwise it is cut into words.
    """
    if not wanted or not text:
        return []
    if len(text) > _SHORT and analyzer.language == "english" and wanted.clues:
        try:
            return by_finding(text, wanted, wanted.clues, analyzer)
        except TangledError:
            pass
    return by_cutting(text, wanted, analyzer)


def by_cutting(text: str, wanted: Wanted, analyzer: Analyzer) -> list[Match]:
    """What `matches` are: words of the text, all of which are looked at.

    It is cut into words once; which of them are wanted is known by how those of the query can be
    written, without a look at each.
    """
    pieces = analyzer.split(text)
    written = pieces[1::2]
    forms = analyzer.forms(written)
    marks: dict[str, int] = {}
    for stem, bits in wanted.stems.items():
        for word in forms.of_stem.get(stem, ()):
            for form in forms.of_word[word]:
                marks[form] = marks.get(form, 0) | bits
    for word, bits in wanted.words.items():
        for form in forms.of_word.get(word, ()):
            marks[form] = marks.get(form, 0) | bits
    found = [(place, place + 1, marks[form]) for place, form in enumerate(written) if form in marks]
    if wanted.phrases:
        places = _places(written, wanted, forms)
        found = list(_merged(sorted([*found, *_phrases(wanted, places)])))
    return list(_located(pieces, found))


def by_finding(text: str, wanted: Wanted, clues: Clues, analyzer: Analyzer) -> list[Match]:
    """The same of an English text, without a look at every word. Raises TangledError."""
    page = Page(text, analyzer)
    rarest = [min(range(len(row)), key=lambda place: page.count(row[place])) for row in clues.phrases]
    anchors = [row[place] for row, place in zip(clues.phrases, rarest, strict=True)]
    phrases = [
        (phrase.words, place, sum(bits)) for (phrase, bits), place in zip(wanted.phrases, rarest, strict=True)
    ]
    forms, of_stem, of_word = analyzer.forms(()), wanted.stems.get, wanted.words.get
    found: list[Match] = []
    for start, end in page.words([*clues.words, *filter(None, anchors)]):
        word, stem = forms[text[start:end]]
        if bits := of_stem(stem, 0) | of_word(word, 0):
            found.append((start, end, bits))
        for words, place, each in phrases:
            if words[place] == word and (row := page.row((start, end), words, place)):
                found.append((*row, each))
    return list(_merged(sorted(found))) if phrases else found


def mark(name: str, text: str, wanted: Wanted, analyzer: Analyzer) -> Highlight:
    """A whole field with what is wanted in it."""
    return Highlight(name, text, find(text, wanted, analyzer))


def _places(written: Sequence[str], wanted: Wanted, forms: Forms) -> dict[str, list[int]]:
    """Where each word of the phrases stands."""
    places: dict[str, list[int]] = {word: [] for phrase, _ in wanted.phrases for word in phrase.words}
    as_written = {form: places[word] for word in places for form in forms.of_word.get(word, ())}
    for place, form in enumerate(written):
        if form in as_written:
            as_written[form].append(place)
    return places


def _phrases(wanted: Wanted, places: Mapping[str, Sequence[int]]) -> Iterator[Match]:
    """Where phrases stand, as the places of their first words and those behind their last."""
    for phrase, bits in wanted.phrases:
        where = [places[word] for word in phrase.words]
        if phrase.distance:
            for (ones, one), (others, other) in pairwise(zip(where, bits, strict=True)):
                yield from ((place, place + 1, one) for place in near(ones, others, phrase.distance))
                yield from ((place, place + 1, other) for place in near(others, ones, phrase.distance))
        else:
            whole = sum(bits)
            yield from ((place, place + len(bits), whole) for place in in_a_row(where))


def _merged(found: Iterable[Match]) -> Iterator[Match]:
    last: Match | None = None
    for start, end, bits in found:
        if last is None:
            last = (start, end, bits)
        elif start < last[1]:
            last = (last[0], max(last[1], end), last[2] | bits)
        else:
            yield last
            last = (start, end, bits)
    if last is not None:
        yield last


def _located(pieces: Sequence[str], found: Sequence[Match]) -> Iterator[Match]:
    """The characters that places stand at. `pieces` are gaps and words by turns."""
    at = done = 0
    for first, last, bits in found:
        word = 2 * first + 1
        start = at + len("".join(pieces[done:word]))
        done = 2 * last
        at = start + len(pieces[word] if first + 1 == last else "".join(pieces[word:done]))
        yield start, at, bits
