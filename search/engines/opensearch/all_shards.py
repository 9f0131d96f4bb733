"""Requests that every shard must answer: asked again until all do, since a node may be starting again."""

import time
from typing import Any

from search.engines.opensearch.client import Client
from search.errors import EngineUnavailable

PATIENCE = 180.0
"""For how many seconds a transaction asks again: a node starts, and recovers its shards, in less."""
ANSWER_SECONDS = 300.0
"""How long an answer may take: nodes write what they have to their disks, say."""


def ask_all(
    client: Client,
    shards: int,
    method: str,
    path: str,
    body: object = None,
    timeout: float = ANSWER_SECONDS,
) -> Any:
    """The answer to a request that may be repeated, from all the `shards` of an index without replicas.

    Raises EngineUnavailable.
    """
    ends = time.monotonic() + PATIENCE
    while True:
        answer = client.request(method, path, body, repeat=True, timeout=timeout)
        # A shard that is being moved to another node counts twice in the total.
        if answer["_shards"]["successful"] >= shards and not answer["_shards"]["failed"]:
            return answer
        if time.monotonic() > ends:
            raise EngineUnavailable(
                f"Some of the {shards} shards of the index in OpenSearch do not answer; try again when all "
                "nodes of the cluster are there."
            )
        time.sleep(1)
