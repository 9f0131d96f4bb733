"""How is an index kept up to date for years? `opis-index --watch` looks at its sources, and runs if it must.

`look` sees what is there of a SOURCE, `sources` which of them changed and which are away, `rhythm` when a run
is due; `watcher` goes on with all three, whatever fails, and tells `events`. `log` and `entries` make lines
of them, `service` puts all together. It may import `index.indexer` and what stands below it;
`index.__main__` is its user.
"""
