"""How do all documents of a search leave as a file? As a table, whole, or for reference managers.

`EXPORTS` has the formats by name, each in a module of its own. A file is made while it is read, so that
memory does not grow with the number of documents. `facet_values_csv` writes the values of a facet. The
package knows documents, citations and `search.api`, and no HTTP.
"""

from collections.abc import Mapping

from search.export.bibtex import BIBTEX
from search.export.csl import CSL
from search.export.csv import CSV
from search.export.facet_values import facet_values_csv
from search.export.file_name import file_name
from search.export.format import ExportContext, ExportFormat
from search.export.jsonl import JSON_LINES
from search.export.ris import RIS

EXPORTS: Mapping[str, ExportFormat] = {one.name: one for one in (CSV, JSON_LINES, RIS, BIBTEX, CSL)}
"""The formats by name, in the order in which they are offered."""

__all__ = ["EXPORTS", "ExportContext", "ExportFormat", "facet_values_csv", "file_name"]
