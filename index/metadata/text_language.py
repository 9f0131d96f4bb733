"""In which language is a text? The detected one; where that is unsure, the stated one or the default.

Most texts of an archive are plainly in its default language (`index.metadata.plain_language`). The others
are put to fastText, which takes ten times as long: a linear classifier over the letters of words, three and
four at a time, with the model lid.176 that its authors trained on Wikipedia, Tatoeba and SETimes
(https://fasttext.cc/docs/en/language-identification.html; Joulin et al., "Bag of Tricks for Efficient Text
Classification", 2016). It gives a probability for each of 176 languages.
"""

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.metadata.plain_language import is_plainly
from search.analysis.text_languages import LETTERS, script_of
from search.document import Document
from search.schema import Schema
from search.vocabulary.languages import detected_languages, known_languages, language_names

LOOKED_AT = 1000
"""Characters at the beginning of a text by which its language is told."""
_FIRST = 400  # of these, the characters by which most texts can be told, in half the time
SURE = 0.6
"""The least probability of a language that is said."""
_LEAST = 25  # characters by which a language can be told
_GUESSES = 4  # languages that are asked for: the probability of one may be divided among two codes
_DIGITS = re.compile("[0-9]+")
_OTHER_CODES = {"als": "", "arz": "Arabic", "wuu": "Chinese"}
"""The labels of the model that are no codes of ISO 639 here: als is Alemannic, and there Albanian."""

Classifier = Callable[[str, int], tuple[Sequence[str], Sequence[float]]]
"""Gives the labels of the most probable languages of a line, and their probabilities."""


@cache
def load_detection() -> Classifier:
    """The classifier, loaded by the first call: only those need it who read documents."""
    import fasttext  # noqa: PLC0415

    classifier: Classifier = fasttext.load_model(str(Path(__file__).with_name("lid.176.ftz"))).predict
    return classifier


def detect(text: str, possible: Set[str] = frozenset()) -> str:
    """The English name of the language of a text, "" where that is unsure.

    With `possible`, the languages that it may be in, other languages are unsure. No text raises an error.
    """
    name = _most_probable(text[:_FIRST]) or _most_probable(text[:LOOKED_AT])
    return name if not possible or name in possible else ""


def _most_probable(text: str) -> str:
    """The language of a text if it is probable enough, else ""."""
    line = _words(text)
    if len(line) < _LEAST:
        return ""
    probabilities: dict[str, float] = {}
    for label, probability in zip(*load_detection()(line, _GUESSES), strict=True):
        name = _name(label)
        probabilities[name] = probabilities.get(name, 0.0) + probability
    best = max(probabilities, key=probabilities.__getitem__)
    return best if probabilities[best] >= SURE else ""


def _words(text: str) -> str:
    """The words of a text as one line, without digits, which are of no language.

    They are in small letters, as most words are by which the model was made, but headings are not.
    """
    return " ".join(_DIGITS.sub(" ", text.encode("utf-8", "replace").decode().lower()).split())


@dataclass(frozen=True, slots=True)
class TextLanguages:
    """The languages of an archive, by their English names: that of most documents, and all `possible` ones.

    Without possible ones it may be any. Where only one is possible, nothing is detected.
    """

    default: str = "English"
    possible: frozenset[str] = frozenset()

    def of(self, document: Document) -> str:
        """The language of a document's text, or of its summary if it has none; "" without either.

        It is the default if the text is plainly in it, else the detected one; else the one that is stated, if
        that is one that is known and possible; else the default, or "" if the text is in letters that the
        default is not written in.
        """
        text = document.body or document.summary
        if not text or text.isspace():
            return ""
        if len(self.possible) == 1 or is_plainly(text, self.default):
            return self.default
        if name := detect(text, self.possible):
            return name
        if document.language in (self.possible or known_languages()):
            return document.language
        return self.default if self._may_be_default(text) else ""

    def _may_be_default(self, text: str) -> bool:
        """Whether half of the letters at the beginning of a text, or more, are those of the default."""
        letters = [char for char in text[:LOOKED_AT] if char.isalpha()]
        own = LETTERS[script_of(self.default.lower())]
        return 2 * sum(own.match(char) is not None for char in letters) >= len(letters)


@cache
def text_languages(schema: Schema) -> TextLanguages:
    """The languages of an index."""
    return TextLanguages(_capital(schema.language), frozenset(map(_capital, schema.languages)))


def _capital(language: str) -> str:
    """A language as documents name it."""
    return language_names(language)


@cache
def _name(label: str) -> str:
    """The English name of the language of a label; "" for one that is not known."""
    code = label.removeprefix("__label__")
    name = _OTHER_CODES.get(code, language_names(code))
    return name if name in detected_languages() else ""
