"""Which commit is live, and is it whole? An index on disk, whichever library wrote it.

`engine` is the engine over any `store`: one library's reader and writer, of which `auto` chooses one.
`generations` keeps one directory for each commit and names the live one. A commit begins as `hard_links` to
the one before, ends with `checksums`, and holds `commit_data`.
"""
