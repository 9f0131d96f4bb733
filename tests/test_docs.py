"""The documentation is true.

1. Every query of docs/query-language.md finds as many of the documents in seeds/ as the page says.
2. Every setting, option, route, parameter, key, facet, format and make target stands in the table or
   sentence that lists its kind, and these list nothing else.
3. Every command, request, example file and link works, and every path and module that is named exists.
4. Every date of docs/indexing.md is read, and every one of docs/citing.md cited, as the page says.
5. Every command prints help.
6. ARCHITECTURE.md has a row for each module; docs/adr/README.md has one for each record.
"""

import doctest
import re
import shlex
import tomllib
from dataclasses import fields, is_dataclass
from getopt import getopt
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import msgspec
import pytest
from click.testing import CliRunner

import search.evaluate
from index.formats import FORMATS
from index.indexer import Indexer
from index.metadata.dates import parse_date
from index.metadata.labels import Labels
from index.record_fields.family import BY_NAMESPACE, FAMILIES
from index.record_fields.mapping import table
from search.api.document_payload import document_payload
from search.api.endpoints import ENDPOINTS
from search.api.payload import answer_payload
from search.archive import Archive
from search.assistant.tools import TOOLS
from search.assistant.tools import call as call_tool
from search.citation.dates import chicago_date, csl_date
from search.citation.edtf import csl_edtf
from search.engines import Engine, open_engine
from search.export import EXPORTS
from search.export.csv import COLUMNS, PERMALINK
from search.log.lines import message_line
from search.parameters.question import HIT_KEYS, parse_parameters
from search.request import DATE, SearchRequest
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Settings, load_settings
from tests.api_tables import SECTIONS, WITHOUT_A_TABLE, rewritten
from tests.archive import SEEDS
from webui import create_app
from webui.log.request_entry import RequestEntry

ROOT = Path(__file__).parent.parent
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


@pytest.fixture(scope="module")
def seeds() -> Engine:
    engine = open_engine("memory:", Schema())
    Indexer(engine, engine.schema).run([str(SEEDS)])
    return engine


@pytest.mark.parametrize(
    ("query", "documents"), re.findall(r"^\| `(.+?)` \|.*\| (\d+) \|$", QUERIES, re.MULTILINE)
)
def test_1_queries_find_what_the_page_says(seeds: Engine, query: str, documents: str) -> None:
    question = parse_parameters([("q", query)], seeds.schema)
    assert Searcher(seeds).search(question).total == int(documents)


def setting_defaults(kind: type, prefix: str = "") -> dict[str, Any]:
    defaults: dict[str, Any] = {}
    for key in fields(kind):
        default: Any = key.default_factory() if callable(key.default_factory) else key.default
        name = f"{prefix}{key.name}"
        defaults |= setting_defaults(type(default), f"{name}.") if is_dataclass(default) else {name: default}
    return defaults


def test_2_settings_and_their_defaults() -> None:
    documented = {key.strip("`"): default.strip("`") for key, default, _ in rows(SETTINGS, "key")}
    assert documented == {
        name: "empty"
        if not default and default is not False
        else default
        if isinstance(default, str)
        else json_text(default)
        for name, default in setting_defaults(Settings).items()
    }


def json_text(value: object) -> str:
    return msgspec.json.encode(value).decode().replace(",", ", ")


def test_2_the_example_settings_can_be_used(tmp_path: Path) -> None:
    [example] = re.findall(r"```toml\n(.*?)```", SETTINGS, re.DOTALL)
    (tmp_path / "opis.toml").write_text(example, encoding="utf-8")
    settings = load_settings(str(tmp_path / "opis.toml"), {})
    assert settings.site.title.startswith("Letters")
    assert Labels.of(settings.labels) != Labels()


@pytest.mark.parametrize("command", COMMANDS)
def test_2_options(command: str) -> None:
    [heading] = re.findall(rf"^## `{re.escape(command)}(?: .*)?`$", COMMAND_PAGE, re.MULTILINE) or [""]
    documented = listed(section(COMMAND_PAGE, heading or f"## `{command}`"), "option")
    options = {name for option in COMMANDS[command].params for name in option.opts if name.startswith("--")}
    assert {name.partition(" ")[0] for name in documented} == options - {"--help"}


