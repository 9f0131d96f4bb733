"""A query as it was typed, on a page: in quotation marks, unless it has its own."""

from markupsafe import Markup

_MARKS = ('"', "“", "”")
_OWN, _GIVEN = Markup('<b dir="auto">{}</b>'), Markup('<q dir="auto">{}</q>')


def quoted(text: str) -> Markup:
    """The text, in quotation marks that the browser adds if it has none."""
    has_its_own = any(mark in text for mark in _MARKS)
    return (_OWN if has_its_own else _GIVEN).format(text)
