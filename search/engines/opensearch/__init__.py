"""The engine for collections that outgrow one machine: an index in an OpenSearch cluster.

`client` alone talks to the cluster. `mapping` says what is stored, and `documents` makes requests of
documents. Each `commit` is an index of its own: `transactions` begins one as a clone of the live one,
`writer` and `bulk` write it, and `generations` makes it live. `lease` keeps other writers out, and `blobs`
has what a commit keeps beside its documents, such as the `vocabulary`. `reading` answers searches.
"""