def test_2_public_names() -> None:
    page = PAGES["docs/python.md"]
    public = names(section(page, "## What is public")) | names(section(page, "## Errors"))
    documented = {name for name in public if name[0].isupper() or name in {"open_archive", "__version__"}}
    assert documented == {*search._PUBLIC, "__version__"}


def test_2_tools_of_assistants() -> None:
    page = PAGES["docs/assistants.md"]
    assert listed(page, "tool") == {tool.name for tool in TOOLS}
    examples = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    servers = [msgspec.json.decode(example)["mcpServers"]["letters"] for example in examples]
    assert [server.get("args", server.get("url")) for server in servers] == [
        ["--index", "auto:/home/me/opis/var/letters"],
        "http://127.0.0.1:8765/mcp",
    ]


def test_3_the_answer_to_an_assistant(seeds: Engine) -> None:
    page = PAGES["docs/assistants.md"]
    start, end = "1 document; hits", "Read one: "
    [example] = re.findall(rf"^    ({start}.*?^    {end}.*?$)", page, re.MULTILINE | re.DOTALL)
    asked = {"q": "armistice", "author": ["Kuznetsov"]}
    answer = call_tool(Archive(Searcher(seeds), Settings()), "search", asked)
    told = re.sub("[0-9a-f]{12} (begins|ends)", r"497a5915b39e \1", answer.text).splitlines()
    for line, there in zip(told, example.replace("\n    ", "\n").splitlines(), strict=True):
        assert line == there or (there.endswith("…") and line.startswith(there[:-1]))


def test_2_make_targets() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed(section(COMMAND_PAGE, "## `make`"), "target") == {f"make {target}" for target in targets}


def test_2_addresses_parameters_and_errors_of_the_api(pytestconfig: pytest.Config) -> None:
    """`--update` writes these parts of docs/api.md."""
    if pytestconfig.getoption("update"):
        (ROOT / "docs" / "api.md").write_text(rewritten(API), encoding="utf-8")
    else:
        assert rewritten(API) == API


def test_2_every_parameter_has_a_row() -> None:
    described = {name for names in SECTIONS.values() for name in names} | WITHOUT_A_TABLE
    assert described == {item.name for item in ENDPOINTS if item.parameters(Schema()).parameters}


def test_2_keys_of_an_answer(seeds: Engine) -> None:
    answer = Searcher(seeds).search(parse_parameters([("q", "unheardof armistice")], seeds.schema))
    table = rows(section(API, "## Search"), "key")
    assert {name for row in table for name in names(row[0])} == set(answer_payload(answer).__struct_fields__)
    assert {row[0]: names(row[1]) for row in table}["`hits`"] == set(HIT_KEYS)


def test_2_keys_of_a_document(seeds: Engine) -> None:
    keys = set(document_payload(next(iter(seeds.scan(SearchRequest())))).__struct_fields__)
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
def test_2_keys_of_other_answers(seeds: Engine, heading: str, address: str) -> None:
    doc_id = next(iter(seeds.scan(SearchRequest()))).id
    found = create_app(Settings(), seeds).test_client().get(address.format(id=doc_id)).get_json()
    text = section(API, heading)
    shared = names(" ".join(re.findall(r"The answer has.*?and:", text, re.DOTALL))) - {"date", "interval"}
    assert listed(text, "key") | shared == set(found)


def test_2_columns_and_formats_of_an_export() -> None:
    columns = [
        name for row in rows(section(EXPORT, "## CSV"), "column") for name in re.findall("`(.+?)`", row[0])
    ]
    assert columns == [*(column.name for column in COLUMNS), PERMALINK]
    documented = {row[0].strip("`"): row[1].strip("`") for row in rows(EXPORT, "format")}
    assert documented == {name: f".{form.suffix}" for name, form in EXPORTS.items()}


def test_2_keys_of_the_log() -> None:
    entry = RequestEntry(0, "", "", "", 200, 0, 0, 0, "", "", "q=x")
    request = entry.line("json", with_query=True)
    message = message_line(0, "", "", {"logger": "", "traceback": ""}, "json")
    documented = listed(section(PAGES["docs/operating.md"], "## The log"), "key")
    assert set(documented) == {*msgspec.json.decode(request), *msgspec.json.decode(message)}


