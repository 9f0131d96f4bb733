"""Which other spellings may a word have, or words side by side? Written as one, with a hyphen, or apart.

They are candidates: `known_spellings` asks which of them documents have.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, combinations, groupby, pairwise
from unicodedata import normalize

from search.analysis.characters import APOSTROPHES
from search.analysis.folding import fold
from search.analysis.stem import Stem
from search.expansion.umlauts import umlauts_of_digraphs, umlauts_of_vowels, with_digraphs
from search.expansion.writing import have_umlauts, join_with_hyphen, part_thousands, write_fraction
from search.query.joined_words import LETTERS_AND_NUMBER
from search.query.tree import And, AtLeast, Boost, Not, Or, Phrase, Query, Term

Words = tuple[str, ...]

MIN_PART = 3
"""Letters of each half of a word that may as well be written as two words, without a hyphen."""

_IS_NUMBER = re.compile(r"[\d.,\s]+")
_FRACTIONS = {normalize("NFKD", sign): sign for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
_WRITTEN_FRACTION = re.compile("(\\d*)(\\d)\u2044(\\d)")  # of 2½, folded
_PARTS = re.compile(r"[^\W\d_]+")
_CAPITAL_INSIDE = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=\b[A-Z])(?=[A-Z][a-z])")
_MAX_VOWELS = 8  # of a word that are tried as umlauts


@dataclass(frozen=True, slots=True)
class Typed:
    """Words of a query side by side, all in one field, or one word.

    `written` is how they were typed; `as_word` whether without a space.
    """

    words: Words
    stems: tuple[Stem, ...]
    written: str
    field: str
    as_word: bool

    @property
    def query(self) -> Query:
        """The documents that have what was typed."""
        if self.as_word and len(self.words) > 1:
            return Phrase(self.words, (), 0, self.field)
        return And(tuple(map(lambda s, w: Term(s, w, self.field), self.stems, self.words)))


Proof = Callable[[Sequence[str]], bool]
"""Whether the texts of some documents write words as a spelling has them, such as with a hyphen."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Another spelling: its words, and how it is shown.

    `proof` is set where documents may have the words by coincidence; it is given the texts of documents that
    have the words `proven`. `beside`: some document must have the typed words as a phrase. `guessed`: the
    word was divided at any place, so that most such spellings do not exist.
    """

    words: Words
    written: str
    proof: Proof | None = None
    proven: Words = ()
    beside: bool = False
    guessed: bool = False


def typed_runs(query: Query) -> Iterator[Typed]:
    """The words of a query, and the runs of words that may be one word; nothing in quotation marks."""
    match query:
        case Term(stem, word, field, written=written) if word:
            yield Typed((word,), (stem,), written or word, field, as_word=True)
        case Phrase(words, stems, 0, field, as_word=written) if written:
            yield Typed(words, stems, written, field, as_word=True)
        case And(children) | Or(children) | AtLeast(children):
            for child in children:
                yield from typed_runs(child)
            yield from _side_by_side(children)
        case Boost(child) | Not(child):
            yield from typed_runs(child)


def _side_by_side(children: Sequence[Query]) -> Iterator[Typed]:
    terms = list(map(_plain_word, children))
    for one, other in pairwise(terms):
        if one and other and one.field == other.field and _may_be_joined(one.word, other.word):
            yield _run([one, other])
    for (same, _field), group in groupby(terms, lambda term: (_kind(term), term and term.field)):
        run = [term for term in group if term]
        if same and len(run) > 1:
            yield _run(run)


def _plain_word(child: Query) -> Term | None:
    """The child if it is a plain word; of initials the spelling as one word."""
    match child:
        case Or((Term() as word, Phrase() as apart)) | Or((Phrase() as apart, Term() as word)):
            return word if word.word == "".join(apart.words) else None
        case Term(word=word) if word:
            return child
    return None


def _run(terms: Sequence[Term]) -> Typed:
    words, stems = tuple(term.word for term in terms), tuple(term.stem for term in terms)
    written = " ".join(term.written or term.word for term in terms)
    return Typed(words, stems, written, terms[0].field, as_word=False)


def _kind(term: Term | None) -> str:
    if not term:
        return ""
    return "number" if term.word.isdigit() else "letter" if len(term.word) == 1 else ""


def _may_be_joined(one: str, other: str) -> bool:
    if one.isalpha() and other.isalpha():
        return len(other) > 1
    return LETTERS_AND_NUMBER.fullmatch(one + other) is not None and one.isalpha()


def spellings(
    typed: Typed, stop_words: Iterable[str], endings: Callable[[str], Iterable[str]]
) -> Iterator[Spelling]:
    """The other spellings that what was typed may have, the surest first.

    `endings` gives a word with other endings, as plain words are found with any.
    """
    if all(map(str.isdigit, typed.words)):
        yield from _fraction(typed) if "/" in typed.written else _thousands_apart(typed)
    elif "/" in typed.written and (match := LETTERS_AND_NUMBER.fullmatch(typed.words[0])):
        numbers = typed.words[1:]
        written = "/".join((" ".join(match.groups()), *numbers))
        yield Spelling((*match.groups(), *numbers), written)
    elif len(typed.words) > 1:
        joined = "".join(typed.words)
        beside = not typed.as_word and joined.isalpha() and min(map(len, typed.words)) > 1
        yield Spelling((joined,), joined, beside=beside)
        yield from _initials_apart(typed)
        if typed.as_word and typed.words[-1].isalpha():
            yield from _with_other_endings(typed.words, {*stop_words}, endings)
    else:
        [word] = typed.words
        yield from _divided_as_typed(typed.written, word)
        if match := LETTERS_AND_NUMBER.fullmatch(word):
            yield Spelling(match.groups(), "-".join(match.groups()))
        if match := _WRITTEN_FRACTION.fullmatch(word):
            whole, one, other = match.groups()
            parts = tuple(filter(None, match.groups()))
            yield Spelling(
                parts, f"{whole} {one}/{other}".strip(), partial(write_fraction, parts=parts), parts
            )
        if word.isalpha():
            yield from _with_umlauts(typed.written, word)
            yield from _divided(word, frozenset(stop_words))
    if typed.as_word and (match := LETTERS_AND_NUMBER.fullmatch("".join(typed.words))):
        yield from _singular_or_plural(*match.groups())


def _singular_or_plural(letters: str, number: str) -> Iterator[Spelling]:
    """B-29s and B29s for B-29, and the other way round."""
    other = f"{number}s" if number.isdigit() else number.removesuffix("s")
    if other != number:
        yield Spelling((letters, other), f"{letters}-{other}")
        yield Spelling((letters + other,), letters + other)


def _initials_apart(typed: Typed) -> Iterator[Spelling]:
    """E. O. 11652 for EO 11652; before a number, spaced initials are no person's."""
    letters, *number = typed.words
    if len(letters) > 1 and typed.written.startswith(letters.upper()) and all(map(str.isdigit, number)):
        apart = " ".join(f"{letter}." for letter in letters.upper())
        yield Spelling((*letters, *number), " ".join((apart, *number)))


