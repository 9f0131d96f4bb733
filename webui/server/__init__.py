"""How do requests reach the application?

`listener` opens the sockets and runs the HTTP server on them, `prefork` runs it in several processes,
`signals` stops it. Knows nothing of pages or of the index; used by `opis-serve` only.
"""
