"""What do the files say? A module for each format, which extracts documents from its files.

May import `index.metadata` and `index.sources`. `FORMATS` lists the formats, `format_of` tells which of them
a file is of. To add a format, write its reader and add a line to `index.formats.registry`.
"""

from index.formats.format import Format as Format
from index.formats.format import ReadContext as ReadContext
from index.formats.registry import BY_NAME as BY_NAME
from index.formats.registry import BY_SUFFIX as BY_SUFFIX
from index.formats.registry import FORMATS as FORMATS
from index.formats.registry import IMAGES as IMAGES
from index.formats.registry import VERSION as VERSION
from index.formats.registry import expected_text as expected_text
from index.formats.registry import format_of as format_of
from index.formats.registry import why_not_read as why_not_read
