"""The store for small collections: postings, columns and documents in Whoosh, the rest is ours.

`fields` and `doc_values` say what is stored. `writer` stores it: `segment_writer` gathers postings in the
`posting_pool`, `codec` writes their blocks, `storage` makes commits durable. `reader` answers from one
commit: `postings` reads blocks, from a `mapped_file`; `segment` and `evaluator` match and score.
"""

from search.engines.disk.store import Store
from search.engines.whoosh.reader import WhooshReader
from search.engines.whoosh.writer import WhooshWriter

__all__ = ["WHOOSH"]

WHOOSH = Store("whoosh", WhooshReader, WhooshWriter)
