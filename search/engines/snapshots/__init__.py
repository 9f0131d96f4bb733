"""How does an engine read while others write? A snapshot of the live commit, shared by all threads.

`reader_manager` keeps the snapshot and replaces it after a commit; `snapshot_engine` is the half of an engine
that reads, over any commit that can be opened: a directory on disk, an index in a cluster.
"""
