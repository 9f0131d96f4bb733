"""The settings and the mapping of an index in OpenSearch: our tokens as they are, and the values to count.

| field | holds |
|---|---|
| `id` | the document's id; also sorts what is the same otherwise |
| `text` | weighted stems, each as often as it counts: all that is scored; NO_STEM if there are none |
| `words`, `<field>_words` | words with positions, POSITION_GAP between two values of a document |
| `<field>_stems` | stems, without frequencies; not those of whole values, which queries find by the word |
| `<facet>` | each distinct value, for filters and facets |
| `earliest`, `latest` | the days a date allows, absent if undated |
| `first_edge`, `last_edge` | its outermost known days: no open end |
| `year_span`, `month_span`, `day_span` | the bucket that contains the date, else the date (see `span_of`) |
| `title_length` | the number of distinct stems of its title, stop words left out |
| `title_key`, `indexed` | what titles and times of indexing are sorted by |
| `document` | the document itself, stored beside the index: `_source` would hold the tokens, too |
"""

from collections.abc import Mapping
from typing import Any

from search.analyzed import POSITION_GAP
from search.calendar import Interval
from search.engines.fields import stems_field, words_field
from search.ranking import K1, B
from search.schema import TEXT, WORDS, Schema

TOKENS = "tokens"
"""The analyzer that splits our tokens at the spaces again."""
NO_STEM = "\x01"
"""The one token of a document without stems: Lucene counts documents that have a token."""
SPANS: Mapping[Interval, str] = {"year": "year_span", "month": "month_span", "day": "day_span"}
"""The field of each interval by which dates are counted; a decade is counted by its years."""

_LONGEST_TERM = 10_900  # UTF-16 units: three bytes each at most, and Lucene refuses a term above 32,766

Body = dict[str, Any]


def index_settings(shards: int, deleted: int) -> Body:
    """The settings of an index that is being written: no replicas yet, and no refresh of itself.

    `deleted` is the percentage of deleted documents in a segment from which on it is merged.
    """
    tokenizer = {"type": "whitespace", "max_token_length": _LONGEST_TERM}  # splits at 255 otherwise
    return {
        "index": {
            "number_of_shards": shards,
            "number_of_replicas": 0,
            "auto_expand_replicas": False,
            "refresh_interval": -1,
            "routing.rebalance.enable": "none",  # without _source, a shard that moves could not catch up
            "max_result_window": 2**31 - 1,  # any page may be asked for: memory is bounded by the offset
            "merge.policy.expunge_deletes_allowed": deleted,
            "similarity": {"default": {"type": "BM25", "k1": K1, "b": B}},
            "analysis": {
                "analyzer": {TOKENS: {"type": "custom", "tokenizer": TOKENS}},
                "tokenizer": {TOKENS: tokenizer},
            },
        }
    }


def index_mapping(schema: Schema, meta: Mapping[str, Any]) -> Body:
    """The fields of an index of this schema; `meta` says what commit it is."""
    return {
        "dynamic": "strict",
        "_source": {"enabled": False, "recovery_source_enabled": False},
        "_meta": dict(meta),
        "properties": _fields(schema),
    }


def _fields(schema: Schema) -> Body:
    words = _text("positions", norms=False) | {"position_increment_gap": POSITION_GAP}
    stems = _text("docs", norms=False)
    number = {"type": "long"}
    fields: Body = {"id": {"type": "keyword"}, TEXT: _text("freqs", norms=True), WORDS: words}
    fields |= {words_field(name): words for name in schema.indexed_fields}
    fields |= {stems_field(name): stems for name in schema.query_fields}
    fields |= {name: {"type": "keyword"} for name in schema.facets}
    fields |= dict.fromkeys(("earliest", "latest", "first_edge", "last_edge"), number)
    fields |= {name: {"type": "keyword"} for name in SPANS.values()}
    return fields | {
        "title_length": {"type": "integer"},
        "title_key": {"type": "keyword", "index": False},
        "indexed": {"type": "long", "index": False},
        "document": {"type": "binary", "store": True},
    }


def _text(options: str, *, norms: bool) -> Body:
    return {"type": "text", "analyzer": TOKENS, "index_options": options, "norms": norms}
