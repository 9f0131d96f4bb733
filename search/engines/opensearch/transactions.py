"""A transaction in a cluster: from the lock to the alias (see `generations`)."""

import logging
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

import msgspec

from search.calendar import timestamp
from search.engines import Writer
from search.engines.deadline import time_limit
from search.engines.opensearch.address import Address
from search.engines.opensearch.blobs import Blobs
from search.engines.opensearch.client import Client
from search.engines.opensearch.commit import Commit, first_commit
from search.engines.opensearch.generations import Generations
from search.engines.opensearch.lease import Lease
from search.engines.opensearch.vocabulary import LocalFiles
from search.engines.opensearch.writer import Begun, IndexWriter
from search.errors import EngineError, IndexDamaged, IndexLocked, QueryTimeout, SchemaChanged
from search.schema import Schema

DROPPING_SECONDS = 3.0
"""How long a run that has failed tries to remove what it wrote."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Transactions:
    """Writes commits of a schema."""

    client: Client
    generations: Generations
    blobs: Blobs
    words: LocalFiles
    schema: Schema
    address: Address

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """A transaction on the live commit. Raises IndexLocked, or SchemaChanged."""
        with self._locked() as (lease, newest):
            live = self.generations.live()
            if live is None and newest:
                raise IndexDamaged(
                    f"The alias {self.address.name} in OpenSearch is lost, which named {newest.index}; "
                    "restore it there, or make the index anew with --rebuild."
                )
            if live and live.is_stale(self.schema):
                raise SchemaChanged(
                    f"The index {live.index} in OpenSearch was made under other settings or by another "
                    "version; rebuild it with --rebuild."
                )
            with self._transaction(lease, live, live, newest) as writer:
                yield writer

    @contextmanager
    def rebuild(self) -> Iterator[Writer]:
        """A transaction on an empty index, which replaces the live commit. Raises IndexLocked."""
        with self._locked() as (lease, newest):
            live = self.generations.live()
            with self._transaction(lease, None, live, newest) as writer:
                yield writer

    @contextmanager
    def _locked(self) -> Iterator[tuple[Lease, Commit | None]]:
        """A block with the lease, and the newest complete commit."""
        self.blobs.create()
        lease = Lease(self.client, self.blobs.index)
        with lease.held():
            yield lease, self._sweep()

    @contextmanager
    def _transaction(
        self, lease: Lease, base: Commit | None, live: Commit | None, newest: Commit | None
    ) -> Iterator[Writer]:
        """A transaction that begins with what `base` has, and replaces the `live` commit."""
        number = newest.number + 1 if newest else 1
        index = self.generations.clone(base) if base else self.generations.create(self.schema)
        try:
            with closing(self._index_writer(index, base, lease)) as writer:
                yield writer
                writer.finish()
                lease.confirm()
                self.generations.seal(index)
                commit = self._commit(writer, index, base, number)
            self.generations.complete(commit, lease.check)
            lease.confirm()
        except BaseException:
            with _in_passing():  # else the next transaction drops it
                self.generations.drop(index)
            raise
        try:
            self.generations.make_live(commit, live)
        except IndexLocked:
            self.generations.drop(index)
            raise
        # After any other error the index may become live still: only the next transaction may drop it.
        self._tidy(live)

    def _index_writer(self, index: str, base: Commit | None, lease: Lease) -> IndexWriter:
        begun = Begun(index, base.shards if base else self.address.shards, self.schema, is_new=not base)
        return IndexWriter(self.client, begun, lease.check, exact=not self.address.deleted)

    def _commit(self, writer: IndexWriter, index: str, base: Commit | None, number: int) -> Commit:
        """What the index that a writer has finished holds."""
        before = base or first_commit(self.schema, self.address.shards)
        documents = before.documents + writer.counts.documents
        if (found := writer.documents()) != documents:
            raise EngineError(
                f"The index in OpenSearch has {found:,} documents instead of {documents:,}, and is not used: "
                "see the log of the cluster, and run this again."
            )
        data = {name: self.blobs.write_bytes(data, number) for name, data in writer.data.items()}
        return msgspec.structs.replace(
            before,
            index=index,
            number=number,
            documents=documents,
            tokens=before.tokens + writer.counts.tokens,
            deleted=writer.deleted,
            updated=timestamp(time.time()),
            data={**before.data, **data},
            words=self.words.write(base, writer.counts, number),
        )

    def _sweep(self) -> Commit | None:
        """Remove indices that nobody needs any more, and what they alone kept; the newest commit."""
        kept, dropped = self.generations.sweep(time.time())
        if dropped and kept:
            with _tidying():
                blobs = {blob for commit in kept for blob in commit.blobs}
                self.blobs.remove_others(blobs, kept[0].number)
        return kept[0] if kept else None

    def _tidy(self, replaced: Commit | None) -> None:
        """Remove what is not needed any more."""
        with _tidying():
            if replaced:
                self.generations.retire(replaced)
            self._sweep()


@contextmanager
def _in_passing() -> Iterator[None]:
    """A block that may fail, and must not take long: the user may have stopped the run."""
    with suppress(EngineError, QueryTimeout), time_limit(DROPPING_SECONDS):
        yield


@contextmanager
def _tidying() -> Iterator[None]:
    """A block whose errors are no errors of a run: what cannot be removed now is removed by a later one."""
    try:
        yield
    except EngineError as error:
        _log.warning("What earlier commits have left could not be removed yet: %s", error)
