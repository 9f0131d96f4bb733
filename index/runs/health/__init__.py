"""What needs attention in the whole index: the health report, and how its lists are found.

`collection_health` fills the report. It may import `index.metadata`, `index.runs.manifest` and `search`.
"""
