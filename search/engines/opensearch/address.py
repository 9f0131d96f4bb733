"""The address of an index in a cluster: `opensearch+http(s)://HOST:PORT[,HOST:PORT…]/NAME`."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

from search.errors import SettingsError

SCHEMES = ("opensearch+http", "opensearch+https")
_ADDRESS = re.compile(
    r"opensearch\+http(?P<secured>s?)://(?P<hosts>[^/?#]*)/(?P<name>[^/?#]*)/?(\?(?P<options>[^#]*))?"
)
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(?P<port>[0-9]{1,5})")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,199}")  # of 255 bytes, since names of commits are longer
_MOST = {"shards": 1024, "replicas": 20, "deleted": 50}
_FORM = "such as opensearch+http://10.0.0.1:9200,10.0.0.2:9200/letters"


@dataclass(frozen=True, slots=True)
class Address:
    """An index in a cluster: the hosts that may be asked, its name there, and how a new one is divided.

    `shards` and `replicas` are those of an index when it is built; an index that is there keeps its shards.
    `deleted` is the percentage of a segment's documents that may be deleted before a commit merges it: they
    count in scores until then. With 0, scores are exact after every commit, each of which may rewrite most of
    the index.
    """

    hosts: tuple[str, ...]
    secured: bool
    name: str
    shards: int = 1
    replicas: int = 1
    deleted: int = 10

    @classmethod
    def parse(cls, url: str) -> "Address":
        """Raises SettingsError, which says what is not understood; it repeats no password."""
        parts = _ADDRESS.fullmatch(url)
        if parts is None:
            raise SettingsError(
                f"The address of an index in a cluster has the form scheme://hosts/name, {_FORM}."
            )
        if "@" in parts["hosts"]:
            raise SettingsError(
                "A user and a password do not belong into the address of an index, which is logged: give "
                "them in OPIS_OPENSEARCH_USER and OPIS_OPENSEARCH_PASSWORD."
            )
        hosts = tuple(dict.fromkeys(parts["hosts"].split(",")))
        for host in hosts:
            found = _HOST.fullmatch(host)
            if found is None or not 0 < int(found["port"]) < 1 << 16:
                raise SettingsError(
                    f"{host!r} in the address of the index is no HOST:PORT; write it {_FORM}."
                )
        if not _NAME.fullmatch(parts["name"]):
            raise SettingsError(
                f"{parts['name']!r} cannot be the name of an index in a cluster: it has up to 200 of a-z, "
                f"0-9, ., _ and -, and begins with a letter or a digit, {_FORM}."
            )
        return cls(hosts, bool(parts["secured"]), parts["name"], **_options(parts["options"] or ""))

    @property
    def folder(self) -> Path:
        """Where this machine keeps what belongs to the index beside it.

        It is found by the name alone, since hosts come and go: what is kept there says itself to which
        commit it belongs.
        """
        return Path("var/opensearch") / self.name


def _options(text: str) -> dict[str, int]:
    options = {}
    for key, value in parse_qsl(text, keep_blank_values=True):
        if key not in _MOST:
            raise SettingsError(
                f"{key!r} in the address of the index is no option; there are {', '.join(_MOST)}."
            )
        if not re.fullmatch("[0-9]{1,5}", value) or not (key == "shards") <= int(value) <= _MOST[key]:
            raise SettingsError(
                f"{key} in the address of the index is a whole number up to {_MOST[key]}, not {value!r}."
            )
        options[key] = int(value)
    return options
