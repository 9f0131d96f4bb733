"""The engine for collections that outgrow one machine: an index in an OpenSearch cluster.

`mapping` says what is stored, and `documents` makes requests of documents. Each `commit` is an index of its
own in the cluster. `client` alone talks to the cluster.
"""
