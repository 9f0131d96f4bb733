"""Names in sentences: each stands in a `bdi`, so that one of another script turns no text around it."""

from collections.abc import Callable

from markupsafe import Markup, escape

_PLACE = "\ufffc"  # OBJECT REPLACEMENT CHARACTER: what stands for something that is not text


def isolated(name: str) -> Markup:
    """A name by itself."""
    return Markup("<bdi>{}</bdi>").format(name)


def saying(say: Callable[[str], str], name: str) -> Markup:
    """What `say` says of a name, wherever in it the name stands."""
    return escape(say(_PLACE)).replace(_PLACE, isolated(name))