def _with_other_endings(
    words: Words, stop_words: AbstractSet[str], endings: Callable[[str], Iterable[str]]
) -> Iterator[Spelling]:
    """air-bases for air-base; by-elections for by-election, if documents show a hyphen."""
    *before, word = words
    for last in endings(word) if word not in stop_words else ():
        if stop_words.isdisjoint(before):
            yield Spelling((*before, last), "-".join((*before, last)))
        elif len(before) == 1:
            yield replace(hyphenated(before[0], last), guessed=False)


def _divided_as_typed(written: str, word: str) -> Iterator[Spelling]:
    """O'Connor as O Connor, McArthur as Mc Arthur."""
    inner = _CAPITAL_INSIDE.sub(" ", written)
    parts = tuple(map(fold, _PARTS.findall(inner)))
    if len(parts) > 1 and "".join(parts) == word and len(parts[-1]) > 1:
        yield Spelling(parts, " ".join(_PARTS.findall(inner)))


def _divided(word: str, stop_words: frozenset[str]) -> Iterator[Spelling]:
    """A word in two, at each place; where a half is short or a stop word, documents must show a hyphen."""
    for middle in range(1, len(word) - 1):
        pair = word[:middle], word[middle:]
        if len(pair[0]) == 1 and pair[0] in stop_words:
            continue
        if min(map(len, pair)) >= MIN_PART and stop_words.isdisjoint(pair):
            yield Spelling(pair, " ".join(pair), guessed=True)
        else:
            yield hyphenated(*pair)


