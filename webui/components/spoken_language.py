"""Which `lang` attribute do a document's words have? One where their language is not that of the page.

Screen readers choose their voice by it, and browsers their hyphenation (WCAG 2.2, 3.1.2: Language of Parts).
"""

from search.document import Document
from search.messages import reader
from search.wording.spoken_language import text_tag, title_tag


def text_lang(document: Document) -> str:
    """The attribute's value for a document's text and summary; empty without one."""
    return _foreign(text_tag(document))


def title_lang(document: Document) -> str:
    """The attribute's value for its title; empty without one."""
    return text_lang(document) and _foreign(title_tag(document))


def _foreign(tag: str) -> str:
    return "" if tag == reader().tag else tag
