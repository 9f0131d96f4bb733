"""Where has a document gone? The old ids of documents whose files were moved, kept with the index."""

from collections.abc import Mapping

import msgspec

REDIRECTS_KEY = "addresses"
"""The name of the redirects in an engine's commit data."""


def addresses_to_bytes(moved: Mapping[str, str]) -> bytes:
    """Encode a mapping old id -> present id, as stored in the commit data."""
    return msgspec.msgpack.encode(moved)


def addresses_of(data: bytes) -> dict[str, str]:
    """What `addresses_to_bytes` wrote; nothing if it is nothing of the kind."""
    try:
        return msgspec.msgpack.decode(data, type=dict[str, str])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def readdressed(known: Mapping[str, str], moved: Mapping[str, str], live: set[str]) -> dict[str, str]:
    """The addresses known so far with the latest moves: an old one leads to where its document is now."""
    followed = {old: moved.get(new, new) for old, new in known.items()} | dict(moved)
    return {old: new for old, new in followed.items() if old not in live and new in live}
