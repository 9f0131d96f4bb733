"""From `opis.toml` and the environment to settings."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, is_dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec

from search.errors import SettingsError
from search.settings.declared import Settings
from search.settings.soundness import check_settings

DEFAULT_FILE = "opis.toml"
_NO_SETTINGS = {"OPIS_DATA", "OPIS_CLUSTER", "OPIS_PURE_PYTHON"}  # of benchmarks, tests and compiled analysis


def load_settings(path: str | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of a file (default: `opis.toml`, if it exists), overridden by environment variables.

    The variable of `site.title` is OPIS_SITE_TITLE; lists and tables are given as JSON. Raises
    SettingsError, naming the key, if a value cannot be used.
    """
    file = Path(path or DEFAULT_FILE)
    values: dict[str, Any] = {}
    if path or file.exists():
        try:
            values = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(f"The settings file {file} cannot be read: {error}.") from error
    _check_variables(environ)
    _override(values, Settings, "OPIS", environ)
    try:
        settings = msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(f"A setting cannot be used: {error}.") from error
    _check_keys(values, Settings, "")
    check_settings(settings)
    return replace(settings, site=replace(settings.site, base_url=settings.site.base_url.rstrip("/")))


def _check_variables(environ: Mapping[str, str]) -> None:
    known = {*_NO_SETTINGS, *_variables(Settings, "OPIS")}
    for name in environ:
        if name.startswith("OPIS_") and not name.startswith("OPIS_OPENSEARCH_") and name not in known:
            near = get_close_matches(name, sorted(known), 1)
            meant = f"; do you mean {near[0]}?" if near else "."
            raise SettingsError(f"The variable {name} names no setting{meant}")


def _variables(kind: type, prefix: str) -> Iterator[str]:
    """The names of the variables of all settings."""
    for key in fields(kind):
        name = f"{prefix}_{key.name.upper()}"
        if is_dataclass(default := _default(key)):
            yield from _variables(type(default), name)
        else:
            yield name


def _override(values: dict[str, Any], kind: type, prefix: str, environ: Mapping[str, str]) -> None:
    for key in fields(kind):
        name = f"{prefix}_{key.name.upper()}"
        if is_dataclass(default := _default(key)):
            table = values.setdefault(key.name, {})
            if not isinstance(table, dict):
                cure = f"[{key.name}] and keys below it"
                raise SettingsError(f"The setting {key.name} must be a table: {cure}.")
            _override(table, type(default), name, environ)
        elif name in environ:
            text = environ[name]
            values[key.name] = text if isinstance(default, str) else _json(name, text)


def _json(name: str, text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise SettingsError(f'The variable {name} must be JSON, such as 4 or ["author"]: {error}.') from error


def _check_keys(values: dict[str, Any], kind: type, prefix: str) -> None:
    known = {key.name: key for key in fields(kind)}
    for name, value in values.items():
        if name not in known:
            there = ", ".join(prefix + key for key in known)
            raise SettingsError(f"There is no setting {prefix + name!r}; there are {there}.")
        if is_dataclass(default := _default(known[name])):
            _check_keys(value, type(default), f"{prefix}{name}.")


def _default(key: Field[Any]) -> Any:
    return key.default_factory() if callable(key.default_factory) else key.default
