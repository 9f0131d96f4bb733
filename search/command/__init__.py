"""What does `opis-search` take, and what does it print?

`options` makes its options of the table of a search's parameters, `contradictions` refuses some together, and
`outputs` has what they ask for: `answer_text`, `zero_text` and `explanation_text` write for people, through
`layout`; `query_list` reads a list of queries, `query_rows` answers it.
Imports everything of `search` but the other commands; `search.__main__` is the entry point.
"""
