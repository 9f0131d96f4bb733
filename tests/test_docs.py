"""The documentation names what there is, and nothing else.

1. Every setting, option, route, parameter, key, facet, format and make target stands in the table or
   sentence that lists its kind, and these list nothing else.
2. Every path, module and link that is named leads somewhere. ARCHITECTURE.md has a row for each module;
   docs/adr/README.md one for each record.

That the examples of the pages work is shown in tests/docs/.
"""

import re
from dataclasses import fields, is_dataclass
from typing import Any

import msgspec
import pytest

import search.evaluate
from index.formats import FORMATS
from index.indexer import Indexer
from index.record_fields.family import BY_NAMESPACE, FAMILIES
from index.record_fields.mapping import table
from index.watching.entries import FailureEntry, RunEntry
from index.watching.events import Looked, RunDone
from index.watching.metrics import RUN_SECONDS, RUNS, WatchMetrics
from search.api.document_payload import document_payload
from search.api.endpoints import ENDPOINTS
from search.api.payload import answer_payload
from search.assistant.tools import TOOLS
from search.commit_data.health_report import SourceProblem
from search.engines import Engine, open_engine
from search.engines.index_readings import index_readings
from search.engines.memory import MemoryEngine
from search.export import EXPORTS
from search.export.csv import COLUMNS, PERMALINK
from search.log.lines import message_line
from search.metrics.common import build_reading
from search.parameters.question import HIT_KEYS, parse_parameters
from search.request import DATE, SearchRequest
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Settings
from tests import language_table
from tests.api_tables import SECTIONS, WITHOUT_A_TABLE, rewritten
from tests.archive import SEEDS
from tests.docs.pages import (
    API,
    ARCHITECTURE,
    COMMAND_PAGE,
    COMMANDS,
    EXPORT,
    INDEXING,
    MODULES,
    PAGES,
    QUERIES,
    RECORDS,
    ROOT,
    SETTINGS,
    listed,
    names,
    rows,
    section,
    sentence,
)
from webui import create_app
from webui.log.request_entry import RequestEntry
from webui.metrics.declared import ALL as METRICS


def setting_defaults(kind: type, prefix: str = "") -> dict[str, Any]:
    defaults: dict[str, Any] = {}
    for key in fields(kind):
        default: Any = key.default_factory() if callable(key.default_factory) else key.default
        name = f"{prefix}{key.name}"
        defaults |= setting_defaults(type(default), f"{name}.") if is_dataclass(default) else {name: default}
    return defaults


def test_1_settings_and_their_defaults() -> None:
    documented = {key.strip("`"): default.strip("`") for key, default, _ in rows(SETTINGS, "key")}
    assert documented == {
        name: "empty"
        if default in ("", (), [], {})
        else default
        if isinstance(default, str)
        else json_text(default)
        for name, default in setting_defaults(Settings).items()
    }


def json_text(value: object) -> str:
    return msgspec.json.encode(value).decode().replace(",", ", ")


@pytest.mark.parametrize("command", COMMANDS)
def test_1_options(command: str) -> None:
    [heading] = re.findall(rf"^## `{re.escape(command)}(?: .*)?`$", COMMAND_PAGE, re.MULTILINE) or [""]
    documented = listed(section(COMMAND_PAGE, heading or f"## `{command}`"), "option")
    options = {name for option in COMMANDS[command].params for name in option.opts if name.startswith("--")}
    assert {name.partition(" ")[0] for name in documented} == options - {"--help"}


def test_1_public_names() -> None:
    page = PAGES["docs/python.md"]
    public = names(section(page, "## What is public")) | names(section(page, "## Errors"))
    documented = {name for name in public if name[0].isupper() or name in {"open_archive", "__version__"}}
    assert documented == {*search._PUBLIC, "__version__"}


