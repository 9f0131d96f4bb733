"""What is to be done, and doing it: one run, from the files of its sources to a commit of the index.

`plan` compares the sources with the `manifest` of the last run, `transaction` does what the plan says, and
`report` tells the outcome. What opens files is done by workers: `inspection` for the plan, and
`shared_reading` of what is to be read.

It may import `index.formats`, `index.metadata`, `index.sources`, `index.workers` and
`search`; `index.indexer` is its user.
"""
