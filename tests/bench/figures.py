"""How is a figure written?"""

DASH = "–"


def milliseconds(value: float) -> str:
    return f"{value:.2f} ms" if value < 1 else f"{value:.1f} ms" if value < 10 else f"{value:,.0f} ms"


def spread(*values: float) -> str:
    """Several of them, the unit said once."""
    return " / ".join(milliseconds(value).removesuffix(" ms") for value in values) + " ms"


def seconds(value: float) -> str:
    return f"{value:.1f} s" if value < 100 else f"{value:,.0f} s"


def megabytes(value: float) -> str:
    return f"{value / 1e6:,.0f} MB" if value >= 1e7 else f"{value / 1e6:.1f} MB"


def kilobytes(value: float) -> str:
    return f"{value / 1e3:.0f} KB"


def counted(value: float) -> str:
    return f"{value:,.0f}"


def times(value: float) -> str:
    """A ratio: three figures where it is small, one decimal where it is not."""
    return f"{value:.3f} ×" if value < 0.1 else f"{value:.2f} ×" if value < 10 else f"{value:,.0f} ×"


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A Markdown table, numbers to the right of the first column."""
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