def hyphenated(one: str, other: str) -> Spelling:
    """A word in two halves, which documents join with a hyphen."""
    proof = partial(join_with_hyphen, one=one, other=other)
    return Spelling((one, other), f"{one}-{other}", proof, (one, other), guessed=True)


def _with_umlauts(written: str, word: str) -> Iterator[Spelling]:
    """Müller as Mueller; Mueller as Muller and Muller as Mueller, if a document writes Müller."""
    typed = written.lower()
    if fold(typed) != word:  # which is without an elided article or a possessive s
        typed = next((part for part in re.split(f"[{APOSTROPHES}]", typed) if fold(part) == word), "")
    if (spelled := fold(with_digraphs(typed))) != fold(typed):
        yield Spelling((spelled,), spelled)
        return
    for umlauts in _replaced(word, umlauts_of_digraphs()):
        plain = fold(umlauts)
        yield Spelling((plain,), umlauts, partial(have_umlauts, word=umlauts), (plain,))
    for umlauts in chain.from_iterable(_replaced(word, letters) for letters in umlauts_of_vowels()):
        spelled = fold(with_digraphs(umlauts))
        yield Spelling((spelled,), spelled, partial(have_umlauts, word=umlauts), (word,))


def _replaced(word: str, letters: Mapping[str, str]) -> Iterator[str]:
    """The word with one or two of these groups of letters replaced, in each way."""
    places = list(re.finditer("|".join(letters), word))[:_MAX_VOWELS]
    for some in (*combinations(places, 1), *combinations(places, 2)):
        parts, end = [], 0
        for place in some:
            parts += [word[end : place.start()], letters[place[0]]]
            end = place.end()
        yield "".join((*parts, word[end:]))


def _fraction(typed: Typed) -> Iterator[Spelling]:
    """1/2 as ½."""
    word = "\u2044".join(typed.words)
    if word in _FRACTIONS:
        yield Spelling((word,), _FRACTIONS[word])


def _thousands_apart(typed: Typed) -> Iterator[Spelling]:
    """12000 as 12 000 and 12.000, and the other way round; years and numbers with a hyphen are left alone."""
    if not _IS_NUMBER.fullmatch(typed.written):
        return
    first, *groups = typed.words
    if groups:
        count = next((n for n, group in enumerate(groups) if len(group) != 3), len(groups))
        if count and len(first) <= 3 and (count == len(groups) or typed.as_word):
            words = ("".join((first, *groups[:count])), *groups[count:])
            yield Spelling(words, ",".join(words))
    if len(first) > 4 or (len(first) == 4 and (groups or not typed.written.isdigit())):
        grouped = tuple(_thousands(first))
        words = (*grouped, *groups)
        yield Spelling(
            words, ",".join((" ".join(grouped), *groups)), partial(part_thousands, groups=grouped), words
        )


def _thousands(digits: str) -> Iterator[str]:
    start = len(digits) % 3
    if start:
        yield digits[:start]
    yield from (digits[at : at + 3] for at in range(start, len(digits), 3))
