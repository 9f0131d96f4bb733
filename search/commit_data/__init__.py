"""What does an index keep with each commit beside its documents?

The indexer writes it as commit data: the aliases of people, the health report, the redirects of documents
that moved, the identity of the archive. Searches and pages read it. Imports documents and the analysis,
nothing of the engines.
"""
