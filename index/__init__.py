"""It fills the archive: from files to documents, and from run to run only what changed.

This package imports `search` and never answers a query; `webui` is unknown to it.
"""
