"""What does the reader of a query report? One table: each code with its help anchor and its sentence.

A sentence says what was searched, and what to write instead. “%(quoted)s” stands for a part of the query.
"""

from dataclasses import dataclass
from enum import Enum, unique

from search.messages import Message

MAX_QUOTED = 40
"""Characters of a query's part that a sentence quotes."""


@dataclass(frozen=True)
class Diagnostic:
    """Something in a query that was not understood as its writer may have meant it.

    `code` is that of a `DiagnosticCode`, `message` its sentence in English, `position` a character offset
    into the query's text.
    """

    code: str
    message: str
    position: int = 0

    @property
    def sentence(self) -> Message:
        """Its sentence, for pages to say in the language of their reader."""
        said: Message = self.__dict__.get("_sentence") or Message(self.message)
        return said

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
        Message("There is no word to search for; type one, or nothing at all to see every document."),
    )
    WILDCARD_NOT_POSSIBLE = (
        "wildcard-not-possible",
        "words",
        Message("Only the end of a word can be left open by a *, so “%(quoted)s” was searched."),
    )
    PATTERN_NOT_POSSIBLE = (
        "pattern-not-possible",
        "words",
        Message("A pattern between slashes cannot be searched, so its words were; a * can end a word."),
    )
    FUZZY_NOT_POSSIBLE = (
        "fuzzy-not-possible",
        "words",
        Message(
            "“%(quoted)s” was %(reading)s: a fuzzy word has %(least)s letters or more, of which ~1 or ~2 "
            "may differ."
        ),
    )
    # Phrases
    UNCLOSED_QUOTE = (
        "unclosed-quote",
        "phrases",
        Message("A quotation mark is not closed, so no phrase was searched; put one behind the last word."),
    )
    EMPTY_PHRASE = (
        "empty-phrase",
        "phrases",
        Message("There is no word between these quotation marks, so they were left out; put one there."),
    )
    WILDCARD_IN_PHRASE = (
        "wildcard-in-phrase",
        "phrases",
        Message("Words in quotation marks are searched as they stand; leave those out to use * or ?."),
    )
    ELLIPSIS = (
        "ellipsis",
        "phrases",
        Message(
            "What stands around “%(quoted)s” was searched as phrases in this order, at most %(most)s words "
            "apart."
        ),
    )
    BRACKETS = (
        "brackets",
        "phrases",
        Message("Brackets inside a word were left out, so “%(quoted)s” was searched."),
    )
    APOSTROPHE = (
        "apostrophe",
        "phrases",
        Message("A ' is an apostrophe and makes no phrase; double quotation marks do."),
    )
    NEAR_IS_NO_OPERATOR = (
        "near-is-no-operator",
        "phrases",
        Message('“%(quoted)s” is no operator, so it was searched as a word; "two words"~5 finds them near.'),
    )
    NEAR_NOT_POSSIBLE = (
        "near-not-possible",
        "phrases",
        Message('“%(quoted)s” was left out: it needs two words and a number, as in "peace talks"~5.'),
    )
    NEAR_TOO_FAR = (
        "near-too-far",
        "phrases",
        Message("Words of a near phrase can be at most %(most)s apart, so ~%(most)s was searched."),
    )
    # Operators
    LITERAL_OPERATOR = (
        "literal-operator",
        "operators",
        Message("“%(quoted)s” joins nothing here, so it is no operator; put it between two."),
    )
    LOWER_CASE_OPERATOR = (
        "lower-case-operator",
        "operators",
        Message("“%(quoted)s” was read as a word; write %(operator)s in capitals to %(purpose)s."),
    )
    OPERATOR_NOT_WRITTEN = (
        "operator-not-written",
        "operators",
        Message("“%(quoted)s” was read as %(operator)s; here it is written %(usage)s."),
    )
    OPERATOR_IN_PROSE = (
        "operator-in-prose",
        "operators",
        Message(
            "All of the query is in capitals, as headings are, so “%(quoted)s” was read as a word; "
            "write the other words small to make it an operator."
        ),
    )
    UNCLOSED_PARENTHESIS = (
        "unclosed-parenthesis",
        "operators",
        Message("A parenthesis is not closed, so it reaches to the end; put a ) where it should end."),
    )
    UNOPENED_PARENTHESIS = (
        "unopened-parenthesis",
        "operators",
        Message("A parenthesis is closed that was not opened, so it was left out; put a ( where it begins."),
    )
    # Fields
    UNKNOWN_FIELD = (
        "unknown-field",
        "fields",
        Message("There is no field “%(quoted)s”, so it was searched as a word; %(cure)s."),
    )
    FIELD_WITHOUT_VALUE = (
        "field-without-value",
        "fields",
        Message(
            "“%(quoted)s” has no value, so it was searched as a word; put the value right behind the colon."
        ),
    )
    ANY_VALUE = (
        "any-value",
        "fields",
        Message("“%(quoted)s:*” finds every document; its facet leads to those without a value."),
    )
    # Dates
    DATE_NOT_UNDERSTOOD = (
        "date-not-understood",
        "dates",
        Message(
            "“%(quoted)s” is no date that %(field)s: can take, so it was searched as words; write %(cure)s."
        ),
    )
    RANGE_NOT_POSSIBLE = (
        "range-not-possible",
        "dates",
        Message("A range is one of dates, so the words in it were searched; date:1951..1953 is a range."),
    )
    # Ranking
    WEIGHT_NOT_POSSIBLE = (
        "weight-not-possible",
        "counts",
        Message("Words have no weight of their own, so “^%(quoted)s” was left out."),
    )
    # Limits
    TOO_MANY_WORDS = (
        "too-many-words",
        "limits",
        Message("A query can have %(most)s words, so those from “%(quoted)s” on were left out."),
    )
    TOO_DEEP = (
        "too-deep",
        "limits",
        Message("Parentheses count %(most)s deep, so those from here on were left out; use fewer."),
    )
    PREFIX_TOO_SHORT = (
        "prefix-too-short",
        "limits",
        Message("“%(quoted)s” was searched as written: a * needs %(least)s letters before it."),
    )
    TOO_MANY_EXPANSIONS = (
        "too-many-expansions",
        "limits",
        Message("%(quoted)s stands for more than %(most)s words; the most frequent were searched."),
    )
    TOO_MANY_TERMS = (
        "too-many-terms",
        "limits",
        Message(
            "Words with * or ~ stand for more than %(budget)s words together: of each, %(most)s were "
            "searched."
        ),
    )

    def __init__(self, code: str, anchor: str, template: Message) -> None:
        self.code = code
        self.anchor = anchor
        self.template = template

    def at(self, position: int, quoted: str = "", **values: object) -> Diagnostic:
        """The diagnostic at a position of the query, `quoted` shortened to `MAX_QUOTED` characters."""
        sentence = self.template.having(quoted=shorten(quoted), **values)
        diagnostic = Diagnostic(self.code, str(sentence), position)
        diagnostic.__dict__["_sentence"] = sentence  # no field: the fields are what JSON has
        return diagnostic


_ANCHORS = {item.code: item.anchor for item in DiagnosticCode}


def shorten(text: str) -> str:
    """The first `MAX_QUOTED` characters of a text."""
    return text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…"
