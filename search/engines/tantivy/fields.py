"""The Tantivy schema: our tokens as they are, joined by spaces, and the values that it counts and sorts.

| field | holds |
|---|---|
| `id` | the document's id; also sorts what scores the same |
| `key` | a number for it, by which hits are found again |
| `title_length` | the number of stems of its title |
| `title_lengths` | each stem of its title, with that number rounded down: `peac/3` (see `TitleLengths`) |
| `text` | weighted stems with their frequencies, for ranking |
| `words`, `<field>_words` | words with positions; between two values of a document a GAP |
| `<field>_stems` | stems, without frequencies; not those of whole values, which queries find by the word |
| `<facet>` | each distinct value, for filters and facets |
| `<facet>_numbers` | a number for each of them, which is counted sooner; NO_VALUE if there is none |
| `earliest`, `latest` | the days a date allows, absent if undated |
| `first_edge`, `last_edge` | its outermost known days: no open end |
| `day`, `month`, `year` | the first day of the bucket the date lies wholly in |
| `span` | both days of a date that is no single day |
| `date_order`, `date_descending`, `title_order`, `indexed_order` | sort keys, ties by id included |
| `document` | the document itself |
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

import tantivy

from search.analyzed import POSITION_GAP, AnalyzedDocument
from search.calendar import BEGINNING, END, DayRange, civil, day_number
from search.engines.fields import stems_field, words_field
from search.schema import TEXT, WORDS, Schema

TOKENS = "tokens"
"""The name of the tokenizer that splits our tokens at the spaces again."""
TITLE_LENGTHS = "title_lengths"
"""The field of the stems of titles, each with the rounded number of the title's stems."""
LEVELS = ("year", "month", "day")
"""The intervals whose containing bucket is stored with a date; that of its decade follows from the year."""
NO_VALUE = -1
"""Stands in the numbers of a facet for a document without a value: less than every other number."""
LARGEST_VALUE = 60_000
"""Bytes of a facet value that are stored: Tantivy silently drops a longer one."""

GAP = "\x01"
"""The one term of the gap between two values of a field of words, and no word."""

# The token's own position is one of the gap, and Tantivy leaves one behind each value, of which it is one.
_GAP = tantivy.PreTokenizedString("", [tantivy.Token(GAP, POSITION_GAP - 3, 0, 0)])
_ORIGIN = 10**9  # makes day numbers positive, so that they sort as text
_UNDATED = "~"  # after every digit
_LAST_SECOND = 10**12 - 1  # makes later times smaller, and 0 the greatest


def tantivy_schema(schema: Schema) -> tantivy.Schema:
    """The Tantivy fields of a schema."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field(TEXT, tokenizer_name=TOKENS, index_option="freq")
    builder.add_text_field(WORDS, tokenizer_name=TOKENS, index_option="position")
    for name in schema.indexed_fields:
        builder.add_text_field(words_field(name), tokenizer_name=TOKENS, index_option="position")
    for name in schema.query_fields:
        builder.add_text_field(stems_field(name), tokenizer_name=TOKENS, index_option="basic")
    for name in schema.facets:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_integer_field(numbers_field(name), fast=True)
    builder.add_integer_field("key", indexed=True, fast=True)
    builder.add_integer_field("title_length", fast=True)
    builder.add_text_field(TITLE_LENGTHS, tokenizer_name=TOKENS, index_option="basic")
    for name in ("earliest", "latest", "first_edge", "last_edge", *LEVELS):
        builder.add_integer_field(name, fast=True)
    for name in ("span", "date_order", "date_descending", "title_order", "indexed_order"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_bytes_field("document", stored=True)
    return builder.build()


def register_tokenizer(index: tantivy.Index) -> None:
    """Register the tokenizer with an index that was created or opened: Tantivy does not store it."""
    tokens = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer(TOKENS, tokens.build())


def tantivy_document(analyzed: AnalyzedDocument, schema: Schema, fields: tantivy.Schema) -> tantivy.Document:
    """One document for an index of these fields."""
    values = field_values(analyzed, schema)
    words = word_values(analyzed, schema)
    values |= {name: found[0] for name, found in words.items() if len(found) == 1}
    # With the fields given, a wrong type raises here; else it raises later, and drops the batch silently.
    document = tantivy.Document.from_dict(values, fields)
    for name, (first, *others) in words.items():
        if others:
            document.add_text(name, first)
            for value in others:
                document.add_pre_tokenized_text(name, _GAP)
                document.add_text(name, value)
    return document


def word_values(analyzed: AnalyzedDocument, schema: Schema) -> dict[str, Sequence[str]]:
    """The values of one document by field of words, of those that have any."""
    every = [*analyzed.all_words()]
    values: dict[str, Sequence[str]] = {WORDS: every} if every else {}
    values |= {field: own for name, field in _names(schema).words if (own := analyzed.words[name])}
    return values


def field_values(analyzed: AnalyzedDocument, schema: Schema) -> dict[str, Any]:
    """The values of one document by field, of all but those of words."""
    values: dict[str, Any] = {
        "id": analyzed.id,
        "key": key_of(analyzed.id),
        "title_length": analyzed.title_stems,
        TITLE_LENGTHS: _title_lengths(analyzed),
        TEXT: " ".join([" ".join([stems] * weight) for stems, weight in analyzed.weighted_stems]),
        "title_order": f"{analyzed.title}\0{analyzed.id}",
        "indexed_order": f"{_LAST_SECOND - analyzed.indexed:012}{analyzed.id}",
        "document": analyzed.stored,
    }
    names = _names(schema)
    for name, field in names.stems:
        if stems := analyzed.stems[name]:
            values[field] = stems
    for name, numbers in names.facets:
        values[name] = stored = [*map(facet_value, analyzed.facets.get(name, ()))]
        values[numbers] = [*map(number_of, stored)] or NO_VALUE
    return values | _dates(analyzed.id, analyzed.day_bounds)


class _Names(NamedTuple):
    """The fields of a schema, each with the one in Tantivy of its words, of its stems, of its numbers."""

    words: list[tuple[str, str]]
    stems: list[tuple[str, str]]
    facets: list[tuple[str, str]]


@lru_cache
def _names(schema: Schema) -> _Names:
    return _Names(
        [(name, words_field(name)) for name in schema.indexed_fields],
        [(name, stems_field(name)) for name in schema.query_fields],
        [(name, numbers_field(name)) for name in schema.facets],
    )


def numbers_field(facet: str) -> str:
    """The field of the numbers of a facet's values."""
    return f"{facet}_numbers"


