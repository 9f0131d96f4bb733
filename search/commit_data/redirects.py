"""Where has a document moved? Redirects from its old ids to its present one, stored in the index."""

from collections.abc import Container, Mapping

import msgspec

REDIRECTS_KEY = "addresses"
"""The name of the redirects in an engine's commit data."""


def encode_redirects(redirects: Mapping[str, str]) -> bytes:
    """Encode a mapping old id -> present id, as stored in the commit data."""
    return msgspec.msgpack.encode(redirects)


def decode_redirects(data: bytes) -> dict[str, str]:
    """The mapping that `encode_redirects` encoded; empty for anything else."""
    try:
        return msgspec.msgpack.decode(data, type=dict[str, str])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def follow_moves(
    redirects: Mapping[str, str], moved: Mapping[str, str], live: Container[str]
) -> dict[str, str]:
    """The redirects after documents have `moved` (old id -> new id), each to the document's present id.

    Kept are those from an id that no `live` document has to one that a live document has.
    """
    followed = {old: moved.get(new, new) for old, new in redirects.items()} | dict(moved)
    return {old: new for old, new in followed.items() if old not in live and new in live}
