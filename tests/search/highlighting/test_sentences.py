"""Nothing ends a sentence that a reader would read on after."""

from itertools import pairwise

from search.highlighting.sentences import boundaries

SENTENCES = [
    "Mr. V. M. Molotov met Gen. Clark and Amb. Panyushkin.",
    "The U.S. Government, i.e. the President, agreed at 5 p.m. on Tuesday.",
    "See vol. II, No. 84, pp. 12-13, Op. 65, and fig. 3.",
    "It cost $3.5 million (approx. Five).",
    "He said: “Stop!”",
    "“Really?” he asked.",
    "Did they sign?",
    "1. They did.",
    "2. So did we.",
    "北京。",
    "停战！",
    "Ушли в г. Киев.",
    "The delegation was\ninstructed at once.",
    "It ended in 1953.",
    "“No.”",
    "So they left.[12]",
    "The end…",
]


def test_sentences() -> None:
    text = " ".join(SENTENCES)
    cuts = [0, *boundaries(text, 0, len(text)), len(text)]
    assert [text[start:end].strip() for start, end in pairwise(cuts)] == SENTENCES
