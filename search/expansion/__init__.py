"""What else does a query stand for? The terms of prefixes and fuzzy words, and other forms of names.

`expander` does it all, with `alias_expander` for names and `compounds` for words written apart or as
one; `budget` says how many terms there may be. Asks an engine for its terms; imports nothing of
`suggestions` or `api`.
"""
