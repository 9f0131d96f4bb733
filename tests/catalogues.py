"""`python -m tests.catalogues [LANGUAGE …]`: bring the catalogues up to date with the code's messages.

A language that has none yet gets one. Messages that are new are untranslated, those that resemble one that
was there are marked `fuzzy`, for a translator to look at, and those that nothing says any more are dropped.
"""

import os
import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from webui.i18n.offered import CATALOGUES

ROOT = Path(__file__).parent.parent
_METHODS = [("webui/templates/**.html", "jinja2"), ("search/**.py", "python"), ("webui/**.py", "python")]
_OPTIONS = {
    "webui/templates/**.html": {
        "newstyle_gettext": "true",
        "trimmed": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
    }
}
_HEADER = """{comment}
msgid ""
msgstr ""
"Project-Id-Version: Opis\\n"
"Language: {tag}\\n"
"Plural-Forms: {plural_forms}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_COMMENT = "# The words of the pages of Opis; CONTRIBUTING.md says how a language is added."
_KEYWORDS = {**DEFAULT_KEYWORDS, "Message": None}
_COMMENTS = ("Translators:",)


def messages_of_the_code() -> Catalog:
    """All messages that templates and modules mark, with the files that they stand in."""
    catalogue = Catalog(project="Opis", fuzzy=False)
    found = extract_from_dir(
        ROOT, _METHODS, _OPTIONS, _KEYWORDS, _COMMENTS, strip_comment_tags=True, directory_filter=_is_read
    )
    for file, _, message, comments, context in sorted(found, key=lambda one: one[:2]):
        catalogue.add(message, locations=[(file, 0)], auto_comments=comments, context=context)
    return catalogue


def _is_read(folder: str | os.PathLike[str]) -> bool:
    return Path(folder).parent != ROOT or Path(folder).name in {"search", "webui"}


def read_catalogue(file: Path) -> Catalog:
    """A catalogue of ours, as it is written."""
    with file.open("rb") as lines:
        return read_po(lines, file.stem.replace("-", "_"), abort_invalid=True)


def updated(file: Path, messages: Catalog) -> Catalog:
    """The catalogue of a language with just these messages."""
    tag = file.stem.replace("-", "_")
    catalogue = read_catalogue(file) if file.exists() else Catalog(tag, header_comment=_COMMENT)
    catalogue.update(messages)
    for message in catalogue:
        if not message.python_format:  # a new message has the flags of the one that it resembles
            message.flags.discard("python-format")
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """A catalogue as a file, with no date in it that every update would change."""
    header = _HEADER.format(
        comment=catalogue.header_comment,
        tag=str(catalogue.locale).replace("_", "-"),
        plural_forms=catalogue.plural_forms,
    )
    lines = BytesIO()
    write_po(
        lines, catalogue, 100, omit_header=True, ignore_obsolete=True, include_lineno=False, sort_by_file=True
    )
    return header.encode() + lines.getvalue()


def main(languages: Iterable[str]) -> None:
    """Write the catalogues of these languages, and of all that there are, anew."""
    messages = messages_of_the_code()
    for file in sorted({*CATALOGUES.glob("*.po"), *(CATALOGUES / f"{tag}.po" for tag in languages)}):
        catalogue = updated(file, messages)
        file.write_bytes(written(catalogue))
        untranslated = sum(1 for one in catalogue if one.id and (one.fuzzy or not one.string))
        print(f"{file.relative_to(ROOT)}: {len(catalogue)} messages, {untranslated} to translate")


if __name__ == "__main__":
    main(sys.argv[1:])
