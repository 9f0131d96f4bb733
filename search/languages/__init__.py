"""What is known of each language: a TOML file each, of which everything else about languages is read.

`english.toml` and the others hold stop words, elided words, articles, months, weekdays, labels and more;
`language` reads one of them, `languages` all. Imports nothing of Opis.
"""

from search.languages.language import (
    Dates,
    Language,
    Letters,
    Names,
    Script,
    Words,
    language,
    languages,
    words_of_all,
)

__all__ = [
    "Dates",
    "Language",
    "Letters",
    "Names",
    "Script",
    "Words",
    "language",
    "languages",
    "words_of_all",
]
