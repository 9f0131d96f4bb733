"""Quotation marks in the American style: “double” outside, ‘single’ inside them, and so on in turn."""

_PAIRS = (("‘", "’"), ("“", "”"))
"""The marks inside others, by depth; those of depth 0 stand in the double marks of `quoted`."""
_AROUND_ALL = (('"', '"'), ("“", "”"), ("„", "“"), ("„", "”"), ("'", "'"), ("‘", "’"))
_BEFORE_OPENING = " ([{—–-/‘“„\"'"


def quoted(text: str) -> str:
    """The text in double quotation marks, in place of those that are around all of it."""
    for opening, closing in _AROUND_ALL:
        inner = text[1:-1]
        if inner and text[0] == opening and text[-1] == closing and not {opening, closing} & set(inner):
            text = inner.strip()
            break
    return f"“{_nested(text)}”"


def _nested(text: str) -> str:
    """The text with its quotation marks as they are written inside double ones; apostrophes stay."""
    written: list[str] = []
    still_open: list[str] = []
    for at, character in enumerate(text):
        match character:
            case '"' | "“" | "”" | "„" if _opens(text, at, still_open):
                written.append(_PAIRS[len(still_open) % 2][0])
                still_open.append(character)
            case '"' | "“" | "”":
                if still_open:
                    still_open.pop()
                written.append(_PAIRS[len(still_open) % 2][1])
            case "‘" if still_open and "’" in text[at:]:
                written.append(_PAIRS[len(still_open) % 2][0])
                still_open.append(character)
            case "’" if still_open[-1:] == ["‘"] and not text[at + 1 : at + 2].isalnum():
                still_open.pop()
                written.append(_PAIRS[len(still_open) % 2][1])
            case _:
                written.append(character)
    return "".join(written)


def _opens(text: str, at: int, still_open: list[str]) -> bool:
    """Whether a double mark opens a quotation: a straight one by its place, “ unless it closes „."""
    match text[at]:
        case "„":
            return True
        case "“":
            return still_open[-1:] != ["„"]
        case '"':
            return at == 0 or (text[at - 1] in _BEFORE_OPENING and at + 1 < len(text))
        case _:
            return False
