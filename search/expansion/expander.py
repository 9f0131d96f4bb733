"""What does a query stand for? Prefixes and fuzzy words become terms, names their other forms as well.

Compounds are expanded like names: written as one word, with a hyphen, or as two.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from search.aliases import Aliases
from search.engines import Engine
from search.expansion.alias_expander import AliasExpander
from search.expansion.compounds import compounds
from search.query.diagnostics import Diagnostic, DiagnosticCode
from search.query.simplification import simplify
from search.query.tree import AnyOf, Exact, Fuzzy, Leaf, Prefix, Query, map_leaves
from search.results import Expansion, TermCount
from search.schema import WORDS

MAX_EXPANSIONS = 100
"""Terms that a prefix or fuzzy word is expanded to at most: those in the most documents."""


@dataclass
class Expander:
    """Expands queries for one engine; collects what users are told of it.

    With `aliases` None, names and compounds are searched only as typed. `diagnostics` say where terms
    were left out, `expanded` which names were expanded.
    """

    engine: Engine
    aliases: Aliases | None = field(default_factory=Aliases)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    expanded: list[Expansion] = field(default_factory=list)

    def expand(self, query: Query) -> Query:
        """The query without Prefix and Fuzzy, and with the other forms of names and compounds."""
        if self.aliases is not None:
            query = self._with_aliases(query, self.aliases, scored=True)
            query = self._with_aliases(query, compounds(query, self.engine), scored=False)
        return simplify(map_leaves(query, self._leaf))

    def _with_aliases(self, query: Query, aliases: Aliases, *, scored: bool) -> Query:
        query, found = AliasExpander(aliases, self.engine.schema.analyzer, scored=scored).expand(query)
        self.expanded += [expansion for expansion in found if expansion not in self.expanded]
        return query

    def _leaf(self, leaf: Leaf) -> Query:
        match leaf:
            case Prefix(prefix, name):
                found = self.engine.vocabulary(name or WORDS).with_prefix(prefix, MAX_EXPANSIONS + 1)
                return self._any_of(found, leaf, name)
            case Fuzzy(word, distance, name):
                near = self.engine.vocabulary(name or WORDS).similar(word, distance, MAX_EXPANSIONS)
                return self._any_of([TermCount(word, 0), *near], leaf, name)
            case _:
                return leaf

    def _any_of(self, found: Sequence[TermCount], leaf: Leaf, name: str) -> Query:
        if len(found) > MAX_EXPANSIONS:
            diagnostic = DiagnosticCode.TOO_MANY_EXPANSIONS.at(0, str(leaf), most=MAX_EXPANSIONS)
            if diagnostic not in self.diagnostics:
                self.diagnostics.append(diagnostic)
        stem = self.engine.schema.analyzer.stem
        words = (item.term for item in found[:MAX_EXPANSIONS])
        return AnyOf(tuple(Exact(word, stem(word), name) for word in words), str(leaf))
