"""Is a commit in a cluster whole, and how large is it?

The documents of its shards are counted. Their files are not compared with checksums: the cluster does so
itself, when it moves or recovers a shard. What a commit keeps beside them is read and compared.
"""

from typing import Any

from search.engines.disk.checksums import Verified
from search.engines.opensearch.blobs import Blobs
from search.engines.opensearch.client import Client
from search.engines.opensearch.commit import Commit
from search.errors import IndexDamaged


def verified(client: Client, blobs: Blobs, commit: Commit) -> Verified:
    """Compare a commit with what it says that it has."""
    health = client.request("GET", f"/_cluster/health/{commit.index}")
    problems = []
    if health["status"] == "red":
        lost = commit.shards - health["active_primary_shards"]
        problems.append(f"{lost} of {commit.shards} shards are on no node that is running.")
    elif (found := _count(client, commit)) != commit.documents:
        problems.append(f"It has {found:,} documents instead of {commit.documents:,}.")
    kept = {f"The commit data {name}": blob for name, blob in commit.data.items()}
    kept |= {f"The file {name}": blob for name, blob in commit.words.items()}
    for name, blob in kept.items():
        try:
            for _ in blobs.chunks(blob):
                pass
        except IndexDamaged:
            problems.append(f"{name} is not as it was written.")
    size = sum(blob.size for blob in kept.values())
    return Verified(len(kept), size, tuple(problems), _note(health, commit))


def size_of(client: Client, commit: Commit) -> int:
    """The bytes of a commit, replicas not counted."""
    stats = client.request("GET", f"/{commit.index}/_stats/store")
    beside = sum(blob.size for blob in commit.blobs)
    return int(stats["_all"]["primaries"]["store"]["size_in_bytes"]) + beside


def _count(client: Client, commit: Commit) -> int:
    return int(client.request("GET", f"/{commit.index}/_count")["count"])


def _note(health: Any, commit: Commit) -> str:
    note = (
        f"The {commit.documents:,} documents in {commit.shards} shards were counted; their files are checked "
        "by the cluster alone."
    )
    missing = health["unassigned_shards"] + health["initializing_shards"]
    return f"{note} Copies of shards are missing: {missing}." if missing else note
