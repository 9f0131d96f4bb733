"""A rate, as settings have it: `60/minute` are sixty requests in a minute."""

import re
from dataclasses import dataclass

from search.errors import SettingsError

_SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3600.0}
_RATE = re.compile(r"([1-9][0-9]{0,5})/(second|minute|hour)")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in so many seconds."""

    requests: int
    seconds: float

    @classmethod
    def read(cls, text: str) -> "Rate":
        """The rate that a text gives. Raises SettingsError for another text."""
        if not (match := _RATE.fullmatch(text)):
            raise SettingsError(
                f"server.rate_limit is so many in a second, minute or hour, such as 60/minute, not {text!r}."
            )
        return cls(int(match[1]), _SECONDS[match[2]])
