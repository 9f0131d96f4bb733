"""The rules that hold the shape of the code.

1. Imports run index -> search <- webui; only webui imports Flask; an engine's library is known to its
   own module alone; nobody asks NLTK for data.
2. Modules and functions stay small, and nothing is called utils.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for room in ("index", "search", "webui") for path in (ROOT / room).rglob("*.py"))
FORBIDDEN = {
    "search": {"index", "webui", "flask", "waitress", "werkzeug"},
    "index": {"webui", "flask", "waitress", "werkzeug", "whoosh", "tantivy", "nltk"},
    "webui": {"index", "whoosh", "tantivy", "nltk"},
}
ENGINE_LIBRARIES = {"whoosh": "search/engines/whoosh/", "tantivy": "search/engines/tantivy/"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)} imports relatively"
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_1_imports(path: Path) -> None:
    room = name(path).partition("/")[0]
    libraries = set(imported(path))
    assert libraries.isdisjoint(FORBIDDEN[room])
    for library, home in ENGINE_LIBRARIES.items():
        assert library not in libraries or name(path).startswith(home)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_1_nltk_is_never_asked_for_data(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not [
        word for word in ("nltk.download", "nltk.data", "word_tokenize", "nltk.corpus") if word in text
    ]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_2_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert "util" not in path.stem
    tree = ast.parse(text)
    assert ast.get_docstring(tree) or path.stem == "__init__"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 60, f"{node.name} has {length} lines"


def test_2_the_median_module_is_short() -> None:
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES)
    assert lengths[len(lengths) // 2] <= 120
