"""A file to be saved: its name in the header Content-Disposition (RFC 6266)."""

from urllib.parse import quote

from search.export.file_name import ascii_name


def attachment(name: str) -> str:
    """The header's value for a file of this name: in ASCII, and in UTF-8 for clients that read that."""
    plain = f'attachment; filename="{ascii_name(name)}"'
    return plain if name.isascii() else f"{plain}; filename*=UTF-8''{quote(name, safe='')}"
