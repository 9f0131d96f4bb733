"""Notes and bibliographies for archival documents (Chicago Manual of Style, 17th edition, 14.221–14.231).

Only the title of a publication is italic (`publication`), so plain text loses little. Only the first name of
an entry in a bibliography is inverted. A title that the document does not state is in square brackets and not
in quotation marks, as a description is; a letter without a title is described by its author and recipient
(14.229).
"""

import re
from collections.abc import Iterator, Sequence

from search.citation.csl import CslDate, CslItem
from search.citation.dates import chicago_date
from search.citation.kinds import kind_of
from search.citation.names import direct, inverted
from search.citation.plain_text import is_said, says_something, shortened, without_stop
from search.citation.quotation import quoted
from search.document import Document
from search.languages.english_months import MONTHS
from search.one_line import one_line

_LONGEST = 400  # characters of a title or a name; "very long titles may be shortened" (14.97)
_PAGES = re.compile(
    r"\b(?:(?:pp?|[Pp]ages?|[Ff]ols?|[Ff]olios?|ll|[Ll]isty|[Лл]л?|[Сс]тр|Bl)\.? ?|S\. ?)"
    r"\d+[rv]?-\d+[rv]?(?:, ?\d+[rv]?(?:-\d+[rv]?)?)*(?![\w/-])"
)
_SUPPLIED = re.compile(r"\[[^\[\]]+\]")  # a title that somebody else gave is no quotation
_IN_NOTE, _IN_BIBLIOGRAPHY = 3, 10
"""As many authors are all named (14.76); of more, a note names the first, a bibliography the first seven."""


def note(document: Document, item: CslItem) -> str:
    """A full note: author, title, date, where the original is, archive, day of access and address."""
    authors = _names([direct(name) for name in item.get("author", [])])
    if _is_letter_without_title(document, item):
        kind = "" if item["genre"].lower() == "letter" else item["genre"]
        parts = [f"{authors} to {_recipients(item)}", kind]
    else:
        parts = [authors, *_titled(document, item)]
    parts += [_attachment(document, item), _date(document, parts), *_whereabouts(document, item)]
    if "URL" in item:
        parts.append(f"accessed {_day(item['accessed'])}")
    *some, last = filter(None, parts)
    ending = f"{_closed(last, ',')} {item['URL']}." if "URL" in item else _closed(last, ".")
    return " ".join([*(_closed(part, ",") for part in some), ending])


def bibliography_entry(document: Document, item: CslItem) -> str:
    """The entry of a bibliography: what the note has, in sentences, and the first author by family name."""
    people = item.get("author", [])
    names = [*map(inverted, people[:1]), *map(direct, people[1:])]
    authors = _names(names, _IN_BIBLIOGRAPHY, kept=7, is_inverted=bool(people and "family" in people[0]))
    if _is_letter_without_title(document, item):
        parts = [authors, f"{_capital(item['genre'])} to {_recipients(item)}"]
    else:
        parts = [authors, *map(_capital, _titled(document, item))]
    where = " ".join(_closed(place, ",") for place in _whereabouts(document, item))
    parts += [_capital(_attachment(document, item)), _capital(_date(document, parts))]
    parts += [f"In {where[3:]}" if where.startswith("in ") else where]
    if "URL" in item:
        parts += [f"Accessed {_day(item['accessed'])}"]
    address = f" {item['URL']}." if "URL" in item else ""
    return " ".join(_closed(part, ".") for part in parts if part) + address


def publication(document: Document, item: CslItem) -> str:
    """The title of the publication as note and entry have it, in italics where there are any; or empty."""
    return "" if document.parent else shortened(item.get("container-title", ""), _LONGEST)


def _is_letter_without_title(document: Document, item: CslItem) -> bool:
    has_people = "author" in item and "recipient" in item
    return document.makeshift_title and has_people and kind_of(document.type).zotero == "letter"


def _titled(document: Document, item: CslItem) -> Iterator[str]:
    """The title in quotation marks, without an author who is named at its beginning; or the makeshift one."""
    title = shortened(item["title"], _LONGEST)
    if document.makeshift_title:
        yield title
        if (kind := item.get("genre", "")).lower() not in title.lower():
            yield kind
        return
    for name in item.get("author", []):
        for written in (direct(name), inverted(name)):
            rest = title.removeprefix(written)
            if rest != title and rest[:1] in {",", ":"} and rest[1:].strip():
                title = rest[1:].strip()
    yield title if _SUPPLIED.fullmatch(title) else quoted(title)


def _attachment(document: Document, item: CslItem) -> str:
    parent = item.get("container-title") if document.parent else None
    return f"attachment to {quoted(shortened(parent, _LONGEST))}" if parent else ""


def _date(document: Document, parts: Sequence[str]) -> str:
    """The date; empty for a day that the title states already, in this form or as the document writes it."""
    date = document.date
    written = chicago_date(date)
    if date is None or date.earliest is None or date.earliest != date.latest:
        return written
    forms = (written, one_line(date.text))
    return "" if any(is_said(form, part) for form in forms for part in parts) else written


def _whereabouts(document: Document, item: CslItem) -> list[str]:
    """Publication, place in the archive, collection, archive and who shows it, none of them said twice."""
    printed = publication(document, item)
    said = [f"in {printed}"] if printed else []
    texts = [
        item.get("archive_location"),
        item.get("archive_collection"),
        item.get("archive"),
        item.get("source"),
    ]
    for text in texts:
        if text and says_something(text) and not any(is_said(text, other) for other in said):
            said.append(shortened(_with_dashes(text), _LONGEST))
    return said


def _with_dashes(text: str) -> str:
    """A place in an archive with dashes in ranges of pages (6.78): `pp. 12–15`, but `611.61/7-453`."""
    return _PAGES.sub(lambda pages: pages[0].replace("-", "–"), text)


def _recipients(item: CslItem) -> str:
    return _names([direct(name) for name in item.get("recipient", [])])


def _names(names: Sequence[str], most: int = _IN_NOTE, *, kept: int = 1, is_inverted: bool = False) -> str:
    """`A`, `A and B`, `A, B, and C`; of more than `most` the first `kept` "et al."."""
    named = [shortened(name, _LONGEST) for name in (names if len(names) <= most else names[:kept])]
    if len(names) > most:
        return ", ".join(named) + (" et al." if len(named) == 1 else ", et al.")
    if len(named) < 3:
        return (", and " if is_inverted else " and ").join(named)
    return f"{', '.join(named[:-1])}, and {named[-1]}"


def _closed(part: str, mark: str) -> str:
    """The part with a comma or full stop, inside the quotation marks at its end, and no mark doubled."""
    core = part.rstrip("’”'\"")
    closing = part[len(core) :]
    if not {"”", '"'} & set(closing):  # an apostrophe
        core, closing = part, ""
    core = without_stop(core)
    # "What Now?" needs no full stop, and keeps its comma (14.96).
    needed = "" if mark == "." and core.endswith((".", "?", "!", "…")) else mark
    return core + needed + closing


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _day(date: CslDate) -> str:
    [[year, month, day]] = date["date-parts"]
    return f"{MONTHS[month - 1]} {day}, {year}"
