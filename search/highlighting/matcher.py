"""Which ranges of a text match a query's terms, whether by stem, exact word, AnyOf or phrase?

`by_tokenizing` is the definition: it looks at every word of a text. `by_scanning` returns the same for
most English texts in a quarter of the time (docs/adr/006-finding-not-cutting.md).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from search.analysis.analyzer import Analyzer, Forms
from search.highlighting.query_terms import FieldQueryTerms
from search.highlighting.scanner import ScanPatterns, TermScanner, TooManyCandidates
from search.highlighting.spans import Match
from search.positions import near_positions, phrase_positions
from search.results import CharRange


@dataclass(frozen=True, slots=True)
class DocumentMatches:
    """What a query matches in one document, as character ranges in order that never overlap.

    `body` has the ranges of the body, `fields` those of title, summary, citation and other details by name.
    """

    body: tuple[CharRange, ...] = ()
    fields: dict[str, tuple[CharRange, ...]] = field(default_factory=dict)


def match_ranges(text: str, terms: FieldQueryTerms, analyzer: Analyzer) -> tuple[CharRange, ...]:
    """The ranges of a text that match; a phrase without slop is one range."""
    return ranges_of(matches(text, terms, analyzer))


def ranges_of(found: Sequence[Match]) -> tuple[CharRange, ...]:
    """The ranges of matches."""
    return tuple((start, end) for start, end, _ in found)


def matches(text: str, terms: FieldQueryTerms, analyzer: Analyzer) -> list[Match]:
    """The matches of a text, in order and never overlapping."""
    if not terms or not text:
        return []
    if analyzer.language == "english" and not analyzer.tag and terms.scan_patterns:
        try:
            return by_scanning(text, terms, terms.scan_patterns, analyzer)
        except TooManyCandidates:
            pass
    return by_tokenizing(text, terms, analyzer)


def by_tokenizing(text: str, terms: FieldQueryTerms, analyzer: Analyzer) -> list[Match]:
    """The matches of a text, found by looking at each of its words.

    Folding and stemming each word would be slow: the written forms of the query's terms are looked up
    instead among the distinct words of the text.
    """
    parts = analyzer.split(text)
    written = parts[1::2]
    forms = analyzer.forms(written)
    bits_of: dict[str, int] = {}
    for stem, bits in terms.stems.items():
        for form in forms.of_stem.get(stem, ()):
            bits_of[form] = bits_of.get(form, 0) | bits
    for word, bits in terms.words.items():
        for form in forms.of_word.get(word, ()):
            bits_of[form] = bits_of.get(form, 0) | bits
    found = [
        (position, position + 1, bits_of[form]) for position, form in enumerate(written) if form in bits_of
    ]
    if terms.phrases:
        positions = _phrase_positions(written, terms, forms)
        found = list(_merged(sorted([*found, *_phrases(terms, positions)])))
    return list(_located(parts, found))


def by_scanning(text: str, terms: FieldQueryTerms, patterns: ScanPatterns, analyzer: Analyzer) -> list[Match]:
    """The matches of an English text, found by scanning it for the terms' patterns.

    Of a phrase, one word is scanned for, and the words around it are compared. Raises TooManyCandidates.
    """
    scanner = TermScanner(text, analyzer)
    words, is_plain = scanner.meant(patterns, terms.meanings(analyzer))
    if is_plain:
        return words
    found: list[Match] = []
    for match in words:
        start, end, meaning = match
        if isinstance(meaning, int):
            found.append(match)
            continue
        if meaning.bits:
            found.append((start, end, meaning.bits))
        for phrase, anchor, bits in meaning.phrases:
            if row := scanner.phrase_at((start, end), phrase, anchor):
                found.append((*row, bits))
    return list(_merged(sorted(found))) if terms.phrases else found


def _phrase_positions(written: Sequence[str], terms: FieldQueryTerms, forms: Forms) -> dict[str, list[int]]:
    """The positions of each word of the phrases among the words of a text, as written."""
    positions: dict[str, list[int]] = {word: [] for phrase, _ in terms.phrases for word in phrase.words}
    of_form = {form: positions[word] for word in positions for form in forms.of_word.get(word, ())}
    for position, form in enumerate(written):
        if form in of_form:
            of_form[form].append(position)
    return positions


def _phrases(terms: FieldQueryTerms, positions: Mapping[str, Sequence[int]]) -> Iterator[Match]:
    """The matches of phrases, in positions: of the first word, and behind the last."""
    for phrase, bits in terms.phrases:
        of_words = [positions[word] for word in phrase.words]
        if after := phrase.distance:
            before = 0 if phrase.ordered else after
            for (ones, one), (others, other) in pairwise(zip(of_words, bits, strict=True)):
                first = near_positions(ones, others, before, after)
                second = near_positions(others, ones, after, before)
                yield from ((position, position + 1, one) for position in first)
                yield from ((position, position + 1, other) for position in second)
        else:
            all_bits = sum(bits)
            yield from ((position, position + len(bits), all_bits) for position in phrase_positions(of_words))


def _merged(found: Iterable[Match]) -> Iterator[Match]:
    """Sorted matches, those that overlap merged into one."""
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


def _located(parts: Sequence[str], found: Sequence[Match]) -> Iterator[Match]:
    """Matches in positions turned into matches in characters; `parts` are gaps and words by turns."""
    at = done = 0
    for first, last, bits in found:
        word = 2 * first + 1
        start = at + len("".join(parts[done:word]))
        done = 2 * last
        at = start + len(parts[word] if first + 1 == last else "".join(parts[word:done]))
        yield start, at, bits
