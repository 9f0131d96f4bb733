"""What is new in a search? The documents that it finds, those added last first, for feed readers.

`feed` says what is listed and under which ids and times, `xml` writes elements that no document can break.
Imports answers, requests and `search.api`; knows no HTTP.
"""
