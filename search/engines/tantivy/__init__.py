"""The store for large collections: postings, columns and documents in Tantivy, which answers our queries.

`fields` says what is stored, `writer` stores it, `compaction` writes segments of deleted documents anew.
`reader` answers from one commit: `compiler` turns our query tree into Tantivy's, `hits` orders ties by id,
`aggregations` counts facets. Analysis, the query language, the date facet and highlighting are ours.
"""

from search.engines.disk.store import Store
from search.engines.tantivy.reader import TantivyReader
from search.engines.tantivy.writer import REWRITTEN, TantivyWriter

__all__ = ["TANTIVY"]

TANTIVY = Store("tantivy", TantivyReader, TantivyWriter, REWRITTEN)
