"""Which parts do several pages share, and what do their templates need?

Each module computes the context of one part: the search form, a result, the facet panel, the date histogram,
the pagination, a document's text, its citation, the receipt of a search. Components import state and
`search`, never pages or Flask.
"""
