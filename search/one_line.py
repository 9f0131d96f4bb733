"""Text on one line, without what commands a terminal or turns the text around that follows."""

import re

# Embeddings, overrides and isolates (UAX 9): unclosed, they would turn around what stands behind the text.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Controls move the cursor, colour or retitle a terminal; surrogates and non-characters cannot be encoded, or
# be in XML.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def one_line(text: str) -> str:
    """The text with each run of white space and unprintable characters as one space, and none at its ends.

    Marks of direction stay, but not what changes the direction of all that follows.
    """
    return " ".join(_UNPRINTABLE.sub(" ", _DIRECTIONS.sub("", text)).split())
