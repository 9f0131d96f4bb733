"""Names typed without their capital: молотов is the genitive of hammers, and Молотов as well."""

from itertools import compress

from search.analysis.russian import as_written, may_be_name
from search.engines import Engine
from search.query.tree import Or, Query, Term, all_leaves, map_leaves
from search.results import Expansion


def with_names(query: Query, engine: Engine) -> tuple[Query, tuple[Expansion, ...]]:
    """The query with each noun OR-ed with the name that it may be, if the index has that; and these names."""
    typed = [
        leaf for leaf in all_leaves(query) if isinstance(leaf, Term) and may_be_name(leaf.word, leaf.stem)
    ]
    known = list(compress(typed, engine.frequencies([leaf.word for leaf in typed]))) if typed else []
    names = {leaf: Term(leaf.word, leaf.word, leaf.field, leaf.count) for leaf in known}
    expanded = map_leaves(query, lambda leaf: Or((leaf, names[leaf])) if leaf in names else leaf)
    return expanded, tuple(
        Expansion(word, (as_written(word, word),)) for word in dict.fromkeys(leaf.word for leaf in known)
    )
