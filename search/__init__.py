"""The core: what a document is, what a question is, and who answers it.

This package imports neither `index` (which fills it) nor `webui` (which shows it).
"""
