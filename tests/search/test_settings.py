"""Settings: all have defaults, each can be overridden, and an error names the setting."""

from pathlib import Path

import pytest

from search.errors import SettingsError
from search.schema import Schema
from search.settings import Server, Settings, load_settings

BAD_ADDRESSES = (
    "javascript:alert(1)", "example.org", "//example.org", "https://", "https:///letters", "ftp://example.org",
    "https://example.org?q=a", "https://example.org/#top", "https://user:word@example.org", "https://[::1",
    "https://example.org:port", "https://example.org/a b", "https://example.org/\"><script>",
    "https://архив.example",
)  # fmt: skip


def test_none_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(environ={}) == Settings()


def test_the_environment_overrides_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "opis.toml").write_text(
        'language = "Russian"\nfacets = ["date"]\n[site]\ntitle = "Fond 3"\n[weights]\nheader = 6\n'
        '[labels]\n"Ref. no." = "reference"\n'
    )
    environ = {"OPIS_SITE_TITLE": "Fond 45", "OPIS_WEIGHTS_SUMMARY": "3", "OPIS_FACETS": '["author"]'}
    settings = load_settings(environ=environ)
    assert (settings.site.title, settings.facets) == ("Fond 45", ("author",))
    assert (settings.weights.header, settings.weights.summary) == (6, 3)
    assert settings.labels == {"Ref. no.": "reference"}
    assert settings.schema.language == "russian"


def test_the_default_language_is_among_the_languages() -> None:
    assert Settings().schema.languages == ()
    settings = Settings(language="German", languages=("Russian", "English", "russian"))
    assert settings.schema.languages == ("english", "german", "russian")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nonsense = 1", "nonsense"),
        ("facets = ['colour']", "colour"),
        ("[weights]\nheader = 0", "whole numbers"),
        ("[weights]\nheader = 'heavy'", "header"),
        ("language = 3", "language"),
        ("languages = 'german'", "array"),
        ("languages = ['german', 'frensh']", r"languages names 'frensh', .*; do you mean 'french'\?"),
        ("languages = ['Old Norse']", "'Old Norse', which no text is recognised as"),
        ("languages = ['de']", "'de', .* English names"),
        ("[site]\ntitel = 'x'", "titel"),
        ("not toml", "cannot be read"),
        *((f"[site]\nbase_url = {url!r}", "base_url") for url in BAD_ADDRESSES),
        ("[api]\nallow_origins = ['example.org']", "example.org"),
        ("[api]\nallow_origins = ['https://example.org/']", "https://example.org"),
        ("[api]\nallow_origins = '*'", "array"),
        ("[server]\nport = 65536", "server.port must be a whole number from 0 to 65535"),
        ("[server]\nport = 'http'", "port"),
        ("[server]\nprocesses = 0", "server.processes"),
        ("[server]\nprocesses = 65", "server.processes"),
        ("[server]\nthreads = -1", "server.threads"),
        ("[server]\nwaiting = -1", "server.waiting"),
    ],
)
def test_what_cannot_be_used(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=message):
        load_settings(str(file), {})


def test_a_table_given_as_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('site = "x"')
    with pytest.raises(SettingsError, match="table"):
        load_settings(str(tmp_path / "x.toml"), {"OPIS_SITE_TITLE": "y"})


def test_a_bad_variable_is_named() -> None:
    with pytest.raises(SettingsError, match="OPIS_WEIGHTS_HEADER"):
        load_settings(environ={"OPIS_WEIGHTS_HEADER": "heavy"})


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("OPIS_SITE_TITEL", "OPIS_SITE_TITLE"),
        ("OPIS_NOSUCH", "names no setting"),
        ("OPIS_SITE", "names no setting"),
    ],
)
def test_a_variable_that_names_no_setting_is_refused(name: str, cure: str) -> None:
    with pytest.raises(SettingsError, match=cure):
        load_settings(environ={name: "x"})


def test_the_folder_of_test_data_is_no_setting() -> None:
    assert load_settings(environ={"OPIS_DATA": "/data", "OPISTHO": "x"}) == load_settings(environ={})


def test_a_file_that_was_named_must_be_there() -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        load_settings("nowhere.toml", {})


def test_the_fingerprint_changes_with_what_an_index_holds() -> None:
    prints = {schema.fingerprint for schema in (Schema(), Schema("german"), Settings(language="x").schema)}
    assert len(prints) == 3
    only = Settings(languages=("English",)).schema
    assert only.fingerprint not in prints
    assert only.fingerprint == Schema(languages=("english",)).fingerprint
    assert Schema().fingerprint == Schema().fingerprint


@pytest.mark.parametrize(
    "url",
    ["https://example.org", "http://localhost:8000", "https://example.org/letters", "http://[::1]:8000"],
)
def test_the_public_address_has_no_final_slash(url: str) -> None:
    for written in (url, f"{url}/"):
        assert load_settings(environ={"OPIS_SITE_BASE_URL": written}).site.base_url == url


@pytest.mark.parametrize(
    ("processors", "server", "searches"),
    [
        (2, Server(), 4),
        (2, Server(processes=2), 2),
        (2, Server(processes=8), 1),
        (1, Server(), 2),
        (16, Server(), 4),
        (16, Server(processes=16), 2),
        (2, Server(processes=2, threads=7), 7),
    ],
)
def test_searches_are_divided_among_processors(
    monkeypatch: pytest.MonkeyPatch, processors: int, server: Server, searches: int
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: range(processors), raising=False)
    assert server.searches == searches
