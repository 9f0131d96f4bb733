"""The reference engine, in plain dictionaries: the default of tests, and the oracle for other engines.

`evaluator` states which documents a query matches, `reader` scores and answers from one commit, `engine`
keeps the live commit. Documents are tried one by one: meant for thousands of documents, not more.
"""

from search.engines.memory.engine import MemoryEngine, MemoryWriter

__all__ = ["MemoryEngine", "MemoryWriter"]
