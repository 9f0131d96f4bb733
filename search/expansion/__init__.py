"""What else does a query stand for? The terms of prefixes and fuzzy words, other forms of names and words.

A *form* is what is searched beside what was typed: another name of a person, or another *spelling* of a word
or of words side by side. Users are told of each as an `Expansion`.

`expander` is the entry. `names` has the names of persons. `spellings` makes the spellings that words may
have; `known_spellings` keeps those that documents have, and asks `writing` how their texts write them.
`forms` puts names and spellings into the query, `lower_case_names` the names that were typed without a
capital; `budget` says how many terms there may be. Asks an engine for its terms; imports nothing of
`suggestions` or `api`.
"""
