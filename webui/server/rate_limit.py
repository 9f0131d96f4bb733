"""How often may one client search? As often as the setting `server.rate_limit` says, over all processes.

A client has a bucket of as many tokens as its limit has requests; each request takes one, and they come back
at an even rate (a token bucket). Of a bucket one number is kept: the time at which it will be full again
(as in the Generic Cell Rate Algorithm, ITU-T I.371). These times lie in a table of fixed size, in memory that
processes share, at places that a keyed hash of the address gives. There are two tables, and the emptier of a
client's two buckets counts (a count-min sketch, Cormode and Muthukrishnan 2005): another client is
counted with it only if it shares both places. Nothing is ever evicted, so that who changes addresses can
neither fill memory nor empty a bucket.
"""

import mmap
import secrets
import time
from collections.abc import Callable
from hashlib import blake2b
from ipaddress import IPv6Address

from search.listening.clients import address
from search.listening.rate import Rate

BUCKETS = 1 << 16
"""In each of the two tables; a megabyte in all."""

_NETWORK_BYTES = 8  # of an address of IPv6: a /64 is what one subscriber has at least (RFC 6177)


class RateLimit:
    """A limit for each client. To be made before the processes that share it are forked.

    Processes that count for one bucket at the same instant may let one request more pass each; there is no
    lock, which a process that is killed could keep.
    """

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` must be the same for all processes, as CLOCK_MONOTONIC is."""
        self._interval = rate.seconds / rate.requests  # in which a token comes back
        self._capacity = rate.seconds  # of a bucket, in seconds until it is full
        self._clock = clock
        self._key = secrets.token_bytes(16)
        self._full = memoryview(mmap.mmap(-1, 2 * BUCKETS * 8)).cast("d")

    def wait(self, client: str) -> float:
        """Count a request of a client: 0 if it may be served, else in how many seconds it might be."""
        now = self._clock()
        digest = blake2b(_counted(client), key=self._key, digest_size=8).digest()
        first = int.from_bytes(digest[:4]) % BUCKETS
        second = BUCKETS + int.from_bytes(digest[4:]) % BUCKETS
        full = max(min(self._full[first], self._full[second]), now) + self._interval
        if (over := full - now - self._capacity) > _ROUNDING:
            return over
        for place in (first, second):
            self._full[place] = max(self._full[place], full)
        return 0.0


_ROUNDING = 1e-6  # seconds by which sums of intervals may be off


def _counted(client: str) -> bytes:
    """What is counted as one client: an address of IPv4, or the /64 of one of IPv6."""
    known = address(client)
    if known is None:
        return client.encode()
    return known.packed[:_NETWORK_BYTES] if isinstance(known, IPv6Address) else known.packed
