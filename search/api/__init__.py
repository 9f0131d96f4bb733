"""How does a question arrive, and how is an answer returned: as URLs, as JSON?

Imports everything below it on the map, and neither `searcher` nor what writes files. Start reading at
`endpoints` (what there is, with which parameters and answers), `parameters` (URL to `Question`), `payload`
(`Answer` to JSON) and `urls` (every address of pages and endpoints). /openapi.json and docs/api.md are made
of the same tables.
"""
