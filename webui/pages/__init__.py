"""What does each HTML page show?

`routes` declares the pages; every page has a module of its own that computes a frozen dataclass, the context
of the template of the same name: `search.py` and `search.html`. Pages import components, lookups and state,
never the JSON API; the entry point is `routes.pages_blueprint`.
"""