def test_1_tools_of_assistants() -> None:
    page = PAGES["docs/assistants.md"]
    assert listed(page, "tool") == {tool.name for tool in TOOLS}
    examples = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    servers = [msgspec.json.decode(example)["mcpServers"]["letters"] for example in examples]
    assert [server.get("args", server.get("url")) for server in servers] == [
        ["--index", "auto:/home/me/opis/var/letters"],
        "http://127.0.0.1:8765/mcp",
    ]


def test_1_make_targets() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed(section(COMMAND_PAGE, "## `make`"), "target") == {f"make {target}" for target in targets}


def test_1_addresses_parameters_and_errors_of_the_api(pytestconfig: pytest.Config) -> None:
    """`--update` writes these parts of docs/api.md."""
    if pytestconfig.getoption("update"):
        (ROOT / "docs" / "api.md").write_text(rewritten(API), encoding="utf-8")
    else:
        assert rewritten(API) == API


def test_1_languages(pytestconfig: pytest.Config) -> None:
    """`--update` writes the table of docs/languages.md."""
    page = PAGES["docs/languages.md"]
    if pytestconfig.getoption("update"):
        (ROOT / "docs" / "languages.md").write_text(language_table.rewritten(page), encoding="utf-8")
    else:
        assert language_table.rewritten(page) == page


def test_1_every_parameter_has_a_row() -> None:
    described = {name for names in SECTIONS.values() for name in names} | WITHOUT_A_TABLE
    assert described == {item.name for item in ENDPOINTS if item.parameters(Schema()).parameters}


def test_1_keys_of_an_answer(seed_index: Engine) -> None:
    answer = Searcher(seed_index).search(parse_parameters([("q", "unheardof armistice")], seed_index.schema))
    table = rows(section(API, "## Search"), "key")
    assert {name for row in table for name in names(row[0])} == set(answer_payload(answer).__struct_fields__)
    assert {row[0]: names(row[1]) for row in table}["`hits`"] == set(HIT_KEYS)


def test_1_keys_of_a_document(seed_index: Engine) -> None:
    keys = set(document_payload(next(iter(seed_index.scan(SearchRequest())))).__struct_fields__)
    documented = sentence(section(API, "## Documents"), "A hit's keys but")
    inner = names(" ".join(re.findall(r"\(.*?\)", documented, re.DOTALL)))
    assert names(documented) - inner == keys - set(HIT_KEYS) | {"score", "highlights"}


@pytest.mark.parametrize(
    ("heading", "address"),
    [
        ("## All values of a facet", "/api/v1/facets/author?q=armistice"),
        ("## The receipt of a search", "/api/v1/search/receipt?q=armistice"),
        ("### Inside a document", "/api/v1/documents/{id}/search?q=armistice"),
    ],
)
def test_1_keys_of_other_answers(seed_index: Engine, heading: str, address: str) -> None:
    doc_id = next(iter(seed_index.scan(SearchRequest()))).id
    found = create_app(Settings(), seed_index).test_client().get(address.format(id=doc_id)).get_json()
    text = section(API, heading)
    shared = names(" ".join(re.findall(r"The answer has.*?and:", text, re.DOTALL))) - {"date", "interval"}
    assert listed(text, "key") | shared == set(found)


def test_1_columns_and_formats_of_an_export() -> None:
    columns = [
        name for row in rows(section(EXPORT, "## CSV"), "column") for name in re.findall("`(.+?)`", row[0])
    ]
    assert columns == [*(column.name for column in COLUMNS), PERMALINK]
    documented = {row[0].strip("`"): row[1].strip("`") for row in rows(EXPORT, "format")}
    assert documented == {name: f".{form.suffix}" for name, form in EXPORTS.items()}


def test_1_keys_of_the_log(seed_index: Engine) -> None:
    request = RequestEntry(0, "", "", "", 200, 0, 0, 0, "", "", "q=x").line("json", with_query=True)
    run = RunEntry(0, Indexer(seed_index, seed_index.schema).run([str(SEEDS)])).line("json")
    failure = FailureEntry(0, SourceProblem("", "")).line("json")
    message = message_line(0, "", "", {"logger": "", "traceback": ""}, "json")
    documented = listed(section(PAGES["docs/operating.md"], "## The log"), "key")
    written = {key for line in (request, run, failure, message) for key in msgspec.json.decode(line)}
    assert documented == written


