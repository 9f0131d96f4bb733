"""Where a test has an index: for each engine a place of its own, and for a cluster a name of its own."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from search.engines.opensearch.address import Address
from search.engines.opensearch.client import Client, Refused

CLUSTER = "OPIS_CLUSTER"
"""The variable that has the hosts of a cluster, which `make test-cluster` sets."""


def cluster_hosts() -> str:
    """The hosts of the cluster that tests run on; without one, the test is skipped."""
    hosts = os.environ.get(CLUSTER, "")
    if not hosts:
        pytest.skip("no cluster: make test-cluster")
    return hosts


@contextmanager
def index_address(engine: str, folder: Path, shards: int = 3, replicas: int = 1) -> Iterator[str]:
    """A block with the address of an index that is not there yet, of an engine by its name.

    An index in a cluster has exact scores and is removed at the end. Most of what a commit takes are its
    replicas, and then its shards.
    """
    if engine == "memory":
        yield "memory:"
    elif engine == "opensearch":
        with cluster_index(shards=shards, replicas=replicas) as url:
            yield url
    else:
        yield f"{engine}:{folder / 'index'}"


@contextmanager
def cluster_index(hosts: str = "", shards: int = 3, replicas: int = 1) -> Iterator[str]:
    """A block with the address of an index of its own in the cluster, where it is removed at the end."""
    options = f"shards={shards}&replicas={replicas}&deleted=0"
    url = f"opensearch+http://{hosts or cluster_hosts()}/test-{secrets.token_hex(6)}?{options}"
    try:
        yield url
    finally:
        remove(url)


def remove(url: str) -> None:
    """Remove what is in a cluster, and on this machine, of an index."""
    address = Address.parse(url)
    with closing(Client(address.hosts)) as client:
        found = client.request(
            "GET",
            f"/{address.name},{address.name}-*/_settings",
            params={"filter_path": "*.settings.index.uuid", "ignore_unavailable": True},
        )
        if found:  # in one request: each changes the state of the cluster, which takes longer than a search
            try:
                path = f"/{','.join(found)}"
                client.request("DELETE", path, params={"ignore_unavailable": True}, repeat=True)
            except Refused as refused:
                if refused.status != 404:
                    raise
    shutil.rmtree(address.folder, ignore_errors=True)
