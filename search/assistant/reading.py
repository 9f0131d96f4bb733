"""The tools that read: a document part by part, the matches in it, and the documents that are like it."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from search.api.document_payload import document_payload, in_document_payload, similar_payload
from search.archive import Archive
from search.assistant.quotation import quoted, visible, visible_line
from search.assistant.tool_answer import ToolAnswer, addressed, described, identified, listed, site_of, stated
from search.document import Document
from search.errors import ParameterError
from search.highlighting.blocks import cover, numbered
from search.highlighting.in_document import BodyHit, body_hits
from search.parameters.document import parse_similar, parse_within
from search.parameters.question import PER_PAGE
from search.wording.counts import plural

DEFAULT_PART = 8_000
"""Characters of a part of a text."""
MAX_PARTS = 20
"""Documents that are listed as parts of one."""

_SENTENCE_END = re.compile(r"[.!?]['\"’”)]*\s+")
_SPACE = re.compile(r"\s+")
_OMITTED = {"url", "source", "body", "blocks", "credits", "files", "indexed"}


def read(archive: Archive, pairs: Sequence[tuple[str, str]]) -> ToolAnswer:
    """A part of a document's text, and what is known of the document."""
    asked = dict(pairs)
    document = archive.document(asked["id"])
    offset, limit = int(asked.get("offset", 0)), int(asked.get("limit", DEFAULT_PART))
    whole = len(document.body)
    if offset and offset >= whole:
        raise ParameterError("offset", f"The text has {whole:,} characters; the offset must be below that.")
    end = _end(document, offset, limit)
    parts = archive.searcher.parts(document, MAX_PARTS)
    payload: dict[str, Any] = msgspec.to_builtins(document_payload(document, parts, site_of(archive)))
    known = {key: value for key, value in payload.items() if value} | identified(archive, document)
    part = {
        "offset": offset,
        "end": end,
        "characters": whole,
        "next_offset": end if end < whole else None,
        "pages": _pages(document, offset, end),
    }
    data = stated(known | part, _OMITTED) | {"text": visible(document.body[offset:end])}
    lines = [visible_line(document.title), *described(archive, document), *_page_line(data)]
    lines += _details(data) if not offset else []
    lines += ["", document.body[offset:end].strip("\n") or "(no text)"]
    place = [f"Characters {offset:,} to {end:,} of {whole:,}.", *addressed(archive, document)]
    return ToolAnswer("\n".join([*place, quoted("\n".join(lines)), *_onwards(data)]), data)


def find(archive: Archive, pairs: Sequence[tuple[str, str]]) -> ToolAnswer:
    """A page of the matches of a query in a document's text."""
    document = archive.document(dict(pairs)["id"])
    asked = [pair for pair in pairs if pair[0] != "id"]
    if "per_page" not in dict(asked):  # the API gives more at a time
        asked.append(("per_page", str(PER_PAGE.default)))
    question = parse_within(asked)
    answer = archive.searcher.search_in(document, question)
    matches, first = answer.matches.body, (question.page - 1) * question.per_page
    payload: dict[str, Any] = msgspec.to_builtins(in_document_payload(answer, question, site_of(archive)))
    for hit in payload["hits"]:
        del hit["url"], hit["context"]["html"]
    passages = [_passage(hit) for hit in body_hits(document, matches, first, question.per_page)]
    lines = [
        f"{plural(len(matches), 'match', 'matches')} of “{visible_line(question.text)}” in the text of:",
        *addressed(archive, document),
        quoted("\n".join([visible_line(document.title), *described(archive, document), *passages])),
    ]
    if first + question.per_page < len(matches):
        lines.append(f"More matches: find_in_document with page={question.page + 1}.")
    if passages:
        lines.append("Read around a match: read_document with an offset somewhat before that of the match.")
    return ToolAnswer("\n".join(lines), stated(payload | identified(archive, document), {"links", "fields"}))


def similar(archive: Archive, pairs: Sequence[tuple[str, str]]) -> ToolAnswer:
    """The documents most like one."""
    document = archive.document(dict(pairs)["id"])
    found = archive.searcher.similar(document, parse_similar(pair for pair in pairs if pair[0] != "id"))
    schema = archive.searcher.schema
    payload: dict[str, Any] = msgspec.to_builtins(similar_payload(found, schema, site_of(archive)))
    hits = []
    for number, (hit, data) in enumerate(zip(found.hits, payload["hits"], strict=True), 1):
        del data["url"], data["highlights"]
        data.update(identified(archive, hit.document))
        shared = "the same text" if hit.same_text else f"both have: {visible_line(', '.join(hit.words))}"
        hits.append(listed(archive, hit.document, number, shared))
    text = [f"{plural(len(hits), 'document')} like {document.id}."]
    if hits:
        text.append(quoted("\n\n".join(hits)))
    return ToolAnswer("\n".join(text), stated(payload))


def _passage(hit: BodyHit) -> str:
    named = {"page": visible_line(hit.page, 20), "paragraph": str(hit.paragraph or "")}
    where = "".join(f", {name} {number}" for name, number in named.items() if number)
    text = hit.context.render(str, lambda match: f"**{match}**")
    return f"{hit.number}. offset {hit.start}{where}: {visible_line(text, 600)}"


def _end(document: Document, offset: int, limit: int) -> int:
    """Where a part ends: with a paragraph, else a sentence, else a word, in its second half."""
    body, end = document.body, offset + limit
    if end >= len(body):
        return len(body)
    middle = offset + limit // 2
    for ends in (
        [block.end for block in cover(document.blocks, body) if middle < block.end <= end],
        [middle + match.end() for match in _SENTENCE_END.finditer(body[middle:end])],
        [middle + match.end() for match in _SPACE.finditer(body[middle:end])],
    ):
        if ends:
            return ends[-1]
    return end


def _pages(document: Document, offset: int, end: int) -> list[dict[str, Any]]:
    """The pages of a part, each with the character at which it begins there; none if pages are not known."""
    found: dict[int, str] = {}
    last = ""
    for block, _, page in numbered(cover(document.blocks, document.body)):
        if block.start >= end:
            break
        if page != last:
            found[max(block.start, offset)] = last = page
    return [{"page": page, "offset": start} for start, page in found.items() if page]


def _details(data: dict[str, Any]) -> Iterator[str]:
    reference = data.get("reference")
    stated = {
        "reference": reference["text"] if reference else "",
        "classification": data.get("classification", ""),
        "place": data.get("place", ""),
        "language": data.get("language", ""),
        "subjects": "; ".join(data.get("subjects", [])),
        "summary": data.get("summary", ""),
        "folder": data.get("folder", ""),
        "part of": data.get("parent", ""),
        "parts": ", ".join(part["id"] for part in data.get("parts", [])),
    }
    for label, value in stated.items():
        if value:
            yield f"{label}: {visible_line(value, 1000)}"


def _page_line(data: dict[str, Any]) -> Iterator[str]:
    pages = [f"{visible_line(item['page'], 20)} from {item['offset']:,}" for item in data["pages"][:50]]
    if pages:
        yield f"pages, by character: {', '.join(pages)}"


def _onwards(data: dict[str, Any]) -> Iterator[str]:
    if data["next_offset"] is not None:
        left = data["characters"] - data["end"]
        yield f"Read on: read_document with offset={data['next_offset']} ({left:,} characters are left)."
