"""How likely is it that a word was typed for another? The cost of its slips: less for likely ones.

A weighted edit distance, as in Kernighan, Church and Gale, "A spelling correction program based on a noisy
channel model" (1990), with a few classes of slips in place of their table of errors. Slips at the head of a
word are rare (Yannakoudakis and Fawthrop, "The rules of spelling errors", 1983), and cost more.
"""

from itertools import accumulate, permutations

LIKELY, UNLIKELY = 0.5, 1.0
"""What a slip costs: a likely one is a doubled or single letter, a vowel, an *h*, letters that sound alike or
that were swapped."""

_VOWELS = frozenset("aeiouyаеёиоуыэюяαεηιουω")
_ALIKE = (
    "ckq", "csz", "fvw", "gj", "ijy", "bp", "dt", "mn", "бп", "вф", "гкх", "дт", "жшщ", "зсц", "ий", "κχ",
)  # fmt: skip
_PAIRS = frozenset(pair for group in (*_ALIKE, _VOWELS) for pair in permutations(group, 2))
_LETTERS_FOR_A_SLIP = 6  # a word may have one unlikely slip, or two likely ones, for so many letters


def slips_cost(typed: str, word: str) -> float:
    """What the slips between two words cost together: 0 if they are equal.

    It is the optimal string alignment distance of `search.edits`, each edit with its own cost.
    """
    extra = [_extra(word, column) for column in range(len(word))]
    before: list[float] = []
    row = [*accumulate(extra, initial=0.0)]
    for line, letter in enumerate(typed):
        missing = _extra(typed, line)
        before, above, row = row, before, [row[0] + missing]
        for column, other in enumerate(word):
            cost = min(before[column + 1] + missing, row[column] + extra[column])
            replaced = before[column]
            if letter != other:
                replaced += _replaced(letter, other, at_head=not line or not column)
            cost = min(cost, replaced)
            if line and column and letter == word[column - 1] and typed[line - 1] == other:
                cost = min(cost, above[column - 1] + LIKELY)
            row.append(cost)
    return row[-1]


def most_cost(typed: str) -> float:
    """The cost up to which a word may have been typed for another: a short one is near too many others."""
    return max(LIKELY, len(typed) / _LETTERS_FOR_A_SLIP)


def _extra(word: str, place: int) -> float:
    """The cost of a letter that the other word does not have."""
    letter = word[place]
    if not place:
        return 2 * UNLIKELY
    if letter == word[place - 1] or letter in _VOWELS or letter == "h":
        return LIKELY
    return UNLIKELY


def _replaced(letter: str, other: str, *, at_head: bool) -> float:
    """The cost of a letter in place of another one."""
    return (LIKELY if (letter, other) in _PAIRS else UNLIKELY) * (2 if at_head else 1)