def test_1_metrics(seed_index: Engine) -> None:
    text = section(PAGES["docs/operating.md"], "## Metrics")
    readings = [*build_reading(), *index_readings(seed_index)]
    of_server = {metric.name for metric in METRICS} | {
        reading.name + "_info" * (reading.kind == "info") for reading in readings
    }
    documented = {name for name in listed(text, "metric") if name.startswith("opis_")}
    assert documented == of_server | {"opis_index_commit_timestamp_seconds"}
    labels = {name for row in rows(text, "metric") for name in names(row[1])}
    assert labels == {"process"} | {label for metric in METRICS for label in metric.labels} | {
        label for reading in readings for label in reading.labels
    }


def test_1_metrics_of_a_watcher() -> None:
    readings = WatchMetrics(lambda: 0.0, lambda: 0.0)
    readings(Looked({"letters": True}))
    readings(RunDone(Indexer(MemoryEngine(Schema()), Schema()).run([str(SEEDS)]), ()))
    metrics = {RUNS.name, RUN_SECONDS.name, *(reading.name for reading in readings.readings())}
    assert listed(PAGES["docs/operating.md"], "watched") == metrics


def test_1_facets() -> None:
    facets = {*Schema().facets, DATE}
    assert names(sentence(API, "The facet's name is")) == facets
    [row] = [row for row in rows(SETTINGS, "key") if row[0] == "`facets`"]
    assert names(row[2]) == facets


def test_1_fields_of_queries() -> None:
    documented = section(QUERIES, "## Fields").partition(" take")[0]
    assert names(documented) == set(Schema().query_fields)


def test_1_formats() -> None:
    suffixes = {suffix for form in FORMATS for suffix in form.suffixes}
    assert listed(section(INDEXING, "## Formats"), "files") - {".gz"} == suffixes


def test_1_keys_of_records() -> None:
    text = section(INDEXING, "## Records")
    documented = {row[0]: re.findall("`(.+?)`", row[1]) for row in rows(text, "field")}
    assert documented == {f"`{name}`": keys for name, keys in table("generic")["fields"].items()}


def test_1_families_of_records() -> None:
    text = section(INDEXING, "## Records")
    documented = {row[0]: re.findall("`(.+?)`", row[1]) for row in rows(text, "records of")}
    families = [table(name) for name in (*FAMILIES, BY_NAMESPACE)]
    assert documented == {one["title"]: one.get("marks") or one["namespaces"] for one in families}


def test_1_the_report() -> None:
    report = msgspec.json.decode(
        Indexer(open_engine("memory:", Schema()), Schema()).run([str(SEEDS)]).to_json()
    )
    documented = names(section(INDEXING, "## The report"))
    assert documented - {"/about", "--json", "source", "reason", "id", "characters", "share"} == set(report)


@pytest.mark.parametrize("page", PAGES)
def test_2_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", PAGES[page])
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_2_paths_exist(page: str) -> None:
    paths = re.findall(r"`((?:index|search|webui|tests|docs)/[\w./-]*)(?=[`:])", PAGES[page])
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("package", sorted({path.parent.relative_to(ROOT).as_posix() for path in MODULES}))
def test_2_every_module_has_a_row(package: str) -> None:
    [heading] = re.findall(rf"^##+ `{package}/`.*$", ARCHITECTURE, re.MULTILINE)
    modules = {path.stem for path in MODULES if path.parent == ROOT / package}
    assert listed(section(ARCHITECTURE, heading), "module") == modules


def test_2_every_record_is_in_the_index() -> None:
    assert re.findall(r"\]\((\d.*?\.md)\)", PAGES["docs/adr/README.md"]) == RECORDS
