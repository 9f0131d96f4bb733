"""How is a query read? From text to an immutable tree of analysed leaves, and diagnostics.

`parser.parse` is the entry point: `lexer` divides the text into lexemes, `leaves` turns a lexeme into leaves,
`dates` reads the values of `date:`, and `tree` holds the nodes, which `simplification` reduces. `scoring`
says how much a tree scores at most. `diagnostics` is the table of all reports, `foreign_syntax` recognises
what other search engines would understand.

Imports `search.schema` and below; engines, facets and highlighting read the tree.
"""
