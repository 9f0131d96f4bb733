"""What does a query stand for? Prefixes and fuzzy words become terms; names and words have other forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from search.answer import Expansion
from search.cache import GenerationCache
from search.commit_data.aliases import Aliases
from search.engines import Engine
from search.expansion.budget import MAX_EXPANSIONS, QUERY_EXPANSIONS, fair_share
from search.expansion.forms import FormExpander, Forms
from search.expansion.known_spellings import known_spellings
from search.expansion.lower_case_names import with_names
from search.expansion.names import name_forms
from search.expansion.spelling_searches import CACHED_SPELLINGS
from search.query.diagnostics import Diagnostic, DiagnosticCode
from search.query.simplification import simplify
from search.query.traversal import all_leaves, map_leaves
from search.query.tree import AnyOf, Exact, Fuzzy, Leaf, Prefix, Query, Term
from search.results import TermCount
from search.schema import WORDS


@dataclass
class Expander:
    """Expands queries for one engine; collects what users are told of it.

    With `aliases` None, names and words are searched only as typed. `spellings` keeps what is known of words
    for later queries. `diagnostics` say where terms were left out, `expanded` which names and words have
    other forms in the query. Raises EngineError alone.
    """

    engine: Engine
    aliases: Aliases | None = field(default_factory=Aliases)
    spellings: GenerationCache = field(default_factory=lambda: GenerationCache(CACHED_SPELLINGS))
    diagnostics: list[Diagnostic] = field(default_factory=list)
    expanded: list[Expansion] = field(default_factory=list)

    def expand(self, query: Query) -> Query:
        """The query without Prefix and Fuzzy, and with the other forms of names and words."""
        typed = sum(1 for _ in all_leaves(query))
        if self.aliases is not None:
            query = self._with_forms(query, name_forms(self.aliases, self.engine.analyzer), quoted=True)
            query = self._with_forms(query, known_spellings(query, self.engine, self.spellings), quoted=False)
            query = self._recorded(with_names(query, self.engine))
        spellings = sum(1 for _ in all_leaves(query)) - typed
        terms = self._terms(query, QUERY_EXPANSIONS - spellings)
        return simplify(map_leaves(query, lambda leaf: terms.get(leaf, leaf)))

    def _with_forms(self, query: Query, forms: Forms, *, quoted: bool) -> Query:
        return self._recorded(FormExpander(forms, quoted=quoted).expand(query))

    def _recorded(self, expanded: tuple[Query, Sequence[Expansion]]) -> Query:
        """The expanded query, whose expansions are added to `expanded`."""
        query, found = expanded
        self.expanded += [expansion for expansion in found if expansion not in self.expanded]
        return query

    def _terms(self, query: Query, budget: int) -> Mapping[Leaf, Query]:
        """What each prefix and fuzzy word of a query stands for: `budget` terms together."""
        found = {leaf: self._terms_of(leaf) for leaf in all_leaves(query) if isinstance(leaf, Prefix | Fuzzy)}
        most = {leaf: min(len(terms), MAX_EXPANSIONS) for leaf, terms in found.items()}
        share = fair_share(most.values(), budget)
        for leaf, terms in found.items():
            if len(terms) > MAX_EXPANSIONS <= share:
                self._report(DiagnosticCode.TOO_MANY_EXPANSIONS.at(0, str(leaf), most=MAX_EXPANSIONS))
        if any(number > share for number in most.values()):
            self._report(DiagnosticCode.TOO_MANY_TERMS.at(0, budget=QUERY_EXPANSIONS, most=share))
        return {
            leaf: self._any_of(leaf, terms[: min(share, MAX_EXPANSIONS)]) for leaf, terms in found.items()
        }

    def _terms_of(self, leaf: Prefix | Fuzzy) -> Sequence[TermCount]:
        """The terms of a leaf, those to be kept first: more than MAX_EXPANSIONS if there are more."""
        vocabulary = self.engine.vocabulary(leaf.field or WORDS)
        match leaf:
            case Prefix(prefix):
                return vocabulary.with_prefix(prefix, MAX_EXPANSIONS + 1)
            case Fuzzy(word, distance):
                return [TermCount(word, 0), *vocabulary.similar(word, distance, MAX_EXPANSIONS)]

    def _any_of(self, leaf: Prefix | Fuzzy, terms: Sequence[TermCount]) -> Query:
        ranked = self.engine.schema.is_ranked(leaf.field)
        stem = (self.engine.analyzer if ranked else self.engine.schema.analyzer).stem
        words = tuple(Exact(item.term, stem(item.term), leaf.field) for item in terms)
        if isinstance(leaf, Fuzzy):  # the word itself is found in all its forms, as where it stands alone
            return AnyOf((Term(words[0].stem, leaf.word, leaf.field), *words[1:]), str(leaf))
        return AnyOf(words, str(leaf))

    def _report(self, diagnostic: Diagnostic) -> None:
        if diagnostic not in self.diagnostics:
            self.diagnostics.append(diagnostic)
