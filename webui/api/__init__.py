"""How are programs served: the JSON API, exports, feeds, the health check, what crawlers ask for?

`routes`, `document_routes`, `facet_routes` and `export_routes` declare the endpoints, whose parameters are
those of `search.parameters` and whose payloads those of `search.api`; `description` those that describe
them, `feed` that of feeds, `healthz` the health check, `site_files` robots.txt and its like. `etag` answers
conditional requests, `attachment` names files. Imports no pages and no components.
"""
