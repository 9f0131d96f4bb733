"""The options of `opis-search` are the parameters of a search.

1. Each parameter has an option of its name; what a question asks is said by options again.
2. A value that cannot be used is one sentence that names the option; so is what contradicts itself.
3. The shell completes the values of options.
"""

import shlex
from dataclasses import replace

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from search.__main__ import main
from search.command.options import command_line, given_pairs, option_name
from search.parameters.question import parse_parameters, search_parameters
from search.request import DATE, Filter, Question
from search.schema import Schema
from tests.search.command.conftest import Run

FILTERS = st.one_of(
    st.builds(
        Filter, st.sampled_from(["author", "folder"]), st.sampled_from(["is", "not"]), st.text(min_size=1)
    ),
    st.builds(Filter, st.sampled_from(["author", DATE]), st.just("missing")),
    st.builds(Filter, st.just(DATE), st.sampled_from(["is", "from", "to"]), st.just("1951-07")),
)
QUESTIONS = st.builds(
    Question,
    text=st.text(st.characters(codec="utf-8"), max_size=40),
    match=st.sampled_from([None, "all", "any", "most"]),
    filters=st.lists(FILTERS, max_size=4, unique=True).map(tuple),
    undated=st.sampled_from([None, "include", "only"]),
    expand=st.booleans(),
    sort=st.sampled_from([None, "-date", "title"]),
    page=st.integers(1, 50),
    per_page=st.integers(1, 100),
)


def test_1_each_parameter_has_an_option() -> None:
    options = {name for param in main.params for name in param.opts}
    assert {option_name(p.name) for p in search_parameters(Schema()).parameters if p.name != "q"} <= options


@given(QUESTIONS)
def test_1_a_question_is_said_by_options(question: Question) -> None:
    program, *arguments = shlex.split(command_line(question))
    context = main.make_context(program, arguments)
    words = context.params.pop("query")
    asked = parse_parameters([("q", " ".join(words)), *given_pairs(context.params)], Schema())
    assert set(asked.filters) == set(question.filters)
    assert replace(asked, filters=question.filters) == question


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--page", "0"], "--page must be a whole number from 1 to 10,000, not '0'."),
        (["--limit", "500"], "--limit must be a whole number from 1 to 100, not '500'."),
        (["--sort", "size"], "--sort must be one of relevance, "),
        (["--date-from", "soon"], "'soon' is no date"),
        (["--date-from", "1953", "--date-to", "1951"], "--date-to lies before --date-from."),
        (["--author", ""], "The parameter '--author' needs a value."),
        (["--missing", "colour"], "There is no facet 'colour'"),
        (["--json", "--explain"], "--json prints no text: leave out --explain."),
        (["--format", "csv", "--page", "2"], "--format writes all results: leave out --page."),
        (["--format", "csv", "--facet", "author", "--json"], "leave out --facet and --json."),
        (["--queries", "-", "--facet-limit-author", "3"], "leave out --facet-limit-author."),
        (["--format", "pdf"], "--format must be one of csv, jsonl, ris, bibtex, csl, not 'pdf'."),
        (["--format", "csv", "--limit", "0"], "--limit must be a whole number"),
        (["--queries", "-", "armistice"], "--queries answers the queries of a file: leave out QUERY."),
        (
            ["--queries", "-", "--format", "ris"],
            "--format of --queries must be one of csv, jsonl, not 'ris'.",
        ),
        (["--queries", "nowhere.txt"], "The list of queries nowhere.txt cannot be read: No such file"),
        (["--queries", "-", "--limit", "101"], "--limit must be a whole number from 1 to 100"),
        (["--fields", "id"], "--fields chooses keys of the JSON: add --json."),
    ],
)
def test_2_what_cannot_be_asked(run: Run, arguments: list[str], said: str) -> None:
    found = run(*arguments)
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith("Error: ")
    assert said in found.stderr
    assert len(found.stderr.splitlines()) == 1


def test_2_a_query_that_begins_with_a_hyphen() -> None:
    found = CliRunner().invoke(main, ["-war armistice"])
    assert found.exit_code == 2
    assert "A query that begins with a hyphen stands behind --, after all options." in found.stderr
    found = CliRunner().invoke(main, ["--colour"])
    assert "hyphen" not in found.stderr


def test_3_completion() -> None:
    options = {param.opts[0]: param for param in main.params if isinstance(param, click.Option)}
    context = click.Context(main)

    def completed(option: str, typed: str) -> list[str]:
        return [item.value for item in options[option].shell_complete(context, typed)]

    assert completed("--match", "a") == ["all", "any"]
    assert completed("--expand", "") == ["true", "false"]
    assert "author" in completed("--facet", "a")
    assert completed("--author", "K") == []
    assert completed("--format", "r") == ["ris"]
