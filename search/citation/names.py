"""Which part of a name is the family's? Told where it is certain; every other name is a literal.

Certain are `Molotov, V. M.`, `V.M. Molotov`, `Robert W. Komer`, `Молотов В. М.` and names with a Russian
patronymic, and those that begin with given names which are hardly anything else (`Harold Saunders`).
Institutions, single names and others of two words (Mao Zedong) are not taken apart.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from search.citation.csl import CslName
from search.one_line import one_line
from search.vocabulary.known_names import is_given_name

_UNCERTAIN = re.compile(
    r"(?:U\.? ?[SNK]\.?|U\. ?S\. ?S\. ?R|G\. ?D\. ?R|D\. ?D\. ?R|P\. ?R\. ?C)\b"
    r"|M\. ?(?![^\W\d_]\.)[^\W\d_]",  # Monsieur, or an initial
    re.IGNORECASE,
)
_SUFFIX = re.compile(r",? (Jr|Sr|II|III|IV)\.?$")
_LETTER = r"[^\W\d_]"
_INITIALS = re.compile(rf"(?:(?:{_LETTER}|Yu|Ya|Ye|Yo|Zh|Kh|Ch|Sh|Ts|Iu|Ia|Th|Wm|Geo|Chas|Jas|Дж)\.-?)+")
_MARK = "['’ʼʹ-]"
_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|{_MARK}(?={_LETTER}))+")
_FAMILY_WORD = re.compile(rf"(?:(?:al|el|ad|an|ar|as|ash|at|az|ben|d|l){_MARK})?['‘’ʿʾ]?({_WORD.pattern})")
"""A word of a family name, also behind an article in lower case: `Molotov`, `al-Husseini`, `d'Avila`."""
_PATRONYMIC = re.compile(r"\w+(?:ович|евич|ьич|овна|евна|ична)", re.IGNORECASE)
_LATIN_PATRONYMIC = re.compile(r"\w+(?:ovich|evich|ovna|evna)", re.IGNORECASE)
_NUMERAL = re.compile("[IVXL]+")  # of a ruler or a pope: Leo XIII
_LONGEST = 100  # characters of a name that is taken apart


def csl_name(written: str) -> CslName:
    """A name as CSL-JSON: by family and given names if it is certain which is which, else a literal."""
    name = one_line(written)
    bare = _SUFFIX.sub("", name)
    words = bare.lower().replace(",", " ").split()
    if len(name) > _LONGEST or _UNCERTAIN.match(name) or not _no_names().isdisjoint(words):
        return {"literal": name}
    family, comma, given = bare.partition(", ")
    found = _inverted(family, given) if comma else _direct(bare.split())
    if found is None:
        return {"literal": name}
    if suffix := _SUFFIX.search(name):
        found["suffix"] = suffix[1] + ("." if suffix[1] in {"Jr", "Sr"} else "")
    return found


def is_nobody(name: str) -> bool:
    """Whether a text stands in place of a name that is not known: `[illegible]`, `Unknown`, `N/A`."""
    return name.strip(" .,:;?!-–—()[]{}<>*_'\"").casefold() in _nobody()


def inverted(name: CslName) -> str:
    """The name by which it is sorted: `Molotov, V. M.`, `de Gaulle, Charles`, `Goethe, Johann von`."""
    if "literal" in name:
        return name["literal"]
    given = f"{name['given']} {name.get('dropping-particle', '')}".strip()
    sorted_by = f"{name.get('non-dropping-particle', '')} {name['family']}".strip()
    return ", ".join(part for part in (sorted_by, given, name.get("suffix", "")) if part)


def direct(name: CslName) -> str:
    """The name as it is read: `V. M. Molotov`."""
    if "literal" in name:
        return name["literal"]
    return " ".join(part for part in (name["given"], family_of(name), name.get("suffix", "")) if part)


def family_of(name: CslName) -> str:
    """The family name of a person, with its particle: `de Gaulle`."""
    particle = name.get("dropping-particle", "") + name.get("non-dropping-particle", "")
    return f"{particle} {name['family']}".strip()


def _inverted(family: str, given: str) -> CslName | None:
    """`Molotov, V. M.`, `de Gaulle, Charles`, `Gaulle, Charles de`, `Goethe, Johann Wolfgang von`."""
    words = given.split()
    count = next((at for at, word in enumerate(words) if word in _words("particles")), len(words))
    if not 1 <= count <= 4 or not all(_is_given(word) for word in words[:count]):
        return None
    person = _person([*words[count:], *family.split()], " ".join(words[:count]))
    if person and words[count:] and words[count] in _words("dropping"):
        person["dropping-particle"] = person.pop("non-dropping-particle")
    return person


def _direct(words: list[str]) -> CslName | None:
    """`V.M. Molotov`, `Robert W. Komer`, `Molotov V. M.`, `Andrei Mefodievich Ledovskii`."""
    if not 2 <= len(words) <= 6:
        return None
    initials = [bool(_INITIALS.fullmatch(word)) for word in words]
    if not initials[0] and all(initials[1:]):
        given = "".join(words[1:])
        return _person(words[:1], " ".join(words[1:])) if given.count(".") > 1 else None
    if len(words) == 3 and not any(initials) and (person := _with_patronymic(words)):
        return person
    particles = (at for at, word in enumerate(words) if at and word.lower() in _words("particles"))
    count = next(particles, len(words) - 1)
    first, last = words[:count], words[count:]
    if not all(_is_given(word) for word in first) or not (any(initials) or _are_known(first, last)):
        return None
    if not initials[count - 1] and (any(initials[1:count]) or words[0].count(".") > 1):
        return None  # Gabriel J. García Márquez, H.R.H. Prince Philip: whose name is the last but one?
    return _person(last, " ".join(first))


def _are_known(given: list[str], family: list[str]) -> bool:
    """Whether these are given names, and the rest is none: Anna Berg, and not John Henry."""
    return all(map(is_given_name, given)) and not is_given_name(family[-1])


def _with_patronymic(words: list[str]) -> CslName | None:
    patronymics = [bool(_PATRONYMIC.fullmatch(word)) for word in words]
    if patronymics == [False, False, True]:
        return _person(words[:1], " ".join(words[1:]))
    if patronymics == [False, True, False] or _LATIN_PATRONYMIC.fullmatch(words[1]):
        return _person(words[2:], " ".join(words[:2]))
    return None


def _person(family: list[str], given: str) -> CslName | None:
    """A person of this family, which is one or two words behind any particles; None if it cannot be one."""
    count = next((at for at, word in enumerate(family) if word not in _words("particles")), len(family))
    particles, kept = family[:count], family[count:]
    if not _is_family(kept):
        return None
    person: CslName = {"family": " ".join(kept), "given": given}
    if particles:
        person["non-dropping-particle"] = " ".join(particles)
    return person


def _is_family(words: list[str]) -> bool:
    """Whether words can be a family name: one or two, `Ortega y Gasset`, `St. Laurent`."""
    if words[1:2] in (["y"], ["e"], ["i"]):
        words = [words[0], *words[2:]]
    elif words[:1] == ["St."]:
        words = words[1:]
    names = [found[1] if (found := _FAMILY_WORD.fullmatch(word)) else "" for word in words]
    return 1 <= len(names) <= 2 and all(name[:1].isupper() and not _NUMERAL.fullmatch(name) for name in names)


def _is_given(word: str) -> bool:
    if _INITIALS.fullmatch(word):
        return word[0].isupper()
    return bool(_WORD.fullmatch(word)) and word[0].isupper()


@cache
def _no_names() -> frozenset[str]:
    return _words("institutions") | _words("offices")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_table()[name].split())


@cache
def _nobody() -> frozenset[str]:
    return frozenset(_table()["nobody"])


def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
