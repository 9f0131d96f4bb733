"""The search engine: documents, queries, indexes, and answers from them.

| package | answers |
|---|---|
| `search.analysis` | How does a text become tokens? |
| `search.query` | How is a query read? |
| `search.facets` | How is a result set filtered and counted? |
| `search.engines` | How are documents stored, found and ranked? |
| `search.highlighting` | Which parts of a text match a query? |
| `search.expansion` | Which other words does a query stand for? |
| `search.suggestions` | What else may help the reader? |
| `search.wording` | How is a search said in words? |
| `search.api` | How are searches and answers written in URLs and JSON? |

`search.searcher.Searcher` is the entry point: it answers a `search.request.Question` with a
`search.results.Answer`. The package imports neither `index`, which fills an index, nor `webui`, which
shows it.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("opis")
except PackageNotFoundError:  # a source tree that was not installed
    __version__ = "0+source"
