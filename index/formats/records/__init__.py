"""What do ready records say? Those of JSON, of text with delimiters and of spreadsheets: a document for each.

`index.record_fields` tells which keys and columns stand for which field. A record that cannot be read is a
failure of its own, and those behind it are read.
"""

from index.formats.records.delimited import read as read_csv
from index.formats.records.json_records import read as read_json
from index.formats.records.spreadsheet import is_spreadsheet as is_spreadsheet
from index.formats.records.spreadsheet import read as read_spreadsheet

__all__ = ["is_spreadsheet", "read_csv", "read_json", "read_spreadsheet"]
