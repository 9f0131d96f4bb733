"""Text on one line, without characters that command a terminal or turn the rest of the line round."""

import re

# Controls (which move the cursor, colour or retitle a terminal), and the marks that embed or override a
# direction (UAX 9), after which the rest of a line would read backwards. Surrogates cannot be encoded.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def one_line(text: str) -> str:
    """The text with each run of white space as one space, and without characters that are not printed."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())
