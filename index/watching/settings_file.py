"""The settings of a watcher, read anew when their file has changed."""

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from index.watching.events import Listener, SettingsRead
from search.errors import SettingsError
from search.settings import DEFAULT_FILE, Settings, load_settings

_Stamp = tuple[int, int, int] | None

_AT_START = ("index", "log")
"""The settings that hold from the start of a watcher to its end."""


class SettingsFile:
    """The file at `path`, else `opis.toml`; its settings, but those `given` on the command line (not None).

    Settings that cannot be used, and a file that is gone, change nothing: an editor may be about to write it,
    and without it the whole archive might be indexed anew.
    """

    def __init__(self, path: str | None, tell: Listener, given: Mapping[str, str | None]) -> None:
        self._path, self._tell = path, tell
        self._given: dict[str, Any] = {key: value for key, value in given.items() if value}
        self._seen = self._read = self._stamp()
        self.settings = self._load()

    def refresh(self) -> bool:
        """Read the file if it has changed, and has come to rest since; whether settings differ."""
        before, self._seen = self._seen, self._stamp()
        if self._seen == self._read or self._seen != before:
            return False
        self._read = self._seen
        name = self._path or DEFAULT_FILE
        if self._seen is None:
            self._tell(SettingsRead(name, f"The settings {name} are gone; what they said holds on."))
            return False
        try:
            found = self._load()
        except SettingsError as error:
            self._tell(SettingsRead(name, f"{error} The settings that were read before hold."))
            return False
        kept = self.settings
        self.settings = replace(found, **{key: getattr(kept, key) for key in _AT_START})
        if found != self.settings:
            trouble = (
                f"The settings {name} have changed; {' and '.join(_AT_START)} hold only after a restart."
            )
            self._tell(SettingsRead(name, trouble))
        elif found != kept:
            self._tell(SettingsRead(name))
        return self.settings != kept

    def _load(self) -> Settings:
        return replace(load_settings(self._path), **self._given)

    def _stamp(self) -> _Stamp:
        try:
            found = os.stat(self._path or DEFAULT_FILE)
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns
