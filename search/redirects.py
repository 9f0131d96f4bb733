"""Where has a document gone? The old ids of documents whose files were moved, kept with the index."""

from collections.abc import Mapping

import msgspec

NOTE = "addresses"
"""The name by which an engine remembers them."""


def addresses_to_bytes(moved: Mapping[str, str]) -> bytes:
    """Old id -> present id, in the form in which an engine remembers it."""
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
