"""XML of a known kind that holds no text to read: what it is, by its root element."""

import re
import tomllib
from functools import cache
from pathlib import Path

from index.formats.support.tree import DOCTYPE, PROLOG

_ROOT = re.compile(
    rf"{PROLOG}{DOCTYPE}{PROLOG}<(?:(?P<prefix>[\w.-]+):)?(?P<name>[\w.-]+)(?P<rest>[^>]*)", re.DOTALL
)


@cache
def _kinds() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def unread_kind(text: str) -> str:
    """What XML is, judged by the beginning of its text; "" for anything that may hold text."""
    match = _ROOT.match(text)
    if not match:
        return ""
    declared = f"xmlns:{match['prefix']}" if match["prefix"] else "xmlns"
    namespace = re.search(rf"""(?<![\w:-]){re.escape(declared)}\s?=\s?["']([^"']*)""", match["rest"])
    stated = namespace[1] if namespace else ""
    return _kinds()["namespaces"].get(stated) or _kinds()["roots"].get(match["name"].lower(), "")
