"""How do requests reach the application?

`listener` opens the sockets. `http_server` reads and writes all their connections (`connection`) in one
thread, and `admission` decides which requests are served, by which threads. `prefork` runs it in several
processes, `signals` stops it, `descriptors` says how many connections the system allows. Knows nothing of
pages or of the index; used by `opis-serve` only.
"""
