"""Which other names of a person does a query stand for? The forms of the aliases."""

from search.analysis.query_analyzer import QueryAnalyzer
from search.commit_data.aliases import Aliases
from search.expansion.forms import Form, Forms
from search.query.initials import respelled


def name_forms(aliases: Aliases, analyzer: QueryAnalyzer) -> Forms:
    """The names that have others, with the others; a name in several groups has those of the first.

    A person's initials have two spellings, which are one name to users.
    """
    forms: dict[tuple[str, ...], tuple[str, tuple[Form, ...]]] = {}
    for group in aliases.groups:
        written = dict.fromkeys(form for name in group for form in (name, respelled(name)))
        names = [name for name in (_form(form, analyzer) for form in written) if name.words]
        for name in names:
            if others := tuple(other for other in names if "".join(other.words) != "".join(name.words)):
                forms.setdefault(name.words, (name.written, others))
    return forms


def _form(written: str, analyzer: QueryAnalyzer) -> Form:
    pairs = analyzer.pairs(written)
    return Form(written, tuple(word for word, _ in pairs), tuple(stem for _, stem in pairs))
