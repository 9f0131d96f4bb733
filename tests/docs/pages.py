"""The pages of the documentation, and what stands in their tables and sentences."""

import re
import tomllib
from importlib import import_module
from pathlib import Path

import click

import search.evaluate

ROOT = Path(__file__).parents[2]
SCRIPTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
COMMANDS: dict[str, click.Command] = {"python -m search.evaluate": search.evaluate.main} | {
    name: getattr(import_module(place.partition(":")[0]), place.partition(":")[2])
    for name, place in SCRIPTS.items()
}
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
}
API, COMMAND_PAGE, INDEXING, SETTINGS, QUERIES, EXPORT, ARCHITECTURE = (
    PAGES[name]
    for name in (
        "docs/api.md", "docs/commands.md", "docs/indexing.md", "docs/settings.md", "docs/query-language.md",
        "docs/export.md", "ARCHITECTURE.md",
    )
)  # fmt: skip
MODULES = sorted(
    path
    for room in ("index", "search", "webui")
    for path in (ROOT / room).rglob("*.py")
    if path.stem != "__init__"
)
RECORDS = sorted(path.name for path in (ROOT / "docs" / "adr").glob("0*.md"))


def section(page: str, heading: str) -> str:
    """The text below a heading, up to the next one of any level outside of code."""
    return re.sub("```.*?```", "", page, flags=re.DOTALL).partition(f"{heading}\n")[2].partition("\n#")[0]


def rows(text: str, first: str) -> list[list[str]]:
    """The rows of the table whose header begins with the cell `first`, without header and rule."""
    table = text.partition(f"\n| {first} |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()[2:]]


def names(text: str) -> set[str]:
    """The names in backticks."""
    return set(re.findall(r"`([^`]+)`", text))


def listed(text: str, first: str) -> set[str]:
    """The names in the first column of a table."""
    return {name for row in rows(text, first) for name in names(row[0])}


def sentence(page: str, beginning: str) -> str:
    [found] = re.findall(rf"{re.escape(beginning)}.*?[.;](?=\s)", page, re.DOTALL)
    return str(found)
