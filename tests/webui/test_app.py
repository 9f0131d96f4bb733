"""The application factory, as WSGI servers and Flask's own command call it: without arguments."""

from pathlib import Path

import pytest
from flask.cli import ScriptInfo

from search.engines import open_engine
from search.errors import IndexMissing
from search.settings import Settings
from webui import create_app


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory whose settings name an index that is not there yet."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "opis.toml").write_text('index = "whoosh:archive"\n[site]\ntitle = "Armistice Papers"\n')
    return tmp_path


@pytest.fixture
def empty_index(here: Path) -> None:
    engine = open_engine("whoosh:archive", Settings().schema, create=True)
    with engine.writer():
        pass
    engine.close()


@pytest.mark.usefixtures("empty_index")
def test_settings_are_loaded_by_default() -> None:
    assert "Armistice Papers" in create_app().test_client().get("/").text


@pytest.mark.usefixtures("empty_index")
def test_flask_finds_the_factory() -> None:
    app = ScriptInfo(app_import_path="webui").load_app()
    assert app.test_client().get("/healthz").get_json()["status"] == "ok"


@pytest.mark.usefixtures("here")
def test_without_an_index_it_says_so() -> None:
    with pytest.raises(IndexMissing):
        create_app()
