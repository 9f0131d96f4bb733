"""Which documents does a question find, and which does it find with fewer of its words?

`retrieval.Retriever` reads a question and asks the engine; `some_words` has the documents that lack some of
the words, `export` all documents one at a time; `date_certainty` counts those of uncertain dates. Imports
`expansion`, `engines` and below.
"""
