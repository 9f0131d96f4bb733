"""BibTeX: one entry, with the fields of biblatex and of classic BibTeX, in UTF-8.

`date` has the date in EDTF, as biblatex reads it; `year`, `month` and `day` repeat it for classic BibTeX. The
place in the archive is in `note`, which every style prints, and in `library`, biblatex's field for it.
"""

import re
import unicodedata
from collections.abc import Iterator

from search.citation.csl import CslItem, CslName, place_in_archive
from search.citation.dates import cited_year, date_text, units_of
from search.citation.edtf import csl_edtf
from search.citation.kinds import kind_of
from search.citation.names import family_of
from search.languages.english_months import MONTHS

_ESCAPES = str.maketrans(
    {
        "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
        "<": r"{\textless}", ">": r"{\textgreater}", "|": r"{\textbar}",
        "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    }
)  # fmt: skip
"""Braces are written by name, since BibTeX counts even those behind a backslash."""
_SMALL_WORDS = frozenset(["and", "for", "from", "the", "das", "der", "die", "les", "los", "las", "von"])
_TEXTS = {
    "archive_collection": "series",
    "source": "organization",
    "event-place": "address",
    "language": "language",
    "abstract": "abstract",
    "note": "annote",
}
"""Key of the item -> field of the entry, where the text is all there is to it."""


def bibtex(item: CslItem, key: str) -> str:
    """The entry of an item under a key, such as that of `citation_key`."""
    fields = [f"  {name} = {value}" for name, value in _fields(item) if value not in {"{}", "{{}}"}]
    return f"@{_type(item)}{{{key},\n" + ",\n".join(fields) + "\n}\n"


def _type(item: CslItem) -> str:
    """The type of the entry: what is part of something else is printed with its title as `incollection`."""
    kind = kind_of(item.get("genre", "")).bibtex
    return "incollection" if "container-title" in item and kind in {"misc", "unpublished"} else kind


def citation_key(item: CslItem) -> str:
    """The key of an item: author, year and first word of the title, to know it by, and the unique id.

    It is the same in every file, whatever else is in it, and no other document has it, since ids have no
    colon: `molotov1953telegram:letters-17`.
    """
    author = next(iter(item.get("author", [])), None)
    name = author.get("family", author.get("literal", "")) if author else ""
    year = cited_year(item.get("issued"))
    words = (word for word in map(_ascii, item["title"].split()) if len(word) > 2 and word != _ascii(name))
    word = next((word for word in words if word not in _SMALL_WORDS), "")
    known = _ascii(name)[:20] + (str(abs(year)) if year else "") + word[:20]
    doc_id = item["id"].replace("~", "+")  # LaTeX reads ~ as a space
    return f"{known}:{doc_id}" if known else doc_id


def _fields(item: CslItem) -> Iterator[tuple[str, str]]:
    yield "author", _people(item.get("author", []))
    yield "title", f"{{{{{_escaped(item['title'])}}}}}"  # styles change the case outside of braces
    yield from _date(item)
    place = place_in_archive(item)
    yield ("type" if item["type"] == "report" else "howpublished"), _text(item.get("genre", ""))
    yield "note", _text(place)
    yield "library", _text(place)
    yield "recipient", _people(item.get("recipient", []))
    yield (
        ("journal" if item["type"] == "article-newspaper" else "booktitle"),
        _text(item.get("container-title", "")),
    )
    yield from ((name, _text(str(item.get(key, "")))) for key, name in _TEXTS.items())
    yield "keywords", _text(", ".join(item.get("keyword", "").split("; ")))
    if "URL" in item:
        yield "url", f"{{{item['URL']}}}"
        yield "urldate", f"{{{csl_edtf(item['accessed'])}}}"


def _date(item: CslItem) -> Iterator[tuple[str, str]]:
    issued = item.get("issued")
    if issued is None:
        return
    yield "date", f"{{{csl_edtf(issued)}}}"  # EDTF, in which ~ is a mark and no letter
    units = units_of(issued)
    if len(units) != 1 or issued.get("circa") or units[0][0] < 1:
        yield "year", _text(date_text(issued))
        return
    year, *rest = units[0]
    yield "year", f"{{{year}}}"
    if rest:
        yield "month", MONTHS[rest[0] - 1][:3].lower()
    if rest[1:]:
        yield "day", f"{{{rest[1]}}}"


def _people(names: list[CslName]) -> str:
    """Names with `and` between them; those that are not to be taken apart are in braces."""
    written = [f"{{{_escaped(name['literal'])}}}" if "literal" in name else _person(name) for name in names]
    return f"{{{' and '.join(written)}}}"


def _person(name: CslName) -> str:
    """`von Last, Jr, First`."""
    parts = [family_of(name), name.get("suffix", ""), name["given"]]
    return ", ".join(_escaped(part) for part in parts if part)


def _text(text: str) -> str:
    return f"{{{_escaped(text)}}}"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _ascii(text: str) -> str:
    """The letters and digits of a word as a key has them: `Müller's` gives `mullers`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower())
