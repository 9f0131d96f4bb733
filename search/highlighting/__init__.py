"""What of a text matched, and which fragments show it?

The way of a hit: `query_terms` (the terms of a query for a field), `matcher` (their matches, found with
`scanner`), `spans` (which stand together), `cutter` (whole `sentences` around them), `fragmenter` (as they
are shown), `highlighter` (all of that for a document). `in_document` is the search in one document.

Imports `query`, `analysis`, `document` and `results`; no engine. Start reading at `highlighter`.
"""
