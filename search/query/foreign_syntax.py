"""What in a query is syntax of other search engines? It is reported, for here it is searched as words."""

import re
from collections.abc import Collection, Iterator

from search.edits import edit_distance
from search.messages import Message
from search.query.diagnostics import Diagnostic, DiagnosticCode
from search.query.lexer import Lexeme

_NEAR = re.compile(r"(?:NEAR|ADJ|WITHIN|[WN]/)[/\d]*", re.ASCII)
_WILDCARD = re.compile(r"\w[*?]+\w|\w\*")
_OPERATOR_PURPOSES = {
    # Translators: what to write an operator for, in “write OR in capitals to find either”.
    "or": Message("find either"),
    "not": Message("leave out what follows"),
}


def foreign_syntax(lexeme: Lexeme, fields: Collection[str]) -> Iterator[Diagnostic]:
    """The diagnostics of a word, phrase or range that looks like syntax of another search engine."""
    text, place = lexeme.text, lexeme.position
    if "^" in lexeme.tail:
        yield DiagnosticCode.WEIGHT_NOT_POSSIBLE.at(place, lexeme.tail.partition("^")[2])
    if lexeme.kind == "range":
        yield DiagnosticCode.RANGE_NOT_POSSIBLE.at(place)
    elif lexeme.kind == "phrase":
        if _WILDCARD.search(text):
            yield DiagnosticCode.WILDCARD_IN_PHRASE.at(place)
    elif text.endswith(":") and text[:-1].lower() in fields:
        yield DiagnosticCode.FIELD_WITHOUT_VALUE.at(place, text)
    elif _is_regular_expression(text):
        yield DiagnosticCode.PATTERN_NOT_POSSIBLE.at(place)
    elif _NEAR.fullmatch(text):
        yield DiagnosticCode.NEAR_IS_NO_OPERATOR.at(place, text)
    elif len(text) > 1 and text.startswith("'") and "'" not in text[1:]:
        yield DiagnosticCode.APOSTROPHE.at(place)


def lower_case_operator(lexeme: Lexeme) -> Iterator[Diagnostic]:
    """The diagnostic of `or` and `not` between words."""
    if purpose := _OPERATOR_PURPOSES.get(lexeme.text):
        operator = lexeme.text.upper()
        yield DiagnosticCode.LOWER_CASE_OPERATOR.at(
            lexeme.position, lexeme.text, operator=operator, purpose=purpose
        )


def unknown_field(lexeme: Lexeme, fields: Collection[str]) -> Diagnostic:
    """The diagnostic of a field that does not exist; it names a field that is spelled alike, else all."""
    name = lexeme.field
    near = [known for known in fields if edit_distance(name.lower(), known, 2) <= min(2, len(name) // 3)]
    cure = (
        Message("write %(field)s: for that field", field=near[0])
        if near
        else Message("the fields are %(fields)s", fields=", ".join(fields))
    )
    return DiagnosticCode.UNKNOWN_FIELD.at(lexeme.position, name, cure=cure)


def _is_regular_expression(text: str) -> bool:
    """Whether a word looks like a pattern of a regular expression: /arm.*/"""
    return text.startswith("/") and "/" in text[1:] and any(char in text for char in ".*+?[]\\|^$")
