"""The vocabulary of header blocks: the labels of all languages, and the phrases and words of labels.toml."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from index.metadata.dates import parse_date
from search.errors import SettingsError
from search.languages import language, languages, words_of_all
from search.vocabulary.known_names import known_names

_TABLE = Path(__file__).with_name("labels.toml")
_LONGEST_LABEL = 41  # characters
_NOT_SETTABLE = {"other"}


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def folded(text: str) -> str:
    """A label or line for comparison: case-folded, without bold marks, a final colon or doubled spaces."""
    return " ".join(text.replace("*", "").split()).rstrip(":. ").casefold()


@cache
def _labels() -> dict[str, list[str]]:
    """Field -> the labels that announce it in any language, those of English first."""
    return _by_field(item.labels for item in (language("english"), *languages()))


def _by_field(tables: Iterable[Mapping[str, Iterable[str]]]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for table in tables:
        for field, labels in table.items():
            found.setdefault(field, {}).update(dict.fromkeys(labels))
    return {field: list(labels) for field, labels in found.items()}


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A type of document, and the range of characters whose words name it."""

    type: str
    start: int
    end: int


@dataclass(frozen=True)
class Labels:
    """The built-in vocabulary and the labels that the settings add (label -> field).

    Raises SettingsError if a label is for an unknown field.
    """

    added: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        known = sorted(set(_labels()) - _NOT_SETTABLE)
        for label, field in self.added:
            if field not in known:
                raise SettingsError(
                    f"The setting labels gives {label!r} to a field {field!r}; there are {', '.join(known)}."
                )

    @classmethod
    def of(cls, added: Mapping[str, str]) -> "Labels":
        """The vocabulary with the labels of the settings."""
        return cls(tuple(sorted(added.items())))

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the vocabulary; where it has changed, files are read again."""
        return hashlib.sha256(repr((_data(), languages(), known_names(), self.added)).encode()).hexdigest()[
            :16
        ]

    @cached_property
    def _fields(self) -> dict[str, str]:
        table = {folded(label): field for field, labels in _labels().items() for label in labels}
        return table | {folded(label): field for label, field in self.added}

    def beside(self, lines: Iterable[str]) -> "Labels":
        """The vocabulary for a text that begins with these lines.

        Labels that are common words in some language (De, An, Data) are part of it if the lines have two
        other labels, or one and two such words. A word for "date" with a date behind it counts as another.
        """
        found = [(self.split(line), self._with_common_words.split(line)) for line in lines]
        known = {field[0] for field, _ in found if field}
        either = {field[0] for _, field in found if field}
        dated = any(field[0] == "date" and _is_date(field[1]) for _, field in found if field)
        sure = known | {"date"} if dated else known
        enough = either > known and (len(sure) > 1 or (sure and len(either) > 2))
        return self._with_common_words if enough else self

    @cached_property
    def _with_common_words(self) -> "Labels":
        words = _by_field(item.common_labels for item in languages())
        common = ((label, field) for field, labels in words.items() for label in labels)
        return Labels((*common, *self.added))

    @cached_property
    def long(self) -> frozenset[str]:
        """Fields whose values may have several paragraphs."""
        return frozenset(_data()["long"]["fields"])

    @cached_property
    def authorless(self) -> frozenset[str]:
        """Types of documents that have no author, such as minutes."""
        return frozenset(_data()["authorless"]["types"])

    @cached_property
    def signed(self) -> frozenset[str]:
        """Types of documents in which a last line in capitals is the name of the signer."""
        return frozenset(_data()["signed"]["types"])

    @cached_property
    def _types(self) -> dict[str, str]:
        return {folded(word): kind for kind, words in _data()["types"].items() for word in words}

    @cached_property
    def _type_words(self) -> re.Pattern[str]:
        return re.compile(rf"\b({any_of(self._types)})\b", re.IGNORECASE)

    def type_word(self, text: str, at: int = 0) -> TypeWord | None:
        """The first words from `at` on that name a type; of two that begin at one place, the longer."""
        for match in self._type_words.finditer(text, at):
            if kind := self._types.get(folded(match[1])):  # IGNORECASE lets a dotless i match
                return TypeWord(kind, match.start(), match.end())
        return None

    def is_type(self, text: str) -> bool:
        """Whether a text names a type and nothing more."""
        return folded(text) in self._types

    @cached_property
    def _turn(self) -> re.Pattern[str]:
        words = (*_data()["turns"]["to"], *words_of_all(lambda item: item.letters.turns))
        return re.compile(rf"\s(?:{any_of(words)})\s", re.IGNORECASE)

    def turns(self, title: str) -> Iterator[re.Match[str]]:
        """The words of other languages in a title that may turn from its sender to its recipient."""
        return self._turn.finditer(title)

    def letter_from(self, title: str) -> re.Match[str] | None:
        """The words of other languages at the beginning of a title for `Letter from`."""
        return self._letter_from.match(title)

    def letter_to(self, title: str) -> re.Match[str] | None:
        """The words of other languages at the beginning of a title for `Letter to`."""
        return self._letter_to.match(title)

    @cached_property
    def _letter_from(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:{any_of(words_of_all(lambda item: item.letters.letter_from))})(?:\s|(?<='))", re.IGNORECASE
        )

    @cached_property
    def _letter_to(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:{any_of(words_of_all(lambda item: item.letters.letter_to))})\s", re.IGNORECASE
        )

    @cached_property
    def _classifications(self) -> frozenset[str]:
        return frozenset(map(folded, words_of_all(lambda item: item.classifications)))

    @cached_property
    def _phrases(self) -> dict[str, list[re.Pattern[str]]]:
        return {name: [re.compile(form) for form in forms] for name, forms in _data()["phrases"].items()}

    def all(self) -> dict[str, list[str]]:
        """Field -> the built-in labels that announce it."""
        return _labels()

    def words(self, table: str, name: str) -> list[str]:
        """The list `name` of a table of labels.toml."""
        return _data()[table][name]

    def split(self, line: str) -> tuple[str, str] | None:
        """The field and value of a line `Label: value`; the value is empty if the colon ends the line."""
        label, colon, value = line.replace("**", "").strip().partition(":")
        label = label.rstrip()
        if not (colon and label[:1].isalpha() and len(label) <= _LONGEST_LABEL) or value[:1].strip():
            return None
        field = self._fields.get(folded(label))
        return (field, value.strip()) if field else None

    def bare_label(self, line: str) -> str | None:
        """The field of a line that is a label alone, with or without a colon."""
        return self._fields.get(folded(line))

    def is_classification(self, line: str) -> bool:
        """Whether a whole line is a security classification."""
        return folded(line.strip("[]() ")) in self._classifications

    @cached_property
    def _rights_words(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{any_of(_data()['rights_notice']['words'])})(?!\w)", re.IGNORECASE)

    def is_rights_notice(self, text: str) -> bool:
        """Whether a paragraph tells how a document may be used, by a word such as copyright."""
        return self._rights_words.search(text) is not None

    def phrase(self, name: str, line: str) -> re.Match[str] | None:
        """The match of a whole line with one of the phrases of this name."""
        return next(filter(None, (form.fullmatch(line.strip()) for form in self._phrases[name])), None)


def _is_date(text: str) -> bool:
    date = parse_date(text)
    return date is not None and (date.earliest, date.latest) != (None, None)


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of these words, the longest first.

    Words of one first letter stand together, so that at most places of a text one letter tells that none is
    there: with a hundred words, the search is ten times faster.
    """
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[:1], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(ends)})" for letter, ends in by_letter.items())
