"""What is a cluster asked for a search? One commit: its index, and its words on this machine.

The `reader` answers a request by one search, which the `compiler` and `title_bonus` make of the query tree in
the `clauses` of OpenSearch, `hits` of its order, and `facets` and `value_counts` of what it counts. `index`
sends it, and refuses an answer in which a shard is missing.
"""
