"""What is to be done, and doing it: one run, from the files of its sources to a commit of the index.

`plan` compares the sources with the `manifest` of the last run, `transaction` does what the plan says, and
`report` tells the outcome. Files are read by `reading`, in this process or in a `worker_pool`.

It may import `index.formats`, `index.metadata`, `index.sources` and `search`; `index.indexer` is its user.
"""
