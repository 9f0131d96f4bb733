"""How is the JSON API served?

`routes` and `document_routes` declare the endpoints, whose parameters and payloads are those of `search.api`;
`etag` answers conditional requests, `healthz` the health check. Imports no pages and no components.
"""
