"""HOST:PORT, as options and settings have it: where a service listens."""

from dataclasses import dataclass

from search.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen: a host, without the brackets of IPv6, and a port; port 0 takes any free one."""

    host: str
    port: int

    @classmethod
    def read(cls, text: str) -> "Address":
        """The address of HOST:PORT. Raises SettingsError for another text."""
        host, _, port = text.rpartition(":")
        if not (host and port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= 65535):
            raise SettingsError(f"{text!r} is no address; use HOST:PORT, such as 127.0.0.1:8765.")
        return cls(host.strip("[]"), int(port))

    @property
    def name(self) -> str:
        """The host as a URL has it."""
        return f"[{self.host}]" if ":" in self.host else self.host
