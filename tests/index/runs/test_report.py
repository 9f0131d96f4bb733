"""The report of a run on the screen: short, whatever the lists that it has."""

from dataclasses import fields
from typing import Any

from index.runs.report import IndexReport


def on_screen(**values: Any) -> list[str]:
    """The lines of a report that has these lists and counts, and no others."""
    nothing: dict[Any, Any] = {int: 0, float: 0.0, bool: False, str: ""}
    unset = {each.name: nothing.get(each.type, ()) for each in fields(IndexReport)}
    maps: dict[str, dict[str, int]] = {"encodings_guessed": {}, "languages": {}, "slow": {}}
    totals = {"no_text": 0, "duplicates": 0, "name_candidates": 0, "boilerplate": 0}
    shown = {**unset, **maps, **values, "totals": {**totals, **values.get("totals", {})}}
    return IndexReport(**shown).to_screen(index="memory:").splitlines()


def ids(group: int, count: int) -> tuple[str, ...]:
    return tuple(f"volume-{group}/document-{number}" for number in range(count))


def test_a_group_of_hundreds_is_one_short_line() -> None:
    lines = on_screen(duplicates=(ids(1, 700), ids(2, 3)), totals={"duplicates": 2})
    assert "  2 found more than once:" in lines
    [many] = [line for line in lines if "volume-1" in line]
    assert many.strip() == f"{' = '.join(ids(1, 4))} = … (700 in all)"
    assert f"    {' = '.join(ids(2, 3))}" in lines


def test_of_hundreds_of_groups_the_first_ten_are_shown() -> None:
    groups = tuple(ids(number, 2) for number in range(300))
    lines = on_screen(duplicates=groups, totals={"duplicates": 900})
    assert "  900 found more than once:" in lines
    assert sum("volume-" in line for line in lines) == 10
    assert "    … and 890 more (--list lists all)" in lines
