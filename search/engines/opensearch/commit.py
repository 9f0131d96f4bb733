"""A commit: what an index in OpenSearch says of itself, in the `_meta` of its mapping."""

from collections.abc import Mapping
from typing import Any

import msgspec

from search.errors import IndexDamaged
from search.schema import Schema, Weights

FORMAT = 1
"""The number of the format: raised when the mapping or the bodies of documents change, of the same schema."""


class Blob(msgspec.Struct, frozen=True):
    """Bytes kept beside the index (see `blobs`): their SHA-256 in hexadecimal, size and number of chunks."""

    digest: str
    size: int
    chunks: int


class Commit(msgspec.Struct, frozen=True, kw_only=True):
    """What wrote an index, and what it holds.

    `index` is the name of the index once it is complete: while it is being written, it is empty or that of
    the commit before. `shards` are its primary shards. `number` counts commits; `tokens` is the weighted
    number of tokens of all `documents`, beside which `deleted` ones may count in scores; `updated` is the
    time of the commit (RFC 3339). `data` are its commit data, `words` the files of its vocabulary by name.
    """

    fingerprint: str
    language: str
    weights: Weights
    languages: tuple[str, ...] = ()
    index: str = ""
    shards: int = 1
    number: int = 0
    documents: int = 0
    tokens: int = 0
    deleted: int = 0
    updated: str = ""
    data: Mapping[str, Blob] = {}
    words: Mapping[str, Blob] = {}

    @property
    def schema(self) -> Schema:
        """The schema the index was written under, as far as this version can rebuild it."""
        return Schema(self.language, self.weights, self.languages)

    def is_stale(self, schema: Schema) -> bool:
        """Whether the index was written under another schema, or in another format."""
        return self.fingerprint != fingerprint_of(schema)

    @property
    def blobs(self) -> frozenset[Blob]:
        """All that the commit keeps beside the index."""
        return frozenset((*self.data.values(), *self.words.values()))

    @property
    def meta(self) -> dict[str, Any]:
        """The commit as JSON, which `commit_of` reads."""
        return {"opis": msgspec.to_builtins(self)}


def fingerprint_of(schema: Schema) -> str:
    """A digest of all that decides what an index of this schema contains in a cluster."""
    return f"{schema.fingerprint}-{FORMAT}"


def first_commit(schema: Schema, shards: int) -> Commit:
    """That of an index of this schema which nothing has been written to."""
    return Commit(
        fingerprint=fingerprint_of(schema),
        language=schema.language,
        weights=schema.weights,
        languages=schema.languages,
        shards=shards,
    )


def commit_of(index: str, meta: Mapping[str, Any] | None) -> Commit:
    """The commit that the `_meta` of an index states. Raises IndexDamaged if it states none."""
    try:
        return msgspec.convert((meta or {})["opis"], Commit)
    except (KeyError, msgspec.ValidationError) as error:
        raise IndexDamaged(
            f"The index {index} in OpenSearch was not written by this program; choose another name for yours."
        ) from error
