"""The formats in which one document's citation is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from search.citation.bibtex import bibtex, citation_key
from search.citation.citation import Citation
from search.citation.csl import csl_json
from search.citation.ris import ris


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """A format: its label for people, its media type, the suffix of a file, and how a citation is written."""

    label: str
    media_type: str
    suffix: str
    write: Callable[[Citation], str]


def _text(citation: Citation) -> str:
    return f"{citation.note}\n\n{citation.bibliography}\n"


def _bibtex(citation: Citation) -> str:
    return bibtex(citation.item, citation_key(citation.item))


def _csl(citation: Citation) -> str:
    return f"[{csl_json(citation.item)}]\n"


FORMATS: Mapping[str, CitationFormat] = {
    "text": CitationFormat("Text", "text/plain", "txt", _text),
    "ris": CitationFormat("RIS", "application/x-research-info-systems", "ris", lambda cited: ris(cited.item)),
    "bibtex": CitationFormat("BibTeX", "application/x-bibtex", "bib", _bibtex),
    "csl": CitationFormat("CSL-JSON", "application/vnd.citationstyles.csl+json", "json", _csl),
}
"""Name -> format. `text` is the note and the entry of a bibliography, the others are files of one record."""
