"""Mail header fields (RFC 5322) above a text: `From: …`, `To: …`, with folded lines.

Those that tell how a mail was transported and encoded, such as `Received` and `Message-ID`, are boilerplate.
"""

import re
from collections.abc import Sequence

from index.extracted import Passage
from index.metadata.labels import Labels

_FIELD = re.compile(r"[^\W\d_][\w-]{0,60}\s?:(?:\s|$)")
_OF_MAIL = frozenset({"authors", "recipients", "date", "heading"})
_LEAST_FIELDS = 2  # of these, in a mail header
_OF_TRANSPORT = re.compile(r"(?:[A-Za-z0-9]+-[A-Za-z0-9-]+|Received|References|Precedence):", re.IGNORECASE)


def without_mail_boilerplate(passages: Sequence[Passage], labels: Labels) -> Sequence[Passage]:
    """The passages; of a mail header above them, the fields of the labels one a line, then other fields.

    The first passage is a mail header if it consists of fields, and has at least two of sender,
    recipient, date and subject.
    """
    if not passages:
        return passages
    fields = _fields(passages[0])
    known = {field: found[0] for field in fields if (found := labels.split(field))}
    if len(_OF_MAIL & set(known.values())) < _LEAST_FIELDS:
        return passages
    others = [field for field in fields if field not in known and not _OF_TRANSPORT.match(field)]
    header = passages[0].with_text("\n".join([*known, *others]))
    return [header, *passages[1:]]


def _fields(passage: Passage) -> list[str]:
    """The fields of a passage that consists of fields, unfolded to a line each; else none."""
    fields: list[str] = []
    for line in passage.lines:
        if _FIELD.match(line):
            fields.append(line)
        elif fields and line[:1] in {" ", "\t"}:
            fields[-1] = f"{fields[-1]} {line.strip()}"
        else:
            return []
    return fields