def test_2_facets() -> None:
    facets = {*Schema().facets, DATE}
    assert names(sentence(API, "The facet's name is")) == facets
    [row] = [row for row in rows(SETTINGS, "key") if row[0] == "`facets`"]
    assert names(row[2]) == facets


def test_2_fields_of_queries() -> None:
    documented = section(QUERIES, "## Fields").partition(" take")[0]
    assert names(documented) == set(Schema().query_fields)


def test_2_formats() -> None:
    suffixes = {suffix for form in FORMATS for suffix in form.suffixes}
    assert listed(section(INDEXING, "## Formats"), "files") - {".gz"} == suffixes


def test_2_keys_of_records() -> None:
    text = section(INDEXING, "## Records")
    documented = {row[0]: re.findall("`(.+?)`", row[1]) for row in rows(text, "field")}
    assert documented == {f"`{name}`": keys for name, keys in table("generic")["fields"].items()}


def test_2_families_of_records() -> None:
    text = section(INDEXING, "## Records")
    documented = {row[0]: re.findall("`(.+?)`", row[1]) for row in rows(text, "records of")}
    families = [table(name) for name in (*FAMILIES, BY_NAMESPACE)]
    assert documented == {one["title"]: one.get("marks") or one["namespaces"] for one in families}


def test_2_the_report(seeds: Engine) -> None:
    report = msgspec.json.decode(Indexer(seeds, seeds.schema).run([str(SEEDS)]).to_json())
    documented = names(section(INDEXING, "## The report"))
    assert documented - {"/about", "--json", "source", "reason", "id", "characters", "share"} == set(report)


@pytest.mark.parametrize("page", PAGES)
def test_3_commands_exist(page: str) -> None:
    shell = "\n".join(re.findall(r"```sh\n(.*?)```", PAGES[page], re.DOTALL))
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for target in re.findall(r"(?:^make |`make )(\w+)", shell + "\n" + PAGES[page], re.MULTILINE):
        assert target in targets
    for line in shell.splitlines():
        [command] = [name for name in COMMANDS if line.startswith(name)] or [""]
        if command:
            known = {name for option in COMMANDS[command].params for name in option.opts}
            assert set(re.findall(r"(?<!\S)--[\w-]+", line.partition(" #")[0])) <= known


SEARCHES = re.findall(r"^(?:cut .* \| )?(opis-search .*)$", "\n".join(PAGES.values()), re.MULTILINE)


