"""What the catalogues of Opis promise.

1. They have every message of the code and no other: `make catalogues` changes nothing in them, and needs no
   second run whatever the new messages resemble.
2. Every message is translated, and none is `fuzzy`.
3. A translation has the values, the tags and the words to type of its message.
4. Templates mark literals alone: what code says is `translated`, which escapes it.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from jinja2 import Environment, nodes

from tests.catalogues import ROOT, messages_of_the_code, read_catalogue, updated, written
from webui.i18n.catalogue import CatalogueLanguage
from webui.i18n.offered import CATALOGUES

FILES = sorted(CATALOGUES.glob("*.po"))
_VALUE = re.compile(r"%\(\w+\)s")
_TAG = re.compile(r"</?\w+[^>]*>")


@pytest.fixture(scope="module")
def messages() -> Catalog:
    return messages_of_the_code()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_1_a_catalogue_has_the_messages_of_the_code(file: Path, messages: Catalog) -> None:
    assert written(updated(file, messages)) == file.read_bytes(), "make catalogues"


def test_1_one_update_is_enough(tmp_path: Path) -> None:
    file = tmp_path / "de.po"
    known, code = Catalog("de", header_comment="#"), Catalog()
    known.add("Not part of: %(value)s", "Nicht Teil von: %(value)s")
    code.add("Not part of: values")
    file.write_bytes(written(known))
    once = written(updated(file, code))
    assert b"fuzzy" in once
    file.write_bytes(once)
    assert written(updated(file, code)) == once


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_2_a_catalogue_is_complete(file: Path, messages: Catalog) -> None:
    catalogue = updated(file, messages)
    assert [one.id for one in catalogue if one.id and one.fuzzy] == []
    assert [one.id for one in catalogue if one.id and not all(_texts(one.string))] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_3_translations_keep_values_and_tags(file: Path) -> None:
    CatalogueLanguage(file.stem, [file])
    assert [one.id for one in read_catalogue(file) if one.id and not _keeps(one)] == []


@pytest.mark.parametrize("file", sorted((ROOT / "webui/templates").iterdir()), ids=lambda file: file.name)
def test_4_templates_mark_literals(file: Path) -> None:
    parsed = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(
        file.read_text(encoding="utf-8")
    )
    for call in parsed.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in {"_", "gettext", "ngettext", "pgettext"}:
            marked = call.args[:2] if call.node.name in {"ngettext", "pgettext"} else call.args[:1]
            assert all(isinstance(one, nodes.Const) for one in marked), f"line {call.lineno}"


def _keeps(message: Message) -> bool:
    """Whether each form of a translation has the values and tags of the message; a number may be said."""
    ids, strings = _texts(message.id), _texts(message.string)
    number = {"%(num)s"} if len(ids) > 1 else set()
    values = [set(_VALUE.findall(text)) - number for text in (*ids, *strings)]
    tags = [Counter(_TAG.findall(text)) for text in (*ids, *strings)]
    return all(one == values[0] for one in values) and all(one == tags[0] for one in tags)


def _texts(said: object) -> tuple[str, ...]:
    return tuple(map(str, said)) if isinstance(said, tuple | list) else (str(said or ""),)
