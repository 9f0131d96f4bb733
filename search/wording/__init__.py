"""How is a search said in words? The same on pages, in a terminal and in a receipt.

`counts`, `dates` and `filters` say one thing each, `options` what else a search was asked with, and
`zero_results` why nothing was found. Imports answers, requests and the schema; knows no HTML and
no address.
"""
