"""What may a query mean beyond its words? Dates, directions and titles in it, which rank documents higher.

Nothing is filtered: each reading prefers documents among those that match, and is offered as a filter, with
its count. `interpreter` is the entry; `dates`, `directions` and `titles` find the readings. Asks an engine
which names and titles there are; imports nothing of `suggestions` or `api`.
"""
