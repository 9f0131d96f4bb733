"""The rules that hold the shape of the code.

1. Imports run index -> search <- webui; only webui imports Flask; the libraries of engines and of
   assistants are known to their own packages alone; nobody asks NLTK for data.
2. Inside each of the three, imports run down the table LAYERS and never up, so no circle can form.
3. Modules, functions and packages stay small, those of tests as well, and nothing is called utils.
4. `search.api.urls` alone spells addresses, and `webui` reaches engines through `Searcher` alone.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for room in ("index", "search", "webui") for path in (ROOT / room).rglob("*.py"))
FORBIDDEN = {
    "search": {"index", "webui", "flask", "waitress", "werkzeug"},
    "index": {"webui", "flask", "waitress", "werkzeug", "whoosh", "tantivy", "nltk"},
    "webui": {"index", "whoosh", "tantivy", "nltk"},
}
LAYERS = {
    "search": [
        {"__main__"},
        {"command"},
        {"evaluate"},
        {"assistant", "discovery"},
        {"archive", "feed"},
        {"export"},
        {"cli", "api", "searcher"},
        {"parameters"},
        {"answering", "receipt", "suggestions"},
        {"interpretation"},
        {"expansion"},
        {"engines"},
        {"facets", "highlighting", "wording"},
        {"answer"},
        {"results"},
        {"log"},
        {"metrics"},
        {"request", "analyzed", "commit_data", "settings"},
        {"query"},
        {"citation", "schema"},
        {"vocabulary", "ranking"},
        {"listening"},
        {"analysis", "document"},
        {"calendar", "edits", "errors", "one_line", "positions"},
        {"messages"},
        {"cache", "languages"},
    ],
    "index": [
        {"__main__"},
        {"watching"},
        {"copying", "indexer", "verification"},
        {"runs"},
        {"formats"},
        {"metadata"},
        {"sources"},
        {"workers"},
        {"record_fields", "encoding"},
        {"extracted"},
    ],
    "webui": [
        {"__main__"},
        {"__init__", "serving"},
        {"app"},
        {"pages", "api", "error_handlers", "rendering", "server"},
        {"original_files"},
        {"components"},
        {"metrics"},
        {"compression", "cors", "hosts", "i18n", "lookups", "state"},
        {"log", "request_limits", "security"},
    ],
}
"""The map: each package and module may import what stands below it, and what stands inside it."""
HOMES = {
    "babel": "webui/i18n/",
    "whoosh": "search/engines/whoosh/",
    "tantivy": "search/engines/tantivy/",
    "mcp": "search/assistant/",
    "mcp_types": "search/assistant/",
    "prometheus_client": "search/metrics/",
    "starlette": "search/assistant/",
    "urllib3": "search/engines/opensearch/",
    "uvicorn": "search/assistant/",
}
"""The libraries that one package alone imports."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def syntax_tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(syntax_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)} imports relatively"
            yield (node.module or "").partition(".")[0]


def test_1_imports() -> None:
    wrong = [
        f"{name(path)} imports {library}"
        for path in MODULES
        for library in set(imported(path))
        if library in FORBIDDEN[name(path).partition("/")[0]]
        or not name(path).startswith(HOMES.get(library, ""))
    ]
    assert wrong == []


def layer(module: str) -> tuple[str, str, int]:
    """The package of the three, what of it the module belongs to, and how far down the map that stands."""
    top, _, rest = module.partition(".")
    part = rest.partition(".")[0] or "__init__"
    [depth] = [depth for depth, parts in enumerate(LAYERS[top]) if part in parts] or [-1]
    return top, part, depth


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(syntax_tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in LAYERS:
            module = node.module or ""
            folder = ROOT / module.replace(".", "/")
            for alias in node.names:
                is_module = (folder / f"{alias.name}.py").exists() or (folder / alias.name).is_dir()
                yield f"{module}.{alias.name}" if is_module else module


def test_2_imports_run_down_the_map() -> None:
    wrong = []
    for path in MODULES:
        own = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if own in LAYERS or own.removesuffix(".__init__") in {"search", "index"}:
            continue
        top, part, depth = layer(own)
        if depth < 0:
            wrong.append(f"{own} is not on the map")
        for module in imported_modules(path):
            other_top, other_part, other_depth = layer(module)
            if other_top == top and other_part != part and other_depth <= depth:
                wrong.append(f"{own} imports {module}, which stands no lower")
    assert wrong == []


def test_1_nltk_is_never_asked_for_data() -> None:
    words = ("nltk.download", "nltk.data", "word_tokenize", "nltk.corpus")
    texts = {name(path): path.read_text(encoding="utf-8") for path in MODULES}
    assert [path for path, text in texts.items() if any(word in text for word in words)] == []


def test_3_modules_are_small() -> None:
    everywhere = [*MODULES, *(ROOT / "tests").rglob("*.py")]
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in everywhere}
    assert {path: length for path, length in lengths.items() if length > 300} == {}
    assert [name(path) for path in everywhere if "util" in path.stem] == []


def test_3_modules_say_what_they_are_for() -> None:
    silent = [path for path in MODULES if not ast.get_docstring(syntax_tree(path))]
    assert [name(path) for path in silent if path.stem != "__init__"] == []


def test_3_functions_are_short() -> None:
    lengths = {
        f"{name(path)}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES
        for node in ast.walk(syntax_tree(path))
        if isinstance(node, ast.FunctionDef)
    }
    assert {function: length for function, length in lengths.items() if length > 60} == {}


def test_3_the_median_module_is_short() -> None:
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES)
    assert lengths[len(lengths) // 2] <= 120


def test_3_packages_are_small() -> None:
    packages = {path.parent for path in MODULES}
    crowded = {
        name(package): count
        for package in packages
        if (count := len([path for path in package.glob("*.py") if path.stem != "__init__"])) > 20
    }
    assert crowded == {}


def strings(path: Path) -> Iterator[str]:
    """The string literals of a module, but for its docstrings."""
    tree = syntax_tree(path)
    statements = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in statements:
            yield node.value


def test_4_addresses_are_spelt_in_one_module() -> None:
    spelt = {
        name(path)
        for path in MODULES
        for text in strings(path)
        if name(path).startswith(("search/", "webui/")) and ("/api/v1" in text or text == "/search")
    }
    assert spelt == {"search/api/urls.py"}


@pytest.mark.parametrize("path", sorted((ROOT / "webui" / "templates").glob("*.html")), ids=name)
def test_4_templates_spell_no_addresses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not [part for part in ("/search", "/documents/", "/facets/", "/api/") if part in text]


def test_4_webui_asks_the_searcher() -> None:
    parts = ("searcher.engine", ".engine.", "engine.search(")
    texts = {name(path): path.read_text(encoding="utf-8") for path in (ROOT / "webui").rglob("*.py")}
    assert [path for path, text in texts.items() if any(part in text for part in parts)] == []
