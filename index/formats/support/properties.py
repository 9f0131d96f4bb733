"""Properties that programs store with a document (title, author, keywords), as far as they are reliable."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import PurePosixPath

from index.extracted import Extracted, Passage, Values
from index.formats.support.content import clean
from index.metadata.header import is_date_line, parse_header
from index.metadata.labels import Labels
from index.metadata.title import read_heading
from index.sources.files import SourceFile
from search.vocabulary.languages import language_names

_LONGEST_TITLE = 600
_NO_TITLE = re.compile(
    r"""microsoft\s(?:word|excel|powerpoint|publisher)\b.* | untitled\b.{0,12} | (?:no\s)?title
        | \(?(?:anonymous|none)\)? | (?:home|index|main|default)(?:\spage)? | powerpoint\spresentation
        | (?:document|dokument|scan|scanned|img|image|page|slide|template|layout)[\s_-]*\d*
        | \S*[\\/]\S* | [\d\W_]*
        | .*\.(?:docx?|dotx?|pdf|ps|rtf|odt|txt|wpd|wps|html?|indd|qxd|pmd|pub|tex|dvi|tiff?|jpe?g)""",
    re.IGNORECASE | re.VERBOSE,
)
_NOBODY = re.compile(
    r"(?:\w+[ -])?(?:administrator|admin|root|user|owner|office user|unknown|anonymous|author|scanner|staff)"
    r"|python-docx|none|n/?a|[\d\W_]*|https?:.*"
    r"|windows\suser|preferred\scustomer|(?:hp|dell|acer|lenovo|toshiba|compaq)(?:[\s_]\w+)?",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"\S*[\d_@\\]\S*|[a-z]+(?:\.[A-Za-z]+)?|[A-Z]{2,}[a-z]*")
"""A word by which a computer knows its user: jsmith, j.smith, ADMINPC, JSmith, AD\\jsmith."""
_TIMESTAMP = re.compile(r"\s*(\d{4})([-/])(\d\d)\2(\d\d)(?:[T ]\d.*)?", re.DOTALL)


def one_line(text: str | None) -> str:
    """A value on one line, without control characters."""
    return " ".join(clean(text or "").split())


def title(text: str | None, file: SourceFile) -> str:
    """A title that a person gave; "" for one that a program made up, and for the name of the file."""
    found = one_line(text)
    names = {PurePosixPath(file.name).name.casefold(), PurePosixPath(file.name).stem.casefold()}
    if len(found) > _LONGEST_TITLE or found.casefold() in names or _NO_TITLE.fullmatch(found):
        return ""
    return found


def people(values: Iterable[str | None]) -> tuple[str, ...]:
    """The distinct names in some values, without accounts, programs and web addresses."""
    names = (name for value in values for name in _names(one_line(value)))
    return tuple(dict.fromkeys(name for name in names if name and not _is_account(name)))


def _is_account(name: str) -> bool:
    """Whether a name is no person's, or that of an account on a computer."""
    return bool(_NOBODY.fullmatch(name) or _LOGIN.fullmatch(name))


def _names(text: str) -> Iterator[str]:
    """The names between `;`, or between commas if no part is of the form `Surname, Name`."""
    for part in text.split(";"):
        names = [name.strip() for name in part.split(",")]
        yield from names if all(" " in name for name in names) else [part.strip()]


def creators(
    values: Iterable[str | None], stated_title: str, passages: Sequence[Passage], labels: Labels
) -> tuple[str, ...]:
    """The authors of an office document by its properties.

    Programs store the user of the computer as the author. A name therefore counts only if the properties
    also state a title, which a person has to type, and if neither title nor header block name an author.
    """
    names = people(values) if stated_title else ()
    if names and (read_heading(stated_title, labels).authors or "authors" in header_fields(passages, labels)):
        return ()
    return names


def header_fields(passages: Sequence[Passage], labels: Labels) -> Set[str]:
    """The names of the fields that a header block in the text states."""
    return {name for name, value in parse_header(passages, labels).fields.items() if value}


def keywords(values: Iterable[str | None]) -> tuple[str, ...]:
    """The distinct subjects in lists separated by `;`, or by `,` where there is no `;`."""
    found: list[str] = []
    for value in values:
        found += (one_line(word) for word in (value or "").split(";" if ";" in (value or "") else ","))
    return tuple(dict.fromkeys(word for word in found if word))


def day(text: str | None) -> str:
    """A date without the time of day: `1951-07-10T12:00:00Z` and `1951/07/10` are `1951-07-10`."""
    match = _TIMESTAMP.fullmatch(text or "")
    return f"{match[1]}-{match[3]}-{match[4]}" if match else one_line(text)


def language(text: str | None) -> str:
    """The English name for a language code (`ru`, `en-GB`); any other value unchanged."""
    return language_names(one_line(text))


def with_properties(
    passages: Sequence[Passage],
    fields: Mapping[str, Values],
    labels: Labels,
    extra: Mapping[str, str] | None = None,
) -> Extracted:
    """A document with the fields that its properties state; empty ones are left out.

    The title becomes the first heading, unless it is that already, so that a title like `Telegram from X
    to Y` is understood as if it stood in the text.
    """
    stated = {name: value for name, value in fields.items() if value}
    heading = str(stated.get("title", ""))
    kept = list(passages)
    if kept and one_line(kept[0].text).casefold() == heading.casefold():
        del kept[0]
    if heading and not (labels.split(heading) or is_date_line(heading)):
        del stated["title"]
        kept.insert(0, Passage("heading", heading, 1, passages[0].page if passages else ""))
    return Extracted(tuple(kept), stated, extra or {})
