"""Which documents does a question find, and which does it find with fewer of its words?

`retrieval.Retriever` reads a question and asks the engine; `some_words` has the documents that lack some of
the words. Imports `expansion`, `engines` and below.
"""
