"""How do browsers and crawlers find the archive, and each of its documents?

`sitemap` lists the addresses of all documents, `opensearch_description` tells a browser how to search.
Imports documents, `search.api`, and what writes feeds and exports; knows no HTTP.
"""
