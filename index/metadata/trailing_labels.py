"""Labels below the text: those of the web page that a document was copied from, most of them empty."""

from collections.abc import Sequence

from index.metadata.labels import Labels, folded

_LABEL_GAP = 3  # lines between two labels, at most
_LAST_VALUE = 8  # lines below the last label, at most


def first_trailing_label(lines: Sequence[str], labels: Labels) -> int:
    """The index of the line with the first such label; the number of lines if there are none.

    There are at least three, and one of them is only found on web pages.
    """
    found: list[int] = []
    for at in range(len(lines) - 1, 0, -1):
        if labels.bare_label(lines[at]) or labels.split(lines[at]):
            found.append(at)
        elif (found[-1] if found else len(lines)) - at > (_LABEL_GAP if found else _LAST_VALUE):
            break
    names = {(labels.split(lines[at]) or ("",))[0] or labels.bare_label(lines[at]) for at in found}
    is_page = len(found) >= 3 and names & {"other", "rights"}
    return found[-1] if is_page else len(lines)


def read_trailing_labels(lines: Sequence[str], labels: Labels) -> dict[str, str]:
    """The fields of these lines, which begin with a label."""
    values: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        label = labels.bare_label(line)
        found = (label, "") if label else labels.split(line)
        if found:
            name, value = found
        else:
            value = line
        if value and name:
            values.setdefault(name, []).append(value)
    values.pop("other", None)
    fields = {name: "\n".join(stated) for name, stated in values.items()}
    return fields or ({"rights": ""} if lines else {})


def is_abstract(line: str, title: str) -> bool:
    """Whether the line above the labels sums up the document: one sentence with two names of its title."""
    sentence = line[:1].isupper() and line.endswith(".") and 6 <= len(line.split()) <= 100
    return sentence and len(_capitalised(title) & _capitalised(line)) >= 2


def _capitalised(text: str) -> set[str]:
    """The capitalised words of a text, folded and without their possessive."""
    words = (word.strip(".,;:'\"()").removesuffix("'s") for word in text.split())
    return {folded(word) for word in words if word[:1].isupper() and len(word) > 3}
