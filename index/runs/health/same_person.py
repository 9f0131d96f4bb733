"""Which names may be one person's? Candidates for aliases.txt, told by family name and given names.

Only names of persons are compared: no offices, meetings or titles of works. Two names may be one person's if
their families are spelled alike, apart from case, accents and the ways of transliteration, and no given name
or initial speaks against it. A family name alone, or with initials that fit several persons, is none's.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from index.metadata.labels import Labels
from search.analysis.folding import fold
from search.vocabulary.known_names import is_place

_PARTICLES = frozenset(
    ["de", "la", "le", "du", "des", "von", "van", "der", "den", "zu", "da", "di", "del", "della", "dos",
     "bin", "ibn", "al", "el"]
)  # fmt: skip
_SUFFIXES = re.compile(r",?\s+(?:Jr|Sr|Esq|II|III)\.?$", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_INITIALS = re.compile(r"(?<=\.)(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_][\w'’-]*\.?")
_MOST_GIVEN = 3
_SPELLINGS = tuple(
    (re.compile(form), plain)
    for form, plain in (
        ("['’-]", ""), ("eff$|yev$|iev$", "ev"), ("sch|shch", "sh"),
        ("tch|tsch|cz", "ch"), ("kh", "h"), ("zh", "j"), ("ph", "f"), ("ck", "k"),
        ("ae", "a"), ("oe", "o"), ("ue|ou", "u"), ("w", "v"), ("off$|ow$", "ov"),
        ("(?<=[^aeiou])ye|(?<=[aeiou])ye", "e"), ("iy$|ii$|ij$|yi$|ie$|i$", "y"),
        ("ya|ja", "ia"), ("yu|ju", "iu"),
        (r"(.)\1", r"\1"),
    )
)  # fmt: skip
"""Ways to write one family name in Latin letters, from the Russian, German and others; in this order."""


@dataclass(frozen=True, slots=True)
class _Person:
    """A name taken apart: the family and the given names, folded; an initial is one letter."""

    name: str
    family: str
    given: tuple[str, ...]

    @property
    def is_full(self) -> bool:
        """Whether the first given name is written out."""
        return bool(self.given) and len(self.given[0]) > 1

    def fits(self, other: "_Person") -> bool:
        """Whether the given names of two names do not contradict each other."""
        return all(
            one == two or (min(len(one), len(two)) == 1 and one[0] == two[0])
            for one, two in zip(self.given, other.given, strict=False)
        )


def name_candidates(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of names that may be one person's, in the order of their first names."""
    families: dict[str, list[_Person]] = {}
    for name in sorted(names):
        if person := _person(name):
            families.setdefault(_skeleton(person.family), []).append(person)
    groups = [group for people in families.values() for group in _groups(people)]
    return tuple(sorted(tuple(sorted(person.name for person in group)) for group in groups if len(group) > 1))


def _groups(people: Sequence[_Person]) -> list[list[_Person]]:
    """People of one family by who may be the same: full names first, then initials, then families alone."""
    groups: list[list[_Person]] = []
    for person in sorted(people, key=lambda one: (not one.is_full, -len(one.given))):
        fitting = [group for group in groups if all(person.fits(one) for one in group)]
        if not person.given:
            groups_of_family = [
                group for group in groups if any(one.family == person.family for one in group)
            ]
            fitting = groups_of_family if len(groups) == 1 else []
        if len(fitting) == 1:
            fitting[0].append(person)
        else:
            groups.append([person])
    return groups


def _person(name: str) -> _Person | None:
    """A name taken apart; None if it is not a person's."""
    bare = _SUFFIXES.sub("", _BRACKETS.sub("", name)).strip()
    family, comma, given = bare.partition(",")
    words = _words(f"{given} {family}" if comma else bare)
    words = words[_titles(words) :]
    if not words or "," in given or any(not _is_name_word(word) for word in words):
        return None
    if (len(words) == 1 and (is_place(words[0]) or "." in words[0])) or words[-1] in _PARTICLES:
        return None
    plain = [fold(word.rstrip(".")) for word in words]
    count = len(_words(family)) if comma else 1
    kept = [word for word in plain[: max(0, len(plain) - count)] if word not in _PARTICLES]
    last = [word for word in plain[-count:] if word not in _PARTICLES]
    if not last or len(last[-1]) < 3 or len(kept) > _MOST_GIVEN:
        return None
    return _Person(name, "".join(last), tuple(kept))


def _words(text: str) -> list[str]:
    return _INITIALS.sub(" ", text).split()


def _is_name_word(word: str) -> bool:
    particle = word.lower() in _PARTICLES
    return particle or (_WORD.fullmatch(word) is not None and word[0].isupper() and not _is_office(word))


def _titles(words: Sequence[str]) -> int:
    """How many words at the beginning are titles, such as Mr. or General."""
    known = _honorifics()
    count = 0
    while count < len(words) - 1 and words[count].rstrip(".").casefold() in known:
        count += 1
    return count


@cache
def _honorifics() -> frozenset[str]:
    labels = Labels()
    words = [*labels.words("honorifics", "kept"), *labels.words("honorifics", "dropped")]
    return frozenset(word.casefold() for word in words)


@cache
def _offices() -> frozenset[str]:
    return frozenset(word.casefold() for word in Labels().words("offices", "words")) - {
        "dean",
        "post",
        "king",
        "head",
    }


def _is_office(word: str) -> bool:
    folded = word.casefold().rstrip(".")
    return folded in _offices() or folded.removesuffix("s") in _offices()


@cache
def _skeleton(family: str) -> str:
    for form, plain in _SPELLINGS:
        family = form.sub(plain, family)
    return family
