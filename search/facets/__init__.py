"""How is a result set counted? Facets by value and by date, and the filters that go with them.

`requests` and `filters` turn a question into what an engine counts and filters by; `values` and `dates`
make facets from an engine's counts, `date_column` counts dates itself. Which fields have a facet is
declared in `search.schema`. Imports results, request, analysis and calendar; knows no engine.
"""
