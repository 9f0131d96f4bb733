"""How do requests reach the application?

`http_server` reads and writes all connections (`connection`, `messages`) in one thread, `admission` decides
which requests are served, by which threads, `rate_limit` how often a client may ask, and `exchange` when they
are logged. `prefork` runs it in several processes, `signals` stops it, `descriptors` says how many
connections the system allows. Knows nothing of pages or of the index; used by `opis-serve` only.
"""
