"""How does a text become tokens? One analysis, the same for documents, queries and highlights.

Entry point: `search.analysis.analyzer.Analyzer`, a tokenizer and two token filters: `folding` (with
`elision`) and the stemmer (with `russian`). `collation` compares titles and facet values. Imports nothing of
the project but `search.errors`; `nltk_interfaces` gives tokenizer and stemmers to programs that use NLTK.

The regular expression of `tokenizer` defines what a token is. Two shortcuts avoid running it over whole
texts, and must give the same tokens: `chunk_cache`, which indexing uses (in C, where `_chunk_table.c` was
compiled: `chunk_table`), and `search.highlighting.scanner`. They rely on five invariants:

1. No token contains whitespace, except spaced initials (`U. S. S. R.`). So the tokens of a text are those
   of its whitespace-delimited chunks, once such initials are held together.
   tests/search/analysis/test_analyzer.py, property 6.
2. Lower-casing ASCII letters, or replacing ASCII punctuation other than `'`.,` by spaces, changes no folded
   token. The same property.
3. A token of ASCII letters and digits alone is folded by lower-casing it; in English it begins with
   one of the prefixes that `search.highlighting.scanner.stem_prefixes` makes of its stem.
   tests/search/highlighting/test_scanner.py.
4. `WordTokenizer.irregular` finds a character of every other token. The same tests.
5. Tokenizing from any place that is inside no token gives the remaining tokens of the text
   (`WordTokenizer.following`). The same tests.

A change to tokenizing, folding or stemming also raises `search.analysis.analyzer.RULES`.
"""
