"""Which settings are there, and what are they here? Every key has a default.

`load_settings` reads them: `opis.toml` and OPIS_… environment variables override the defaults. `declared` has
the keys, `loading` reads them, and `soundness` refuses what cannot be used.
"""

from search.settings.declared import Api, Limits, LogFormat, Server, Settings, Site, Watch
from search.settings.loading import DEFAULT_FILE, load_settings
from search.settings.soundness import MOST_PORT, MOST_PROCESSES, MOST_THREADS

__all__ = [
    "DEFAULT_FILE", "MOST_PORT", "MOST_PROCESSES", "MOST_THREADS",
    "Api", "Limits", "LogFormat", "Server", "Settings", "Site", "Watch", "load_settings",
]  # fmt: skip
