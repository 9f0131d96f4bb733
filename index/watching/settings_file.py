"""The settings of a watcher, read anew when their file has changed."""

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from index.watching.events import Listener, SettingsRead
from search.errors import SettingsError
from search.settings import DEFAULT_FILE, LogFormat, Settings, load_settings

_Stamp = tuple[int, int, int] | None

Given = Mapping[str, str | None]
"""Settings that the command line has in place of those of the file, by their keys; None where it has none."""


class SettingsFile:
    """The file at `path`, else `opis.toml`; its settings, but those `given` on the command line (not None).

    Settings that cannot be used, and a file that is gone, change nothing: an editor may be about to write it,
    and without it the whole archive might be indexed anew.
    """

    def __init__(self, path: str | None, tell: Listener, given: Given) -> None:
        self._path, self._tell, self._given = path, tell, given
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
        self.settings = _as_at_start(found, kept)
        if found != self.settings:
            late = "index, log and watch.metrics hold only after a restart"
            self._tell(SettingsRead(name, f"The settings {name} have changed; {late}."))
        elif found != kept:
            self._tell(SettingsRead(name))
        return self.settings != kept

    def _load(self) -> Settings:
        found, given = load_settings(self._path), self._given
        watch = replace(found.watch, metrics=given.get("watch.metrics") or found.watch.metrics)
        log = cast("LogFormat", given.get("log") or found.log)
        return replace(found, index=given.get("index") or found.index, log=log, watch=watch)

    def _stamp(self) -> _Stamp:
        try:
            found = os.stat(self._path or DEFAULT_FILE)
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns


def _as_at_start(found: Settings, kept: Settings) -> Settings:
    """Settings with those that hold from the start of a watcher to its end."""
    watch = replace(found.watch, metrics=kept.watch.metrics)
    return replace(found, index=kept.index, log=kept.log, watch=watch)