@pytest.fixture(scope="module")
def seeds_on_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("searches")
    engine = open_engine(f"auto:{folder / 'var' / 'index'}", Schema(), create=True)
    Indexer(engine, engine.schema).run([str(SEEDS)])
    engine.close()
    (folder / "names.txt").write_text("Molotov\nKuznetsov\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("line", sorted({line.partition(" #")[0].strip() for line in SEARCHES}))
def test_3_searches_run(seeds_on_disk: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.chdir(seeds_on_disk)
    command, _, _ = line.partition(" > ")
    run = CliRunner().invoke(COMMANDS["opis-search"], shlex.split(command)[1:], input="Molotov\n")
    assert run.exit_code == 0, run.output
    assert "No document matches" not in run.output


REQUESTS = re.findall(
    r"^(curl .*?)\n(?:```\n\n```json\n(.*?)\n```)?", "\n".join(PAGES.values()), re.MULTILINE | re.DOTALL
)
"""Each request of the pages, and the answer that stands below it, if one does."""


@pytest.mark.parametrize(("command", "answer"), REQUESTS)
def test_3_requests_are_answered(seeds: Engine, command: str, answer: str) -> None:
    """With 200, or the status that a comment names."""
    words = shlex.shlex(command, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    [name, *options], status = list(words), re.search(r" # (\d+)", command)
    given, [address] = getopt(options, "isH:")
    headers = dict(value.split(": ", 1) for option, value in given if option == "-H")
    path = address.removeprefix("http://127.0.0.1:8000")
    response = create_app(Settings(), seeds).test_client().get(path, headers=headers)
    assert (name, response.status_code) == ("curl", int(status[1]) if status else 200)
    if answer:
        assert response.get_json() == msgspec.json.decode(answer)


def test_3_the_examples_in_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Programs run, and what is typed at a prompt gives what the page shows, over seeds/."""
    monkeypatch.chdir(tmp_path)
    engine = open_engine("auto:var/index", Schema(), create=True)
    Indexer(engine, engine.schema).run([str(SEEDS)])
    engine.close()
    page = PAGES["docs/python.md"]
    for program in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(program, {})  # noqa: S102 - our own page
        assert capsys.readouterr().out.startswith("3 documents\n")
    prompt = "\n".join(re.findall(r"```pycon\n(.*?)```", page, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(prompt, {}, "docs/python.md", None, None)
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(test)
    assert (result.failed, result.attempted > 30) == (0, True), capsys.readouterr().out


def test_3_the_example_sidecar_and_aliases(tmp_path: Path) -> None:
    [sidecar] = re.findall(r"```toml\n(.*?)```", INDEXING, re.DOTALL)
    [aliases] = re.findall(r"```\n(# preferred.*?)```", INDEXING, re.DOTALL)
    (tmp_path / "letter.txt").write_text("Sir, I have the honour to write to you.", encoding="utf-8")
    (tmp_path / "letter.txt.meta.toml").write_text(sidecar, encoding="utf-8")
    (tmp_path / "aliases.txt").write_text(f"{aliases}Smith, Adam; A. Smith", encoding="utf-8")
    engine = open_engine("memory:", Schema())
    assert Indexer(engine, engine.schema).run([str(tmp_path)]).failed == ()
    [document] = engine.scan(SearchRequest())
    assert (document.title, document.authors) == (tomllib.loads(sidecar)["title"], ("Smith, Adam",))


@pytest.mark.parametrize("page", PAGES)
def test_3_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", PAGES[page])
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_3_paths_exist(page: str) -> None:
    paths = re.findall(r"`((?:index|search|webui|tests|docs)/[\w./-]*)(?=[`:])", PAGES[page])
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "certainty"),
    re.findall(r"^\| `(.+?)` \| ([-\d]*) ?\| ([-\d]*) ?\| (\w+) \|$", INDEXING, re.MULTILINE),
)
def test_4_dates_are_read_so(text: str, earliest: str, latest: str, certainty: str) -> None:
    date = parse_date(text)
    assert date is not None
    assert (date.earliest_iso or "", date.latest_iso or "", date.certainty) == (earliest, latest, certainty)


@pytest.mark.parametrize("row", rows(PAGES["docs/citing.md"], "the document says")[:-2], ids=str)
def test_4_dates_are_cited_so(row: list[str]) -> None:
    written, words, parts, extended = row
    date = parse_date(written.strip("`"))
    found = csl_date(date)
    assert found is not None
    assert chicago_date(date) == words
    assert str(found["date-parts"]) == parts.partition("`, ")[0].strip("`")
    assert found.get("circa", False) == ("circa" in parts)
    assert csl_edtf(found) == extended.strip("`")


@pytest.mark.parametrize("command", COMMANDS)
def test_5_help(command: str) -> None:
    run = CliRunner().invoke(COMMANDS[command], ["--help"])
    assert run.exit_code == 0
    options = [option for option in COMMANDS[command].params if isinstance(option, click.Option)]
    assert all(option.opts[0] in run.output for option in options)


@pytest.mark.parametrize("package", sorted({path.parent.relative_to(ROOT).as_posix() for path in MODULES}))
def test_6_every_module_has_a_row(package: str) -> None:
    [heading] = re.findall(rf"^##+ `{package}/`.*$", ARCHITECTURE, re.MULTILINE)
    modules = {path.stem for path in MODULES if path.parent == ROOT / package}
    assert listed(section(ARCHITECTURE, heading), "module") == modules


def test_6_every_record_is_in_the_index() -> None:
    assert re.findall(r"\]\((\d.*?\.md)\)", PAGES["docs/adr/README.md"]) == RECORDS
