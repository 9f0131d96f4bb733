"""Queries meant to crash, hang or exhaust: each a name and a text of at most 64 KB.

`BAD` are about syntax and characters, `COSTLY` ask for as much work as a query can, and `WORST` for as much
as it can of one archive: they are made of its most frequent words, and of prefixes that most words have.
"""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from search.engines import TermDictionary

SIZE = 65_536

BAD = {
    "10,000 parentheses": "(" * 10_000 + "war" + ")" * 10_000,
    "10,000 closed parentheses": ")" * 10_000,
    "10,000 alternating parentheses": "()" * 10_000,
    "1,000 terms with OR": " OR ".join(f"w{n}" for n in range(1_000)),
    "10,000 times NOT": "NOT " * 10_000 + "war",
    "10,000 signs": "+-" * 10_000 + "war",
    "nested fields": "title:(" * 9_000 + "war",
    "nested NOT groups": "-(" * 10_000 + "war",
    "quotation marks": '"' * SIZE,
    "single quotation marks": "‘" * (SIZE // 3),
    "a word of 64 KB": "a" * SIZE,
    "a field of 64 KB": "a" * (SIZE - 2) + ":b",
    "an exponent of 64 KB": "a^" + "1" * (SIZE - 2),
    "a distance of 60 KB": '"line of"~' + "9" * 60_000,
    "slashes": "/.*" * 20_000 + "/",
    "wildcards": "*",
    "wildcards only": "?*?",
    "wildcards of 64 KB": "a*" * (SIZE // 2),
    "spaces": " " * SIZE,
    "control characters": "".join(map(chr, range(32))) + "\x7f\x80\x9f",
    "NUL": "war\x00peace \x00 title:\x00",
    "lone surrogates": '\ud800 war \udfff title:\ud800 \udc00* \ud800~ "\ud800 \udc00"',
    "right-to-left marks": "\u202ewar\u202c \u200f\u200e\u2066peace\u2069 \u061c",
    "zero-width and variation": "w\u200ba\u200dr \ufeffwar war\ufe0f \u00ad-",
    "combining marks": "a" + "\u0301" * 60_000,
    "one of every plane": " ".join(chr(plane << 16 | 0x41) for plane in range(17)),
    "noncharacters": "\ufffe \uffff \U0010ffff*",
    "digits of every script": "٣٤ ४५ ៤៥ 𝟙𝟚 ²³ ½ date:١٩٥١",
    "case that changes length": "İSTANBUL ǰ ΐ ﬃ ẞ straße~",
    "dates out of this world": "date:9999-99-99 date:0000-00-00 date:-9999..9999 before:-0001 after:999999",
    "dates like ranges": "date:.. date:.... date:1951.. date:..1951.. date:1..2..3 date:[ TO ] date:[* TO *]",
    "SQL": "'; DROP TABLE documents; --",
    "HTML": '<script>alert("x")</script> & &amp; <b',
    "template": "{{ 7*7 }} ${7*7} %s %(x)s {0} \\n \\",
    "Lucene": r'+title:(war -peace)^2 && "a b"~5 || [a TO b} {* TO 5] /re(g|ex)+/ fuzzy~0.8 wom?n \"x\"',
    "paths": "../../etc/passwd C:\\x \\\\host\\share file:///x http://[::1]/?q=%00",
    "archival numbers": "02091-C-71 h52.1 - x (draft f. 45, op. 1, d. 343, l. 84-88 §12 №5",
}

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _many(form: str, joined: str = " ", count: int = 64) -> str:
    return joined.join(form.format(n=n, a=LETTERS[n % 26], b=LETTERS[n // 26]) for n in range(count))


COSTLY = {
    "64 prefixes": _many("{a}{b}*"),
    "64 prefixes with OR": _many("{a}{b}*", " OR "),
    "64 times the same prefix": _many("wo*"),
    "64 fuzzy words": _many("wordnumber{n:02}~2", count=50),
    "64 short fuzzy words": _many("w{a}{b}{n}~2"),
    "64 fuzzy words with OR": _many("the{a}{b}~2", " OR "),
    "a near phrase of 60 common words": '"' + "the of " * 30 + '"~99',
    "16 near phrases": _many('"the of the of"~99', count=16),
    "a phrase of one word": '"' + "the " * 60 + '"',
    "a phrase of one word, near": '"' + "the " * 60 + '"~99',
    "16 phrases": _many('"the of and to"', count=16),
    "64 exact common words": _many("=the"),
    "all stop words": "the of and to in a is was for on by with as at from that this it be are or an not",
    "64 common words": _many("common{n}"),
    "64 common words with OR": _many("common{n}", " OR "),
    "64 words without one": " ".join(["the", *(f"-common{n}" for n in range(63))]),
    "64 unknown words": _many("unheardofword{n:02}x"),
    "64 unknown long words": _many("unheardofverylongword{n:02}"[:14] + "{n:02}"),
    "unknown words as near as can be": _many("commonn{n}"),
    "unknown fields": _many("{a}{b}x:y", count=60),
    "fields of prefixes": _many("title:{a}{b}* author:{a}*", count=20),
    "60 dates": _many("date:19{n:02}", " OR ", 60),
    "negated everything": "NOT (NOT (NOT (NOT (NOT (NOT (NOT (the OR of)))))))",
    "everything or nothing": "* OR NOT * OR -* OR the",
    "a word of 1,000 letters": "common" * 166,
    "ideographs": "毛泽东" * 20,
    "hyphens": "-".join(f"common{n}" for n in range(60)),
    "initials": ".".join(LETTERS * 2),
}


@dataclass(frozen=True)
class Words:
    """What costs most in an archive: its most frequent words, the long ones among them, and prefixes."""

    frequent: Sequence[str]
    long: Sequence[str]
    prefixes: Sequence[str]


def costly_words(vocabulary: TermDictionary) -> Words:
    """The words of an archive that queries can cost most with; some repeated where there are too few."""
    most = [item.term for item in vocabulary.with_prefix("", 2_000) if item.term.isalpha()]
    every = (item.term for item in vocabulary.with_prefix("", sys.maxsize))
    starts = Counter(word[:2] for word in every if word[:2].isalpha() and len(word) > 2)
    return Words(
        list(islice(cycle(most[:200]), 64)),
        list(islice(cycle([word for word in most if len(word) > 7]), 60)),
        list(islice(cycle([start for start, _ in starts.most_common(64)]), 64)),
    )


def _spelled_wrongly(word: str) -> str:
    return word[:3] + word[4:] + "x"


def _pairs(words: Words, form: str) -> list[str]:
    return [form.format(*pair) for pair in zip(words.frequent, words.frequent[1:36], strict=False)]


WORST: dict[str, Callable[[Words], str]] = {
    "all frequent words": lambda words: " ".join(f"+{word}" for word in words.frequent),
    "any frequent word": lambda words: " OR ".join(words.frequent),
    "exact frequent words": lambda words: " ".join(f"={word}" for word in words.frequent),
    "prefixes of most words": lambda words: " ".join(f"{start}*" for start in words.prefixes),
    "any prefix of most words": lambda words: " OR ".join(f"{start}*" for start in words.prefixes),
    "prefixes and a word that no document has": lambda words: (
        " ".join(f"{start}*" for start in words.prefixes[:56]) + " unheardofx"
    ),
    "prefixes beside a long word": lambda words: (
        " ".join(f"{start}*" for start in words.prefixes[:56]) + " " + "x" * 700
    ),
    "prefixes in titles": lambda words: " ".join(f"title:{start}*" for start in words.prefixes),
    "without any prefix": lambda words: (
        f"{words.long[0]} " + " ".join(f"-{start}*" for start in words.prefixes[:60])
    ),
    "nested NOT over prefixes": lambda words: (
        "NOT (" * 8 + " OR ".join(f"{start}*" for start in words.prefixes) + ")" * 8
    ),
    "nested AND and OR": lambda words: " OR ".join(
        f"({one} AND ({other} OR NOT ({one}* {other}*)))"
        for one, other in zip(words.frequent[:16], words.prefixes, strict=False)
    ),
    "fuzzy frequent words": lambda words: " ".join(f"{word}~2" for word in words.frequent if len(word) > 2),
    "any fuzzy frequent word": lambda words: " OR ".join(
        f"{word}~2" for word in words.frequent if len(word) > 2
    ),
    "fuzzy long words": lambda words: " ".join(f"{word}~2" for word in words.long),
    "misspelled words": lambda words: " ".join(map(_spelled_wrongly, words.long)),
    "phrases of frequent words": lambda words: " ".join(_pairs(words, '"{} {}"')),
    "any phrase of frequent words": lambda words: " OR ".join(_pairs(words, '"{} {}"')),
    "near phrases of frequent words": lambda words: " ".join(_pairs(words, '"{} {}"~99')),
    "any near phrase of frequent words": lambda words: " OR ".join(_pairs(words, '"{} {}"~99')),
    "one phrase of frequent words": lambda words: '"' + " ".join(words.frequent) + '"',
    "one near phrase of frequent words": lambda words: '"' + " ".join(words.frequent) + '"~99',
    "a question of frequent words": lambda words: " ".join(words.frequent),
    "words, prefixes and phrases": lambda words: " ".join(
        [*words.frequent[:16], *(f"{start}*" for start in words.prefixes[:16]), *_pairs(words, '"{} {}"~9')]
    ),
}
