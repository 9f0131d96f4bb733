"""Which fields of a document do the keys of a record name? By whatever program the record was written.

`mappings/` has a table for each family of records: which columns and keys become which field. `parse_record`
applies it to records of CSV, spreadsheets, JSON, front matter and sidecars; readers of catalogue records in
XML and MARC take their tables from here as well.
"""

from index.record_fields.keys import folded as folded
from index.record_fields.mapping import LISTS as LISTS
from index.record_fields.mapping import PARAGRAPHS as PARAGRAPHS
from index.record_fields.mapping import table as table
from index.record_fields.record import RecordFields as RecordFields
from index.record_fields.record import fields_named_by as fields_named_by
from index.record_fields.record import parse_record as parse_record
from index.record_fields.values import values_in as values_in
