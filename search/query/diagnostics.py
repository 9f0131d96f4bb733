"""What does the reader of a query report? One table: each code with its help anchor and its sentence.

A sentence says what was searched, and what to write instead. “{quoted}” stands for a part of the query.
"""

from dataclasses import dataclass
from enum import Enum, unique

MAX_QUOTED = 40
"""Characters of a query's part that a sentence quotes."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something in a query that was not understood as its writer may have meant it.

    `code` is that of a `DiagnosticCode`, `position` a character offset into the query's text.
    """

    code: str
    message: str
    position: int = 0

    @property
    def anchor(self) -> str:
        """The section of the help page that explains it."""
        return _ANCHORS[self.code]


@unique
class DiagnosticCode(Enum):
    """Every code, with its anchor on the help page and the template of its sentence."""

    # Words
    NOTHING_TO_SEARCH = (
        "nothing-to-search",
        "words",
        "There is no word to search for; type one, or nothing at all to see every document.",
    )
    WILDCARD_NOT_POSSIBLE = (
        "wildcard-not-possible",
        "words",
        "Only the end of a word can be left open by a *, so “{quoted}” was searched.",
    )
    PATTERN_NOT_POSSIBLE = (
        "pattern-not-possible",
        "words",
        "A pattern between slashes cannot be searched, so its words were; a * can end a word.",
    )
    FUZZY_NOT_POSSIBLE = (
        "fuzzy-not-possible",
        "words",
        "“{quoted}” was {reading}: a fuzzy word has {least} letters or more, of which ~1 or ~2 may differ.",
    )
    # Phrases
    UNCLOSED_QUOTE = (
        "unclosed-quote",
        "phrases",
        "A quotation mark is not closed, so no phrase was searched; put one behind the last word.",
    )
    EMPTY_PHRASE = (
        "empty-phrase",
        "phrases",
        "There is no word between these quotation marks, so they were left out; put one there.",
    )
    WILDCARD_IN_PHRASE = (
        "wildcard-in-phrase",
        "phrases",
        "Words in quotation marks are searched as they stand; leave those out to use * or ?.",
    )
    ELLIPSIS = (
        "ellipsis",
        "phrases",
        "What stands around “{quoted}” was searched as phrases in this order, at most {most} words apart.",
    )
    BRACKETS = (
        "brackets",
        "phrases",
        "Brackets inside a word were left out, so “{quoted}” was searched.",
    )
    APOSTROPHE = (
        "apostrophe",
        "phrases",
        "A ' is an apostrophe and makes no phrase; double quotation marks do.",
    )
    NEAR_IS_NO_OPERATOR = (
        "near-is-no-operator",
        "phrases",
        '“{quoted}” is no operator, so it was searched as a word; "two words"~5 finds them near.',
    )
    NEAR_NOT_POSSIBLE = (
        "near-not-possible",
        "phrases",
        '“{quoted}” was left out: it needs two words and a number, as in "peace talks"~5.',
    )
    NEAR_TOO_FAR = (
        "near-too-far",
        "phrases",
        "Words of a near phrase can be at most {most} apart, so ~{most} was searched.",
    )
    # Operators
    LITERAL_OPERATOR = (
        "literal-operator",
        "operators",
        "“{quoted}” joins nothing here, so it is no operator; put it between two.",
    )
    LOWER_CASE_OPERATOR = (
        "lower-case-operator",
        "operators",
        "“{quoted}” was read as a word; write {operator} in capitals to {purpose}.",
    )
    OPERATOR_NOT_WRITTEN = (
        "operator-not-written",
        "operators",
        "“{quoted}” was read as {operator}; here it is written {usage}.",
    )
    OPERATOR_IN_PROSE = (
        "operator-in-prose",
        "operators",
        "All of the query is in capitals, as headings are, so “{quoted}” was read as a word; "
        "write the other words small to make it an operator.",
    )
    UNCLOSED_PARENTHESIS = (
        "unclosed-parenthesis",
        "operators",
        "A parenthesis is not closed, so it reaches to the end; put a ) where it should end.",
    )
    UNOPENED_PARENTHESIS = (
        "unopened-parenthesis",
        "operators",
        "A parenthesis is closed that was not opened, so it was left out; put a ( where it begins.",
    )
    # Fields
    UNKNOWN_FIELD = (
        "unknown-field",
        "fields",
        "There is no field “{quoted}”, so it was searched as a word; {cure}.",
    )
    FIELD_WITHOUT_VALUE = (
        "field-without-value",
        "fields",
        "“{quoted}” has no value, so it was searched as a word; put the value right behind the colon.",
    )
    ANY_VALUE = (
        "any-value",
        "fields",
        "“{quoted}:*” finds every document; its facet leads to those without a value.",
    )
    # Dates
    DATE_NOT_UNDERSTOOD = (
        "date-not-understood",
        "dates",
        "“{quoted}” is no date that {field}: can take, so it was searched as words; write {cure}.",
    )
    RANGE_NOT_POSSIBLE = (
        "range-not-possible",
        "dates",
        "A range is one of dates, so the words in it were searched; date:1951..1953 is a range.",
    )
    # Ranking
    WEIGHT_NOT_POSSIBLE = (
        "weight-not-possible",
        "counts",
        "Words have no weight of their own, so “^{quoted}” was left out.",
    )
    # Limits
    TOO_MANY_WORDS = (
        "too-many-words",
        "limits",
        "A query can have {most} words, so those from “{quoted}” on were left out.",
    )
    TOO_DEEP = (
        "too-deep",
        "limits",
        "Parentheses count {most} deep, so those from here on were left out; use fewer.",
    )
    PREFIX_TOO_SHORT = (
        "prefix-too-short",
        "limits",
        "“{quoted}” was searched as written: a * needs {least} letters before it.",
    )
    TOO_MANY_EXPANSIONS = (
        "too-many-expansions",
        "limits",
        "{quoted} stands for more than {most} words; the most frequent were searched.",
    )
    TOO_MANY_TERMS = (
        "too-many-terms",
        "limits",
        "Words with * or ~ stand for more than {budget} words together: of each, {most} were searched.",
    )

    def __init__(self, code: str, anchor: str, sentence: str) -> None:
        self.code = code
        self.anchor = anchor
        self.sentence = sentence

    def at(self, position: int, quoted: str = "", **values: object) -> Diagnostic:
        """The diagnostic at a position of the query, `quoted` shortened to `MAX_QUOTED` characters."""
        message = self.sentence.format(quoted=shorten(quoted), **values)
        return Diagnostic(self.code, message, position)


_ANCHORS = {item.code: item.anchor for item in DiagnosticCode}


def shorten(text: str) -> str:
    """The first `MAX_QUOTED` characters of a text."""
    return text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…"
