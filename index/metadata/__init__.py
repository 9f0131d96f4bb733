"""What does it mean? From passages and stated fields to a document with dates, people, type and references.

`understand.understand` is the entry point; each other module understands one thing in a text, and knows
neither files nor formats. `labels` is the vocabulary, read from labels.toml and search/languages/.

It may import `index.sources.files`, `index.record_fields`, `index.extracted` and `search`.
"""
