"""How is a document cited? As text in the Chicago style, as RIS, BibTeX and CSL-JSON, and in a page's head.

A `Document` becomes one CSL-JSON item, from which all else is written: `cite` gives the item, a note and the
entry of a bibliography; `ris`, `bibtex` and `csl_json` write the item for reference managers; `meta_tags`
and `linked_data` describe the document in the head of its page. The package knows documents, dates and
languages, and neither HTTP nor addresses: a permalink is given to it.
"""

from search.citation.bibtex import bibtex, citation_key
from search.citation.citation import Citation, cite
from search.citation.csl import CslItem, csl_json
from search.citation.linked_data import linked_data
from search.citation.meta_tags import MetaTag, meta_tags
from search.citation.ris import ris

__all__ = [
    "Citation", "CslItem", "MetaTag",
    "bibtex", "citation_key", "cite", "csl_json", "linked_data", "meta_tags", "ris",
]  # fmt: skip
