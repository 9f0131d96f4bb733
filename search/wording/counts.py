"""Numbers as text for people."""


def plural(count: int, one: str, several: str = "") -> str:
    """A count with its noun: `1 result`, `2 results`; `several` is the plural if it is not formed by -s."""
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"
