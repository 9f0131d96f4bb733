"""What may help the reader on, beside the hits of a search?

`completion` (while a query is typed), `did_you_mean`, `zero_results` (why nothing was found, and which
similar searches find something), `similar_spellings` (where little was found), `similar` (documents).
`near_terms` and `respelling` find the terms that a word may have been typed for, by the costs of `likeness`;
`written_forms` says how documents write them. All ask an engine further questions; imports nothing of `api`,
so that no limit of URLs applies here.
"""

MAX_SUGGESTIONS = 8
"""Completions of a text that is being typed, unless another number is asked for."""
