"""How many edits make one word of another?"""


def edit_distance(one: str, other: str, limit: int) -> int:
    """The edits between two words, `limit` + 1 standing for more than that.

    An edit inserts, deletes or changes a letter or swaps two neighbours, each place at most once (the
    optimal string alignment of Damerau, "A technique for computer detection and correction of
    spelling errors", 1964).
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        current = [i]
        for j, facing in enumerate(other, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (letter != facing))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == facing:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit and (not before or min(previous) > limit):
            return limit + 1
        before, previous = previous, current
    return min(previous[-1], limit + 1)
