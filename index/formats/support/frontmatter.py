"""The YAML block between two lines of `---` at the top of a Markdown file."""

import re
from typing import Any

import yaml

from index.extracted import ReadError
from index.record_fields import RecordFields, parse_record

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


class _Loader(yaml.SafeLoader):
    """YAML without aliases, by which a small file could expand without bounds; dates are left as text."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise ReadError("Its front matter uses a YAML alias (*name), which is not read.")
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag in {"tag:yaml.org,2002:null", "tag:yaml.org,2002:merge"}
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def split_front_matter(text: str) -> tuple[RecordFields, str]:
    """The fields of the front matter and the text after it. Raises ReadError if it is not valid YAML."""
    match = _FRONT.match(text)
    if match is None:
        return RecordFields(), text
    try:
        values = yaml.load(match[1], Loader=_Loader)  # noqa: S506 - a SafeLoader, and stricter
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 2}" if mark else ""
        raise ReadError(f"Its front matter is not valid YAML{place}.") from error
    if values is None:
        return RecordFields(), text[match.end() :]
    if not isinstance(values, dict):
        return RecordFields(), text  # a text that begins with a horizontal rule
    return parse_record(values), text[match.end() :]
