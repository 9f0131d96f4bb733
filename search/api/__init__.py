"""Which addresses are there, and what does an answer look like? Payloads as JSON, links, and the description.

Start reading at `endpoints` (what there is, with which parameters and answers), `payload` (`Answer` to JSON)
and `urls` (every address of pages and endpoints). /openapi.json and docs/api.md are made of the same tables.
What a request may say is read by `search.parameters`. Imports everything below it on the map, and neither
`searcher` nor what writes files.
"""
