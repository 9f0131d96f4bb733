"""What does a machine that reads a scan make of a text? Some characters confused, by a seeded script."""

from itertools import chain
from random import Random

from tests.bench.collection import Record

_CONFUSED = """
rn m|m rn|cl d|d cl|vv w|w vv|li h|ii n|nn m|in m|fi h
l 1|1 l|l i|i l|l I|I l|O 0|0 O|o 0|S 5|5 S|B 8|8 B|Z 2|G 6|6 G|t f|f t|t l|r t
e c|c e|a o|o a|o e|e o|h b|b h|n u|u n|u ii|y v|v y|g q|q g|s 5|k lc|T I|D O|P F|E F|R K|M N
"""
"""What is read for what: letters of one form, strokes that run together or apart (rn and m, cl and d)."""

_MISREADABLE = 0.77  # the share of the characters of an English text that can be misread

_READ_AS: dict[str, list[str]] = {}
for _pair in chain.from_iterable(line.split("|") for line in _CONFUSED.split("\n") if line):
    _written, _read = _pair.split()
    _READ_AS.setdefault(_written, []).append(_read)


def misread(record: Record, share: float) -> Record:
    """The record with about this share of the characters of its title, summary and text misread."""
    random = Random(f"{record['id']} {share}")
    texts = {key: str(record.get(key) or "") for key in ("title", "summary", "body")}
    return {**record, **{key: confuse(text, share, random) for key, text in texts.items()}}


def confuse(text: str, share: float, random: Random) -> str:
    """The text with about this share of its characters confused."""
    if not share:
        return text
    read: list[str] = []
    at = 0
    while at < len(text):
        written = text[at : at + 2] if text[at : at + 2] in _READ_AS and random.random() < 0.5 else text[at]
        mistaken = written in _READ_AS and random.random() < share / _MISREADABLE
        read.append(random.choice(_READ_AS[written]) if mistaken else written)
        at += len(written)
    return "".join(read)
