"""What is in these files? It fills the archive, and from run to run with only what changed.

`indexer.Indexer` is the entry point, `opis-index` the command. The package imports `search` and never
answers a query; `webui` is unknown to it.
"""
