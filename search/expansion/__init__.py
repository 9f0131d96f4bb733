"""What else does a query stand for? The terms of prefixes and fuzzy words, other forms of names and words.

`expander` does it all: `names` and `known_spellings` say which forms there are, `forms` puts them into the
query, `budget` says how many terms there may be. Asks an engine for its terms; imports nothing of
`suggestions` or `api`.
"""
