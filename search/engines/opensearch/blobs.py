"""Bytes that a commit keeps beside its index: in one index for all commits, named by their digest.

So a commit shares with the one before what has not changed; and the cluster's state, which every node holds
in memory, stays small.
"""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterator
from io import BytesIO
from typing import BinaryIO

from search.engines.opensearch.address import Address
from search.engines.opensearch.client import Client, Refused
from search.engines.opensearch.commit import Blob
from search.engines.opensearch.responses import as_written
from search.errors import IndexDamaged

LOCK = "lock"
"""The id of the document that says who is writing (see `lease`)."""
CHUNK = 4 << 20
"""Bytes in a document."""


class Blobs:
    """The blobs of the archive at an address; each has its replicas, if there are as many nodes."""

    def __init__(self, client: Client, address: Address) -> None:
        self._client, self._replicas = client, address.replicas
        self.index = f"{address.name}-data"

    def create(self) -> None:
        """Create their index, if it is not there."""
        try:
            self._client.request("GET", f"/{self.index}/_settings")
        except Refused as error:
            if error.status != 404:
                raise
            self._create()

    def _create(self) -> None:
        settings = {"number_of_shards": 1, "auto_expand_replicas": f"0-{self._replicas}"}
        mapping = {"dynamic": False, "properties": {"number": {"type": "long"}}}
        body = {"settings": {"index": settings}, "mappings": mapping}
        try:
            self._client.request("PUT", f"/{self.index}", body, repeat=True)
        except Refused as error:
            if error.type != "resource_already_exists_exception":
                raise

    def write(self, data: BinaryIO, number: int) -> Blob:
        """Store all bytes of a file, for commit `number`."""
        digest, size = hashlib.sha256(), 0
        for chunk in _chunks(data):
            digest.update(chunk)
            size += len(chunk)
        data.seek(0)
        blob = Blob(digest.hexdigest(), size, -(-size // CHUNK))
        for chunk_id, chunk in zip(_ids(blob), _chunks(data), strict=True):
            body = {"number": number, "bytes": b64encode(chunk).decode("ascii")}
            path = f"/{self.index}/_doc/{chunk_id}"
            self._client.request("PUT", path, body, repeat=True)
        return blob

    def write_bytes(self, data: bytes, number: int) -> Blob:
        """Store some bytes, for commit `number`."""
        return self.write(BytesIO(data), number)

    def read(self, blob: Blob) -> bytes:
        """The bytes of a blob. Raises IndexDamaged if they are not there, or not as they were written."""
        return b"".join(self.chunks(blob))

    def chunks(self, blob: Blob) -> Iterator[bytes]:
        """The bytes of a blob in parts, as `read`; the error comes after the last of them."""
        digest = hashlib.sha256()
        for chunk_id in _ids(blob):
            try:
                found = self._client.request("GET", f"/{self.index}/_doc/{chunk_id}")
            except Refused as error:
                if error.status != 404:
                    raise
                raise self._damaged() from error
            with as_written(self.index):
                chunk = b64decode(found["_source"]["bytes"])
            digest.update(chunk)
            yield chunk
        if digest.hexdigest() != blob.digest:
            raise self._damaged()

    def remove_others(self, kept: Collection[Blob], before: int) -> None:
        """Remove the blobs that none of the commits before that number keeps, those `kept` excepted."""
        ids = [LOCK, *(chunk_id for blob in kept for chunk_id in _ids(blob))]
        old = {"range": {"number": {"lt": before}}}
        query = {"bool": {"filter": [old], "must_not": [{"ids": {"values": ids}}]}}
        params: dict[str, str | bool] = {"refresh": True, "conflicts": "proceed"}
        path = f"/{self.index}/_delete_by_query"
        self._client.request("POST", f"/{self.index}/_refresh", repeat=True)
        self._client.request("POST", path, {"query": query}, params, repeat=True)

    def _damaged(self) -> IndexDamaged:
        return IndexDamaged(
            f"The index {self.index} in OpenSearch has lost a part of what belongs to a commit; "
            "make the index anew with --rebuild."
        )


def _ids(blob: Blob) -> list[str]:
    return [f"{blob.digest}-{number}" for number in range(blob.chunks)]


def _chunks(data: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: data.read(CHUNK), b"")
