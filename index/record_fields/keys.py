"""When are two keys the same? In any letter case, with spaces, hyphens, underscores or none of them."""

import re
import unicodedata
from collections.abc import Set

_ANNOTATION = re.compile(r"\s*(?:\[[\w-]{0,12}\]|(?<=\s)@[\w-]{1,12}|\^\^\S*)\s*\Z")
"""A language or data type behind a key: `dc.title[en_US]`, `dcterms:created ^^numeric:timestamp`."""

_LONGEST = 300  # characters of a key that is looked at


def folded(key: str) -> str:
    """The letters and digits of a key, case-folded: `Date Written`, `date_written`, `dateWritten` are one."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", key[:_LONGEST]).casefold()))


def without_annotations(key: str) -> str:
    """A key without the language and data type behind it."""
    key = key[:_LONGEST]
    while (shorter := _ANNOTATION.sub("", key)) != key:
        key = shorter
    return key


def forms(key: str, namespaces: Set[str]) -> tuple[str, ...]:
    """A key as it is looked up: whole, and without a namespace (folded) before `:`, `.`, `/` or `#`."""
    bare = without_annotations(key)
    cuts = {bare.find(mark) for mark in ":./#"} | {bare.rfind(mark) for mark in "/#"}
    tails = (bare[at + 1 :] for at in sorted(cuts) if at > 0 and folded(bare[:at]) in namespaces)
    return tuple(dict.fromkeys(filter(None, map(folded, (bare, *tails)))))
