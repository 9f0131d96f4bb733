"""What does the result of a search rest on, also where nothing was found?

`receipt` makes the receipt of an answer, `text` writes it as lines to be pasted. Imports answers, requests
and their wording; addresses are given to it.
"""
