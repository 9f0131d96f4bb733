"""Labels below the text: those of the web page that a document was copied from, most of them empty."""

from collections.abc import Sequence

from index.metadata.header_block.lines import Line, is_running_text, paragraphs_of
from index.metadata.header_block.stated import StatedValue
from index.metadata.labels import Labels, folded
from index.metadata.reference import find_reference, split_url

_MOST_VALUE_LINES = 8  # below one label
_LEAST_LABELS = 3  # different ones, each alone on its line
_OF_PAGES = frozenset({"other", "rights"})  # one of them at least: they are found on web pages only
_CITING = frozenset({"citation", "reference", "source_url"})


def first_trailing_label(lines: Sequence[Line], labels: Labels, begin: int = 0) -> int:
    """The index of the line with the first such label, `begin` at the least; their number if there are none.

    They are told from a text by at least three labels that stand alone on their lines. Text that is no
    value of a label ends the search, which goes upwards, and so does the label `Contents`.
    """
    first = len(lines)
    found: set[str] = set()
    names: set[str] = set()
    value: list[Line] = []
    for at in range(len(lines) - 1, begin - 1, -1):
        bare, stated = labels.bare_label(lines[at].text), labels.split(lines[at].text)
        if not (bare or stated):
            value.insert(0, lines[at])
            if len(value) > _MOST_VALUE_LINES:
                break
            continue
        name = bare or (stated or ("",))[0]
        if name == "contents" or not _is_value(name, value, labels):
            break
        value = []
        if bare:
            first = at
            names.add(bare)
            found.add(folded(lines[at].text))
    return first if len(found) >= _LEAST_LABELS and names & _OF_PAGES else len(lines)


def read_trailing_labels(lines: Sequence[Line], labels: Labels) -> tuple[list[StatedValue], int]:
    """The values of these lines, which begin with a label; the characters of labels and rights notices."""
    stated: list[StatedValue] = []
    boilerplate = 0
    name = label = ""
    for line in lines:
        value = line.text.strip()
        if bare := labels.bare_label(line.text):
            name, label, value = bare, value.strip("*: "), ""
            boilerplate += len(line.text)
        elif found := labels.split(line.text):
            label = value.partition(":")[0].strip("* ")
            name, value = found
        if not value:
            continue
        boilerplate += len(value) if name == "rights" else 0
        if stated and stated[-1].label == label:
            value = f"{stated.pop().text}\n{value}"
        stated.append(StatedValue(name, label, value))
    return stated, boilerplate


def is_abstract(line: str, title: str) -> bool:
    """Whether the line above the labels sums up the document: one sentence with two names of its title."""
    sentence = line[:1].isupper() and line.endswith(".") and 6 <= len(line.split()) <= 100
    return sentence and len(_capitalised(title) & _capitalised(line)) >= 2


def is_value_of(name: str, text: str, labels: Labels) -> bool:
    """Whether a paragraph is a value of this label and no text: a few words, a rights notice, a citation."""
    if not is_running_text(text):
        return True
    if name == "rights":
        return labels.is_rights_notice(text)
    return name in _CITING and (find_reference(text) is not None or split_url(text)[1] != "")


def _is_value(name: str, lines: Sequence[Line], labels: Labels) -> bool:
    return all(is_value_of(name, text, labels) for text in paragraphs_of(lines))


def _capitalised(text: str) -> set[str]:
    """The capitalised words of a text, folded and without their possessive."""
    words = (word.strip(".,;:'\"()").removesuffix("'s") for word in text.split())
    return {folded(word) for word in words if word[:1].isupper() and len(word) > 3}
