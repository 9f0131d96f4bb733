"""nginx and Caddy, each in front of `opis-serve` and of a server that does as it is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines import open_engine
from search.settings import Settings
from tests.archive import document, fill
from tests.deploy.proxies import HOST, PROXIES, Certificate, Proxy
from tests.deploy.told_backend import told_backend
from tests.webui.server.opis_serve import Server, next_line, serve


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return Certificate.make(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with settings and an index."""
    folder = tmp_path_factory.mktemp("archive")
    engine = open_engine(f"whoosh:{folder / 'index'}", Settings().schema, create=True)
    fill(engine, [document(f"d{number}", "war and peace " * 200) for number in range(50)])
    engine.close()
    (folder / "opis.toml").write_text(
        f'index = "whoosh:{folder / "index"}"\n[site]\nbase_url = "https://{HOST}"\n[server]\nport = 0\n'
        'trusted_proxies = ["127.0.0.1"]\nrate_limit = "1000/minute"\n'
    )
    return folder


@pytest.fixture(scope="module", params=PROXIES)
def name(request: pytest.FixtureRequest) -> str:
    """The name of each proxy."""
    return str(request.param)


@pytest.fixture(scope="module")
def service(archive: Path) -> Iterator[Server]:
    """`opis-serve`, and its address."""
    with (archive / "log").open("w") as log:
        process = serve(cwd=archive, stderr=log)
        yield process, next_line(process).split()[4]
        process.terminate()
        process.communicate(timeout=60)


@pytest.fixture(scope="module")
def proxy(
    name: str, service: Server, certificate: Certificate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    """The proxy in front of it."""
    port = int(service[1].rstrip("/").rpartition(":")[2])
    with PROXIES[name](tmp_path_factory.mktemp(name), port, certificate) as running:
        yield running


@pytest.fixture(scope="module")
def told(name: str, certificate: Certificate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """The proxy in front of a server that does as it is told."""
    with told_backend() as port, PROXIES[name](tmp_path_factory.mktemp(name), port, certificate) as running:
        yield running
