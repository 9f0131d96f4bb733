"""The archival reference and the web address in a citation: where the original is."""

import re

from search.document import Reference

_URL = re.compile(r"<?(https?://[^\s<>\"”]+[^\s<>\"”.,;)])>?")
_PAGES = r"(?:List(?:y|ov)?|ll?\.|pp?\.|pages?|str\.|Bl\.)"
_PART = r"[\w-]+(?:\s?\[\w+\])?"
_REFERENCE = re.compile(
    rf"""(?P<archive>[^,;"“”<>:\n]{{2,150}}?)[.,;]\s*
        F(?:ond|\.|)\s*(?P<fond>{_PART})[.,;]\s*
        Op(?:is|\.|)\s*(?P<opis>{_PART})
        (?:[.,;]\s*D(?:elo|\.|)\s*(?P<delo>{_PART}))?
        (?:[.,;]\s*(?:Papka|P(?:or)?\.)\s*(?P<papka>{_PART}))?
        (?:[.,;]\s*{_PAGES}\s*(?P<pages>\d[\w]*(?:\s*[-–,]\s*\d[\w]*)*))?""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST = 4000  # characters of a citation that are searched
_FURTHER = re.compile(
    r"[\s;,]*(?:and\b)?\s*" + re.sub(r"\?P<\w+>", "?:", _REFERENCE.pattern), re.IGNORECASE | re.VERBOSE
)


def split_url(text: str) -> tuple[str, str]:
    """The citation without the web address at its end, and its last web address, or ''."""
    match = None
    for found in _URL.finditer(text):
        match = found
    if match is None:
        return text.strip(), ""
    rest = text[match.end() :].strip(" .\n")
    return (text[: match.start()].strip() if not rest else text.strip()), match[1]


def find_reference(text: str) -> Reference | None:
    """The archival reference in a citation, as written; its parts are those of the first of several."""
    text = " ".join(text[:_LONGEST].split())
    first = _REFERENCE.search(text)
    if first is None:
        return None
    end = first.end()
    while following := _FURTHER.match(text, end):
        end = following.end()
    archive = first["archive"].strip()
    start = first.start("archive") + (len(first["archive"]) - len(first["archive"].lstrip()))
    return Reference(
        text=text[start:end].strip(),
        archive=archive,
        fond=first["fond"],
        opis=first["opis"],
        delo=first["delo"] or "",
        pages=first["pages"] or "",
    )
