"""The documentation is true.

1. Every query of docs/query-language.md finds on seeds/ as many documents as it says.
2. Every setting, command-line option, route, parameter and key of the API is documented.
3. Every command and link in the documentation exists; every date of docs/indexing.md is read so.
4. Commands for a person print help.
"""

import re
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import click
import msgspec
import pytest
from click.testing import CliRunner

import index.__main__
import search.__main__
import search.evaluate
import webui.__main__
from index.formats import FORMATS
from index.indexer import Indexer
from index.metadata.dates import parse_date
from index.metadata.labels import Labels
from search.api.parameters import HIT_KEYS, PARAMETERS, parse_parameters
from search.api.payload import answer_payload, document_payload
from search.engines import Engine, open_engine
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Settings, load_settings
from tests.archive import SEEDS
from webui import create_app

ROOT = Path(__file__).parent.parent
INSTALLED = {"index": "opis-index", "search": "opis-search", "webui": "opis-serve"}
COMMANDS = {
    "opis-index": index.__main__.main,
    "opis-search": search.__main__.main,
    "python -m search.evaluate": search.evaluate.main,
    "opis-serve": webui.__main__.main,
}


def page_text(path: Path) -> str:
    """The text of a page, with commands of the form `python -m index` under their installed names."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"python -m (index|search|webui)\b(?!\.)", lambda match: INSTALLED[match[1]], text)


DOCS = {path.name: page_text(path) for path in (ROOT / "docs").glob("*.md")}
PAGES = DOCS | {name: page_text(ROOT / name) for name in ("README.md", "ARCHITECTURE.md")}
ROW = re.compile(r"^\| `(.+?)` \|.*\| (\d+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def seeds() -> Engine:
    engine = open_engine("memory:", Schema())
    Indexer(engine, engine.schema).run([str(SEEDS)])
    return engine


@pytest.mark.parametrize(("query", "documents"), ROW.findall(DOCS["query-language.md"]))
def test_1_queries_find_what_the_page_says(seeds: Engine, query: str, documents: str) -> None:
    question = parse_parameters([("q", query)], seeds.schema)
    assert Searcher(seeds).search(question).total == int(documents)


def setting_names(kind: type, prefix: str = "") -> list[str]:
    names = []
    for key in fields(kind):
        default: Any = key.default_factory() if callable(key.default_factory) else key.default
        nested = is_dataclass(default)
        names += setting_names(type(default), f"{prefix}{key.name}.") if nested else [prefix + key.name]
    return names


@pytest.mark.parametrize("setting", setting_names(Settings))
def test_2_settings_are_documented(setting: str) -> None:
    assert f"| `{setting}` |" in DOCS["settings.md"]


def test_2_the_example_settings_can_be_used(tmp_path: Path) -> None:
    [example] = re.findall(r"```toml\n(.*?)```", DOCS["settings.md"], re.DOTALL)
    assert tomllib.loads(example)
    (tmp_path / "opis.toml").write_text(example, encoding="utf-8")
    settings = load_settings(str(tmp_path / "opis.toml"), {})
    assert settings.site.title.startswith("Letters")
    assert Labels.of(settings.labels) != Labels()


@pytest.mark.parametrize("command", COMMANDS)
def test_2_options_are_documented(command: str) -> None:
    section = next(part for part in DOCS["commands.md"].split("\n## ") if part.startswith(f"`{command}"))
    section = section.partition("\n## ")[0]
    options = {name for option in COMMANDS[command].params for name in option.opts if name.startswith("--")}
    documented = set(re.findall(r"^\| `(--\w+)", section, re.MULTILINE))
    assert documented == options - {"--help"}


def test_2_routes_are_documented(seeds: Engine) -> None:
    rules = {rule.rule for rule in create_app(Settings(), seeds).url_map.iter_rules()}
    documented = set(re.findall(r"`(/[^` ]*)`", DOCS["api.md"].partition("## Search")[0]))
    said = {re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", rule) for rule in rules}
    assert {re.sub("<.*?>", "<>", rule) for rule in said} == {
        re.sub("<.*?>", "<>", path) for path in documented
    }


def test_2_parameters_and_keys_are_documented(seeds: Engine) -> None:
    page = DOCS["api.md"]
    answer = Searcher(seeds).search(parse_parameters([("q", "unheardof armistice")], seeds.schema))
    document = document_payload(answer.hits[0].document)
    names = {*PARAMETERS, *seeds.schema.facets, *HIT_KEYS, *answer_payload(answer), *document}
    assert [name for name in sorted(names) if f"`{name}`" not in page] == []


def test_2_formats_are_documented() -> None:
    suffixes = {suffix for form in FORMATS for suffix in form.suffixes}
    assert [suffix for suffix in sorted(suffixes) if f"`{suffix}`" not in DOCS["indexing.md"]] == []


def test_2_the_report_is_documented(seeds: Engine) -> None:
    report = msgspec.json.decode(Indexer(seeds, seeds.schema).run([str(SEEDS)]).to_json())
    assert [key for key in report if f"`{key}`" not in DOCS["indexing.md"]] == []


@pytest.mark.parametrize("page", PAGES)
def test_3_commands_exist(page: str) -> None:
    shell = "\n".join(re.findall(r"```sh\n(.*?)```", PAGES[page], re.DOTALL))
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    for target in re.findall(r"(?:^make |`make )(\w+)", shell + "\n" + PAGES[page], re.MULTILINE):
        assert target in targets
    for command, arguments in re.findall(
        r"^(python -m search\.\w+|opis-\w+) ?(.*?)(?:  +#.*)?$", shell, re.MULTILINE
    ):
        known = {name for option in COMMANDS[command].params for name in option.opts}
        assert set(re.findall(r"(?<!\S)--\w+", arguments)) <= known


@pytest.mark.parametrize("page", PAGES)
def test_3_links_lead_somewhere(page: str) -> None:
    folder = ROOT if page in {"README.md", "ARCHITECTURE.md"} else ROOT / "docs"
    links = re.findall(r"\]\((?!https?:)([^)#]+)", PAGES[page])
    assert [link for link in links if not (folder / link).exists()] == []


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "certainty"),
    re.findall(r"^\| `(.+?)` \| ([-\d]*) ?\| ([-\d]*) ?\| (\w+) \|$", DOCS["indexing.md"], re.MULTILINE),
)
def test_3_dates_are_read_so(text: str, earliest: str, latest: str, certainty: str) -> None:
    date = parse_date(text)
    assert date is not None
    assert (date.earliest_iso or "", date.latest_iso or "", date.certainty) == (earliest, latest, certainty)


@pytest.mark.parametrize("command", COMMANDS)
def test_4_help(command: str) -> None:
    run = CliRunner().invoke(COMMANDS[command], ["--help"])
    assert run.exit_code == 0
    options = [option for option in COMMANDS[command].params if isinstance(option, click.Option)]
    assert all(option.opts[0] in run.output for option in options)
