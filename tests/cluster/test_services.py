"""What an archive in a cluster is run with.

1. Over TLS and with a password, it is indexed and searched by requests for its own indices alone, which
   are those that docs/cluster.md has rights for.
2. Of two indexers, one is refused, and says by whom; one that was killed holds the lock for half a minute.
3. A snapshot, as docs/cluster.md makes it, brings the archive back.
4. A rebuild leaves no moment without an index.
5. Where deleted documents are not merged at once, as by default, all but scores is exact.
"""

import os
import re
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from index.indexer import Indexer
from search.engines import open_engine
from search.engines.opensearch.address import Address
from search.engines.opensearch.client import Client
from search.errors import IndexMissing
from search.query.tree import Term
from search.request import DateFacetRequest, FacetRequest, SearchRequest
from search.schema import Schema
from tests.archive import SEEDS, document, fill, found
from tests.cluster.certificates import make_certificates, server_context
from tests.cluster.indexes import cluster_hosts, cluster_index
from tests.cluster.nodes import HOME
from tests.random_requests import DOCUMENTS, WORDS, random_documents
from tests.random_requests import SCHEMA as MIXED

pytestmark = pytest.mark.slow

SCHEMA = Schema()
OWN = (
    r"/{name}(-[0-9a-f]{{12}}(-w)?|-\*|-data)?/[a-z_].*",  # documents, searches and settings of its indices
    r"/{name}(-[0-9a-f]{{12}}|-data)(\?.*)?",  # making and deleting them
    r"/_alias(es)?(/{name})?(\?.*)?",
    r"/_cluster/health/{name}-[0-9a-f]{{12}}(,{name}-data)?(\?.*)?",
)
"""The paths of requests that the roles of docs/cluster.md allow."""


@pytest.fixture
def url() -> Iterator[str]:
    with cluster_index() as url:
        yield url


@contextmanager
def proxy(to: str, tls: ssl.SSLContext) -> Iterator[tuple[str, list[str]]]:
    """A block with the HOST:PORT of a TLS proxy before a host, and the paths that it was asked for.

    It asks for the password of a user.
    """
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, content = 401, b"Unauthorized"
            if self.headers["Authorization"] == "Basic b3BpczpzZWNyZXQ=":
                paths.append(self.path)
                with closing(HTTPConnection(to, timeout=60)) as behind:
                    kind = {"Content-Type": self.headers.get("Content-Type", "application/json")}
                    behind.request(self.command, self.path, body or None, kind)
                    response = behind.getresponse()
                    status, content = response.status, response.read()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}", paths
        finally:
            server.shutdown()
            thread.join()


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command of Opis to its end."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | environ,
    )


def test_1_over_tls_with_a_password(url: str, tmp_path: Path) -> None:
    certificates = make_certificates(tmp_path)
    name = Address.parse(url).name
    with proxy(cluster_hosts().partition(",")[0], server_context(certificates)) as (host, paths):
        secured = f"opensearch+https://{host}/{name}?shards=2"
        known = {
            "OPIS_OPENSEARCH_USER": "opis",
            "OPIS_OPENSEARCH_PASSWORD": "secret",
            "OPIS_OPENSEARCH_CA": str(certificates / "ca.pem"),
        }
        indexed = run("index", str(SEEDS), "--index", secured, **known)
        assert "5 added" in indexed.stdout + indexed.stderr, indexed
        searched = run("search", "armistice", "--index", secured, **known)
        assert "documents" in searched.stdout, searched
        again = run("index", str(SEEDS), "--rebuild", "--index", secured, **known)
        assert again.returncode == 0, again
        verified = run("index", "--verify", "--index", secured, **known)
        assert verified.returncode == 0, verified
        refused = run(
            "search", "armistice", "--index", secured, **(known | {"OPIS_OPENSEARCH_PASSWORD": "other"})
        )
        assert refused.returncode == 3
        assert "does not know us" in refused.stderr
        assert "other" not in refused.stderr
    allowed = [re.compile(pattern.format(name=name)) for pattern in OWN]
    assert [path for path in paths if not any(each.fullmatch(path) for each in allowed)] == []


HOLDS = """
import sys, time
from search.engines import open_engine
from search.schema import Schema
engine = open_engine(sys.argv[1], Schema(), create=True)
with engine.writer():
    print("holds", flush=True)
    time.sleep(600)
"""


def test_2_of_two_indexers_one_is_refused(url: str) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDS, url], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holds\n"
        refused = run("index", str(SEEDS), "--index", url)
        assert refused.returncode == 3
        assert f"Another process ({holder.pid} on " in refused.stderr
        holder.send_signal(signal.SIGKILL)
    time.sleep(31)
    assert "5 added" in run("index", str(SEEDS), "--index", url).stdout


def test_3_a_snapshot(url: str) -> None:
    name = Address.parse(url).name
    with closing(Client(cluster_hosts().split(","))) as client:
        with closing(open_engine(url, SCHEMA, create=True)) as engine:
            fill(engine, [document("a", "armistice")])
            with engine.writer() as writer:
                writer.put_commit_data("note", b"kept")
        repository = {"type": "fs", "settings": {"location": str(HOME / "snapshots" / name)}}
        client.request("PUT", f"/_snapshot/{name}", repository)
        wait = {"wait_for_completion": True}
        indices = {"indices": f"{name},{name}-data", "include_global_state": False}
        client.request("PUT", f"/_snapshot/{name}/monday", indices, wait, timeout=300)
        [*own] = client.request("GET", f"/{name},{name}-*/_settings")
        for each in own:
            client.request("DELETE", f"/{each}")
        with pytest.raises(IndexMissing):
            open_engine(url, SCHEMA)
        client.request("POST", f"/_snapshot/{name}/monday/_restore", {"indices": "*"}, wait, timeout=300)
        client.request("DELETE", f"/_snapshot/{name}/monday", timeout=300)
        client.request("DELETE", f"/_snapshot/{name}")
    with closing(open_engine(url, SCHEMA)) as engine:
        assert found(engine, "armistice") == ["a"]
        assert engine.commit_data("note") == b"kept"
        fill(engine, [document("b", "armistice")])
        assert found(engine, "armistice") == ["a", "b"]


def test_4_a_rebuild_leaves_no_gap(url: str) -> None:
    totals: set[int] = set()
    with closing(open_engine(url, SCHEMA, create=True)) as engine:
        Indexer(engine, SCHEMA).run([str(SEEDS)])
        ended = threading.Event()

        def search() -> None:
            while not ended.is_set():
                totals.add(len(found(engine, "armistice")))

        thread = threading.Thread(target=search)
        thread.start()
        try:
            Indexer(engine, SCHEMA).run([str(SEEDS)], rebuild=True)
        finally:
            ended.set()
            thread.join()
    assert totals == {5}


def test_5_by_default_all_but_scores_is_exact(url: str) -> None:
    by_default = url.replace("&deleted=0", "")
    engines = [open_engine("memory:", MIXED), open_engine(by_default, MIXED, create=True)]
    for engine in engines:
        fill(engine, DOCUMENTS)
        fill(engine, random_documents(2, 60))
        with engine.writer() as writer:
            for number in range(0, 150, 4):
                writer.delete(f"d{number:03}")
    for text in WORDS:
        _, stem = MIXED.analyzer.pairs(text)[0]
        asked = SearchRequest(Term(stem), facets=(FacetRequest("author", 9), DateFacetRequest()), limit=200)
        expected, answered = (engine.search(asked) for engine in engines)
        assert {hit.id for hit in answered.hits} == {hit.id for hit in expected.hits}
        assert (answered.total, answered.facets) == (expected.total, expected.facets)
    engines[1].close()
