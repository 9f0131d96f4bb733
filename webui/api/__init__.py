"""How are programs served: the JSON API, feeds, the health check?

`routes` and `document_routes` declare the endpoints, whose parameters and payloads are those of `search.api`;
`feed` that of feeds; `etag` answers conditional requests, `healthz` the health check. Imports no pages and no
components.
"""
