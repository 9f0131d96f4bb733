"""The search engine: documents, queries, indexes, and answers from them.

| package | answers |
|---|---|
| `search.analysis` | How does a text become tokens? |
| `search.vocabulary` | Which languages and names are known beforehand? |
| `search.query` | How is a query read? |
| `search.facets` | How is a result set filtered and counted? |
| `search.listening` | Where does a service listen, and under which names does it answer? |
| `search.metrics` | What can a monitor measure of a program that runs? |
| `search.engines` | How are documents stored, found and ranked? |
| `search.commit_data` | What does an index keep beside its documents? |
| `search.highlighting` | Which parts of a text match a query? |
| `search.expansion` | Which other words does a query stand for? |
| `search.interpretation` | What may a query mean beyond its words? |
| `search.answering` | Which documents does a question find? |
| `search.suggestions` | What else may help the reader? |
| `search.wording` | How is a search said in words? |
| `search.receipt` | What does the result of a search rest on? |
| `search.citation` | How is a document cited? |
| `search.parameters` | What may a request say? |
| `search.api` | Which addresses are there, and what does an answer look like? |
| `search.export` | How do all documents of a search leave as a file? |
| `search.feed` | What is new in a search? |
| `search.discovery` | How do browsers and crawlers find the archive? |
| `search.command` | What does `opis-search` take, and what does it print? |
| `search.assistant` | How do assistants search the archive? |

`search.searcher.Searcher` is the one use case: it answers a `search.request.Question` with a
`search.answer.Answer`. The names below are for programs that use Opis as a library (docs/python.md):
`from search import open_archive` leads to the others. They are imported when they are first asked for, so
that `import search` costs nothing. The package imports neither `index`, which fills an index, nor `webui`,
which shows it.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.analysis.nltk_interfaces import NltkStemmer as NltkStemmer
    from search.analysis.nltk_interfaces import NltkTokenizer as NltkTokenizer
    from search.answer import Answer as Answer
    from search.answer import DocumentHit as DocumentHit
    from search.answer import Highlight as Highlight
    from search.answering.export import Export as Export
    from search.archive import Archive as Archive
    from search.archive import open_archive as open_archive
    from search.citation import Citation as Citation
    from search.document import ArchivalDate as ArchivalDate
    from search.document import Document as Document
    from search.errors import DocumentMissing as DocumentMissing
    from search.errors import EngineError as EngineError
    from search.errors import IndexMissing as IndexMissing
    from search.errors import ParameterError as ParameterError
    from search.errors import QueryTooCostly as QueryTooCostly
    from search.errors import SearchError as SearchError
    from search.errors import SettingsError as SettingsError
    from search.highlighting.in_document import BodyHit as BodyHit
    from search.results import DateFacet as DateFacet
    from search.results import Facet as Facet
    from search.results import FacetValue as FacetValue
    from search.results import IndexInfo as IndexInfo
    from search.settings import Settings as Settings
    from search.suggestions.similar import Similar as Similar

    __version__: str
else:  # a type checker would take any name for one of the package

    def __getattr__(name: str) -> object:
        """A public name, imported from the module where it is at home (PEP 562)."""
        if name == "__version__":
            return _version()
        if name not in _PUBLIC:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_PUBLIC[name]), name)


_HOMES = {
    "search.analysis.nltk_interfaces": ("NltkStemmer", "NltkTokenizer"),
    "search.answer": ("Answer", "DocumentHit", "Highlight"),
    "search.answering.export": ("Export",),
    "search.archive": ("Archive", "open_archive"),
    "search.citation": ("Citation",),
    "search.document": ("ArchivalDate", "Document"),
    "search.errors": (
        "DocumentMissing", "EngineError", "IndexMissing", "ParameterError", "QueryTooCostly", "SearchError",
        "SettingsError",
    ),
    "search.highlighting.in_document": ("BodyHit",),
    "search.results": ("DateFacet", "Facet", "FacetValue", "IndexInfo"),
    "search.settings": ("Settings",),
    "search.suggestions.similar": ("Similar",),
}  # fmt: skip
_PUBLIC = {name: home for home, names in _HOMES.items() for name in names}


def __dir__() -> list[str]:
    return sorted([*globals(), *_PUBLIC, "__version__"])


@cache
def _version() -> str:
    """The version of the package that is installed, which is read from a file."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - it takes 70 ms to import

    try:
        return version("opis")
    except PackageNotFoundError:  # a source tree that was not installed
        return "0+source"
