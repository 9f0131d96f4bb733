"""Which commit is live? An index for each, and an alias that names the live one.

    NAME               the alias
    NAME-<12 digits>   an index, complete and sealed once its `_meta` names itself (see `commit`)
    NAME-data          what commits keep beside it (see `blobs`), and the lock of the writer

A commit begins as a clone of the live index: hard links on the nodes of its primary shards. It is written
without replicas, which would do all the work once more, gets them when it is complete, and becomes live by
one change of the alias: from the index that it was cloned from, and from no other. So of two writers that
began from the same commit, one is refused (compare-and-swap). An index that is replaced is kept for a while,
since readers have resolved the alias and go on with the index that they began with.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from search.calendar import posix_time
from search.engines.opensearch.address import Address
from search.engines.opensearch.all_shards import PATIENCE
from search.engines.opensearch.client import Client, Refused
from search.engines.opensearch.commit import Commit, commit_of, first_commit
from search.engines.opensearch.mapping import index_mapping, index_settings
from search.errors import EngineUnavailable, IndexDamaged, IndexLocked
from search.schema import Schema

KEPT_SECONDS = 900.0
"""How long an index is kept after it was replaced: longer than a request to a server may take."""
MOST_KEPT = 50
"""How many replaced indices are kept at most: each has its own shards, but hardly any files of its own."""

_WAIT = 30  # seconds that one request waits for shards
_STUCK = 60.0  # seconds after which a replica that no node takes is not waited for

_ELSEWHERE = frozenset(
    {"aliases_not_found_exception", "illegal_state_exception", "index_not_found_exception"}
)
"""How the cluster says that the alias is not where it was, or that the lock was lost and an index dropped."""

_log = logging.getLogger(__name__)


def writing_alias(index: str) -> str:
    """The alias under which an index is written to: where there is no alias, the cluster makes no index."""
    return f"{index}-w"


class Swept(NamedTuple):
    """The commits that are kept, the newest first, and the names of the indices that were deleted."""

    kept: Sequence[Commit]
    dropped: Collection[str]


class Generations:
    """The commits of the archive at an address; each has its replicas, if there are as many nodes."""

    def __init__(self, client: Client, address: Address) -> None:
        self._client, self._address, self._name = client, address, address.name
        self._own = re.compile(rf"{re.escape(address.name)}-[0-9a-f]{{12}}")

    def live(self) -> Commit | None:
        """The live commit; None if there is no index yet."""
        try:
            found = self._client.request("GET", f"/{self._name}/_mapping")
        except Refused as error:
            if error.status != 404:
                raise
            return None
        if len(found) != 1:
            raise IndexDamaged(
                f"The alias {self._name} in OpenSearch names several indices; delete all but one of them."
            )
        [(index, described)] = found.items()
        return commit_of(index, _meta(described))

    def create(self, schema: Schema) -> str:
        """A new index, empty; its name."""
        shards = self._address.shards
        body = {
            "settings": index_settings(shards, self._address.deleted),
            "mappings": index_mapping(schema, first_commit(schema, shards).meta),
        }
        return self._begun("PUT", "", body)

    def clone(self, commit: Commit) -> str:
        """A new index with the documents of a commit; its name."""
        unsealed = {"blocks.write": None, "auto_expand_replicas": False, "number_of_replicas": 0}
        settings = unsealed | {
            "routing.rebalance.enable": "none",
            "merge.policy.expunge_deletes_allowed": self._address.deleted,
        }
        body = {"settings": {"index": settings}}
        return self._begun("POST", f"/{commit.index}/_clone", body)

    def seal(self, index: str) -> None:
        """Nothing is written to an index from now on; it gets its replicas."""
        settings = {
            "blocks.write": True,
            "auto_expand_replicas": f"0-{self._address.replicas}",
            "routing.rebalance.enable": None,
        }
        self._put("PUT", f"/{index}/_settings", {"index": settings})

    def complete(self, commit: Commit, check: Callable[[], None]) -> None:
        """Say in a sealed index which commit it is, and wait for its replicas, unless `check` raises."""
        self._put("PUT", f"/{commit.index}/_mapping", {"_meta": commit.meta})
        indices = f"{commit.index},{self._name}-data"
        stuck_since = time.monotonic()
        while not self._is_in_state(indices, "green"):
            check()
            health = self._client.request("GET", f"/_cluster/health/{indices}")
            if health["initializing_shards"] or health["relocating_shards"]:
                stuck_since = time.monotonic()
            stuck = time.monotonic() - stuck_since
            if stuck > PATIENCE and health["status"] == "red":
                raise EngineUnavailable(
                    f"A shard of the new index {commit.index} is on no node that is running, and it is not "
                    "used; run this again when all nodes of the cluster are there."
                )
            if stuck > _STUCK and health["status"] == "yellow":
                _log.warning("No node of the cluster takes replicas of the index %s.", commit.index)
                return

    def make_live(self, commit: Commit, before: Commit | None) -> None:
        """Move the alias from the commit before, if there is one. Raises IndexLocked if it is elsewhere."""
        # Only one index of an alias can be the one to write to: so nothing is added beside another.
        actions: list[Any] = [{"add": {"index": commit.index, "alias": self._name, "is_write_index": True}}]
        if before:
            old = {"index": before.index, "alias": self._name, "must_exist": True}
            actions.insert(0, {"remove": old})
        try:
            self._put("POST", "/_aliases", {"actions": actions})
        except Refused as error:
            if (live := self.live()) and live.index == commit.index:
                return  # by a request whose answer was lost
            # Of two requests at once, the second is refused when it is executed, with another error.
            if error.type not in _ELSEWHERE and "required alias" not in error.reason:
                raise
            raise IndexLocked(
                f"Another process has written to the index {self._name} in OpenSearch meanwhile, and nothing "
                "of this run is in it; run it again."
            ) from error

    def drop(self, index: str) -> None:
        """Delete an index, if it is there."""
        try:
            self._put("DELETE", f"/{index}")
        except Refused as error:
            if error.status != 404:
                raise

    def sweep(self, now: float) -> Swept:
        """Delete what a dead writer has left, and indices that were replaced long ago.

        The lock must be held, and no index be in the making. Where there is no alias, nothing that is
        complete is deleted: an operator may be about to restore it.
        """
        found = {
            index: _meta(described)
            for index, described in self._client.request("GET", f"/{self._name}-*/_mapping").items()
            if self._own.fullmatch(index)
        }
        commits = {index: commit_of(index, meta) for index, meta in found.items() if meta is not None}
        complete = [commit for index, commit in commits.items() if commit.index == index]
        complete.sort(key=lambda commit: commit.number, reverse=True)
        live = self.live()
        kept = [live] if live else complete
        for commit in complete if live else ():
            if commit.number < kept[-1].number and self._is_kept(kept, now):
                kept.append(commit)
        dropped = found.keys() - {commit.index for commit in kept}
        for index in dropped:
            self._drop_beside(index, live)
        return Swept(kept, dropped)

    def _drop_beside(self, index: str, live: Commit | None) -> None:
        """Delete an index, unless another than this commit is live meanwhile.

        What is refused is left for later: a snapshot may hold the index, or a writer that lost its lock may
        have moved the alias to it.
        """
        actions: list[Any] = [{"remove_index": {"index": index}}]
        if live:
            alias = {"index": live.index, "alias": self._name}
            actions = [
                {"remove": alias | {"must_exist": True}},
                {"add": alias | {"is_write_index": True}},
                *actions,
            ]
        try:
            self._put("POST", "/_aliases", {"actions": actions})
        except Refused as error:
            if error.type != "index_not_found_exception":
                _log.warning("The index %s could not be deleted yet: %s", index, error)

    @staticmethod
    def _is_kept(newer: list[Commit], now: float) -> bool:
        """Whether a commit is kept that the last of some newer ones has replaced; the live one's always is.

        It is stated when that one was written: its replicas may have been copied for long since then.
        """
        recent = len(newer) == 1 or now - posix_time(newer[-1].updated) < KEPT_SECONDS
        return len(newer) <= MOST_KEPT and recent

    def retire(self, commit: Commit) -> None:
        """Give up the replicas of a commit that was replaced: they are copies, unlike the files of clones."""
        settings = {"auto_expand_replicas": False, "number_of_replicas": 0}
        self._put("PUT", f"/{commit.index}/_settings", {"index": settings})

    def _begun(self, method: str, path: str, body: Mapping[str, Any]) -> str:
        """A new index, all of whose primary shards are there, and the alias to write to it."""
        index = f"{self._name}-{secrets.token_hex(6)}"
        try:
            self._put(method, f"{path}/{index}", {**body, "aliases": {writing_alias(index): {}}})
        except Refused as error:
            if error.type != "resource_already_exists_exception":  # by a request whose answer was lost
                raise
        ends = time.monotonic() + PATIENCE
        while not self._is_in_state(index, "yellow"):
            if time.monotonic() > ends:
                raise EngineUnavailable(
                    f"No node of the cluster takes the shards of a new index of {self._name}; see its log."
                )
        return index

    def _is_in_state(self, index: str, state: str) -> bool:
        params = {"wait_for_status": state, "timeout": f"{_WAIT}s"}
        try:
            self._client.request("GET", f"/_cluster/health/{index}", None, params)
        except Refused as error:
            if error.status != 408:
                raise
            return False
        return True

    def _put(self, method: str, path: str, body: object = None) -> None:
        self._client.request(method, path, body, repeat=True)


def _meta(described: Mapping[str, Any]) -> Mapping[str, Any] | None:
    meta: Mapping[str, Any] | None = described["mappings"].get("_meta")
    return meta
