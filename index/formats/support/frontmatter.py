"""The YAML block between two lines of `---` at the top of a Markdown file."""

import re
from typing import Any

import yaml

from index.extracted import ReadError, Values
from index.record_fields import RecordFields, parse_record

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_OTHER_NAMES = {
    "author": "authors", "sender": "authors", "from": "authors", "creator": "authors", "creators": "authors",
    "writer": "authors", "by": "authors", "recipient": "recipients", "to": "recipients",
    "addressee": "recipients", "addressees": "recipients", "tags": "subjects", "subject": "subjects",
    "categories": "subjects", "lang": "language", "languages": "language", "location": "place",
    "abstract": "summary", "description": "summary", "excerpt": "summary", "genre": "type",
}  # fmt: skip
_DATES = ("date", "created", "date created", "dated", "published", "date published")
"""The keys of dates; the first of them that has a value counts, the others are kept as they are."""


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
    return _fields(values), text[match.end() :]


def _fields(values: dict[Any, Any]) -> RecordFields:
    """The fields that keys name, in any case; of several texts for one field, the first is its value."""
    known = {str(key): " ".join(re.split(r"[\s_-]+", str(key).casefold())) for key in values}
    dates = sorted((_DATES.index(name), key) for key, name in known.items() if name in _DATES and values[key])
    fields: dict[str, Values] = {}
    extra: dict[str, str] = {}
    for key, value in values.items():
        if value is None:
            continue
        name = _OTHER_NAMES.get(known[str(key)], known[str(key)])
        if name in _DATES:
            name = "date" if dates and dates[0][1] == key else str(key)
        read = parse_record({name: value})
        for field, found in read.fields.items():
            if isinstance(found, tuple):
                fields[field] = tuple(dict.fromkeys((*fields.get(field, ()), *found)))
            elif fields.setdefault(field, found) != found:
                extra[str(key)] = found
        extra |= {str(key): text for text in read.extra.values()}
    return RecordFields(fields, extra)
