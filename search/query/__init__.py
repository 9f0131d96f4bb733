"""How is a query read? From text to an immutable tree of analysed leaves, and diagnostics.

`parser.parse` is the entry point. `lexer` divides the text into lexemes; `prose` takes operators in running
text for words, and `worded_dates` joins the words of a date. `leaves` turns a lexeme into leaves, with
`joined_words`, `initials`, `quotations` and, for the values of `date:`, `dates`. `tree` holds the nodes,
which `traversal` walks through and `simplification` reduces; `relaxation` makes trees that ask for some of
the words, and `scoring` says how much a tree scores at most. `diagnostics` is the table of all reports,
`foreign_syntax` recognises what other search engines would understand.

Imports `search.schema` and below; engines, facets and highlighting read the tree.
"""
