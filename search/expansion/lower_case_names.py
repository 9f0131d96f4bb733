"""Names typed without their capital: молотов is the genitive of hammers, and Молотов as well."""

from itertools import compress

from search.analysis.russian import as_written, name_stem
from search.answer import Expansion
from search.engines import Engine
from search.query.traversal import all_leaves, map_leaves
from search.query.tree import Or, Query, Term


def with_names(query: Query, engine: Engine) -> tuple[Query, tuple[Expansion, ...]]:
    """The query with each noun OR-ed with the name that it may be, if the index has that; and these names."""
    terms = [leaf for leaf in all_leaves(query) if isinstance(leaf, Term)]
    names = {
        term: Term(stem, term.word, term.field, term.count) for term in terms if (stem := _name_of(term))
    }
    if not names:
        return query, ()
    frequencies = engine.frequencies([name.stem for name in names.values()])
    known = dict(compress(names.items(), frequencies))
    expanded = map_leaves(query, lambda leaf: Or((leaf, known[leaf])) if leaf in known else leaf)
    words = dict.fromkeys((name.word, name.stem) for name in known.values())
    return expanded, tuple(Expansion(word, (as_written(word, stem),)) for word, stem in words)


def _name_of(term: Term) -> str:
    """The stem of a term's word as a name; empty if it is none, or the term's own."""
    stem = name_stem(term.word)
    return stem if stem != term.stem else ""
