"""The examples of the documentation work.

1. Every query of docs/query-language.md finds as many of the documents in seeds/ as the page says.
2. Every command exists, prints help, and has the options that the pages give it.
3. Every search, request, program and example file does what the page says.
4. Every date of docs/indexing.md is read, and every one of docs/citing.md cited, as the page says.
"""

import doctest
import re
import shlex
import tomllib
from getopt import getopt
from pathlib import Path

import click
import msgspec
import pytest
from click.testing import CliRunner

from index.indexer import Indexer
from index.metadata.dates import parse_date
from index.metadata.labels import Labels
from search.archive import Archive
from search.assistant.tools import call as call_tool
from search.citation.dates import chicago_date, csl_date
from search.citation.edtf import csl_edtf
from search.engines import Engine, open_engine
from search.parameters.question import parse_parameters
from search.request import SearchRequest
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Settings, load_settings
from tests.archive import SEEDS
from tests.docs.pages import (
    COMMANDS,
    INDEXING,
    PAGES,
    QUERIES,
    ROOT,
    SETTINGS,
    rows,
)
from webui import create_app


@pytest.mark.parametrize(
    ("query", "documents"), re.findall(r"^\| `(.+?)` \|.*\| (\d+) \|$", QUERIES, re.MULTILINE)
)
def test_1_queries_find_what_the_page_says(seed_index: Engine, query: str, documents: str) -> None:
    question = parse_parameters([("q", query)], seed_index.schema)
    assert Searcher(seed_index).search(question).total == int(documents)


@pytest.mark.parametrize("command", COMMANDS)
def test_2_help(command: str) -> None:
    run = CliRunner().invoke(COMMANDS[command], ["--help"])
    assert run.exit_code == 0
    options = [option for option in COMMANDS[command].params if isinstance(option, click.Option)]
    assert all(option.opts[0] in run.output for option in options)


@pytest.mark.parametrize("page", PAGES)
def test_2_commands_exist(page: str) -> None:
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
    r"^(curl (?!\S+:9464/).*?)\n(?:```\n\n```json\n(.*?)\n```)?",
    "\n".join(PAGES.values()),
    re.MULTILINE | re.DOTALL,
)
"""Each request of the pages but for metrics, and the answer that stands below it, if one does."""


@pytest.mark.parametrize(("command", "answer"), REQUESTS)
def test_3_requests_are_answered(seed_index: Engine, command: str, answer: str) -> None:
    """With 200, or the status that a comment names."""
    words = shlex.shlex(command, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    [name, *options], status = list(words), re.search(r" # (\d+)", command)
    given, [address] = getopt(options, "isH:")
    headers = dict(value.split(": ", 1) for option, value in given if option == "-H")
    path = address.removeprefix("http://127.0.0.1:8000")
    response = create_app(Settings(), seed_index).test_client().get(path, headers=headers)
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


def test_3_the_answer_to_an_assistant(seed_index: Engine) -> None:
    page = PAGES["docs/assistants.md"]
    start, end = "1 document; hits", "Read one: "
    [example] = re.findall(rf"^    ({start}.*?^    {end}.*?$)", page, re.MULTILINE | re.DOTALL)
    asked = {"q": "armistice", "author": ["Kuznetsov"]}
    answer = call_tool(Archive(Searcher(seed_index), Settings()), "search", asked)
    told = re.sub("[0-9a-f]{12} (begins|ends)", r"497a5915b39e \1", answer.text).splitlines()
    for line, there in zip(told, example.replace("\n    ", "\n").splitlines(), strict=True):
        assert line == there or (there.endswith("…") and line.startswith(there[:-1]))


def test_3_the_example_settings_can_be_used(tmp_path: Path) -> None:
    [example] = re.findall(r"```toml\n(.*?)```", SETTINGS, re.DOTALL)
    (tmp_path / "opis.toml").write_text(example, encoding="utf-8")
    settings = load_settings(str(tmp_path / "opis.toml"), {})
    assert settings.site.title.startswith("Letters")
    assert Labels.of(settings.labels) != Labels()


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