@lru_cache(maxsize=50_000)
def number_of(value: str) -> int:
    """The number of a facet value as it is stored: of 63 bits, as `key_of`, so that no two are the same."""
    return key_of(value)


def round_title_length(stems: int) -> int:
    """The number of stems of a title, rounded down: exact below 12, of which most titles are."""
    return stems if stems < 12 else min(stems // 4 * 4, 40)


def _title_lengths(analyzed: AnalyzedDocument) -> str:
    if not analyzed.title_stems:  # a makeshift title, which no query is matched with
        return ""
    length = round_title_length(analyzed.title_stems)
    return " ".join([f"{stem}/{length}" for stem in dict.fromkeys(analyzed.stems["title"].split())])


def key_of(doc_id: str) -> int:
    """A number of 63 bits for an id."""
    return int.from_bytes(blake2b(doc_id.encode(), digest_size=8).digest()) >> 1


def facet_value(value: str) -> str:
    """A facet value as it is stored: cut at LARGEST_VALUE bytes."""
    if len(value) * 4 <= LARGEST_VALUE:
        return value
    return value.encode()[:LARGEST_VALUE].decode(errors="ignore")


def span_of(days: DayRange) -> str:
    """A range of days as stored in the `span` field."""
    return f"{days.earliest}:{days.latest}"


def read_span(text: str) -> DayRange:
    """The range that `span_of` wrote."""
    earliest, _, latest = text.partition(":")
    return DayRange(int(earliest), int(latest))


def _dates(doc_id: str, days: tuple[int, int] | None) -> dict[str, Any]:
    if days is None:
        return {"date_order": f"{_UNDATED}{doc_id}", "date_descending": f"{_UNDATED}{doc_id}"}
    earliest, latest = days
    return {
        "earliest": earliest,
        "latest": latest,
        "date_order": f"{_ORIGIN + earliest:010}{doc_id}",
        "date_descending": f"{_ORIGIN - latest:010}{doc_id}",
        **_of_days(earliest, latest),
    }


@lru_cache(maxsize=20_000)  # documents of an archive share their days
def _of_days(earliest: int, latest: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if known := [day for day in (earliest, latest) if BEGINNING < day < END]:
        values |= {"first_edge": known[0], "last_edge": known[-1]}
    if earliest != latest:
        values["span"] = span_of(DayRange(earliest, latest))
    return values | _levels(earliest, latest)


def _levels(earliest: int, latest: int) -> dict[str, int]:
    if earliest == BEGINNING or latest == END:
        return {}
    year, month, day = civil(earliest)
    last_year, last_month, _ = civil(latest)
    levels = {}
    if year == last_year:
        levels["year"] = day_number(year, 1, 1)
        if month == last_month:
            levels["month"] = earliest - day + 1
            if earliest == latest:
                levels["day"] = earliest
    return levels
