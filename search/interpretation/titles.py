"""Is a query the title of a document? Then that document comes first."""

from collections.abc import Iterator

from search.engines import Engine
from search.interpretation.reading import Reading
from search.query.lexer import lexemes
from search.query.tree import Exact
from search.request import SearchRequest
from search.schema import WHOLE_TITLE


def title_readings(text: str, engine: Engine) -> Iterator[Reading]:
    """A reading, if some document has all words of the query as its title, and no others.

    Case, accents and punctuation make no difference. A query in quotation marks asks for a phrase alone.
    """
    found = lexemes(text)
    if len(found) == 1 and found[0].kind != "word":
        return
    term = engine.analyzer.whole_term(text)
    title = Exact(term, term, WHOLE_TITLE)
    if term and engine.search(SearchRequest(title, limit=0)).total:
        yield Reading("title", text.strip(), (title,))
