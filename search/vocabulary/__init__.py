"""Which languages and names are known beforehand?

`languages` has languages with their codes and what others call them, `known_names` given names and places.
They are tables, which reading documents and citing them share.
"""
