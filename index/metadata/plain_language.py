"""Is a text plainly in a language? By its stop words, in a small part of the time that a classifier takes."""

from functools import cache

from search.languages import language, languages

_LOOKED_AT = 600  # characters at the beginning of a text in which stop words are counted
_OWN = 5  # different stop words that no other language has, in a text that is plainly in one
_SHARE = 0.25  # of all stop words of the language, among the words of such a text


def is_plainly(text: str, name: str) -> bool:
    """Whether the beginning of a text is running text in a language, beyond doubt.

    A text of which this is not true may be in it all the same. `name` is the English name of the language;
    of one without stop words in its file (`search.languages`), no text is.
    """
    stop_words, own = _stop_words(name)
    words = text[:_LOOKED_AT].lower().split()
    return len(own.intersection(words)) >= _OWN and (
        sum(map(stop_words.__contains__, words)) >= _SHARE * len(words)
    )


@cache
def _stop_words(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stop words of a language, and of these the ones that no other language has."""
    words = frozenset(map(str.lower, language(name).stop_words))
    others = (other.stop_words for other in languages() if other.name != language(name).name)
    return words, words.difference(*(map(str.lower, other) for other in others))
