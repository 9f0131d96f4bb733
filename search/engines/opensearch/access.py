"""How a cluster knows us, and we it: a user, a password and certificates, from the environment alone.

They are in no address and in no file of settings, which are shown, logged and passed on.
"""

import base64
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

from search.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Access:
    """A user with a password; files in PEM: the CA of the cluster's certificates, and one of our own."""

    user: str = ""
    password: str = field(default="", repr=False)
    ca: str = ""
    client_cert: str = ""
    client_key: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Access":
        """From OPIS_OPENSEARCH_USER, _PASSWORD, _CA, _CLIENT_CERT and _CLIENT_KEY.

        Raises SettingsError for another variable of this beginning.
        """
        variables = {f"OPIS_OPENSEARCH_{key.upper()}": key for key in cls.__dataclass_fields__}
        for name in environ:
            if name.startswith("OPIS_OPENSEARCH_") and name not in variables:
                raise SettingsError(f"There is no variable {name}; there are {', '.join(variables)}.")
        return cls(**{key: environ.get(name, "") for name, key in variables.items()})

    def check(self, *, secured: bool) -> None:
        """Raise SettingsError for what does not go together."""
        if bool(self.user) != bool(self.password):
            raise SettingsError("Give both OPIS_OPENSEARCH_USER and OPIS_OPENSEARCH_PASSWORD, or neither.")
        if self.client_key and not self.client_cert:
            raise SettingsError(
                "OPIS_OPENSEARCH_CLIENT_KEY needs the certificate in OPIS_OPENSEARCH_CLIENT_CERT."
            )
        if (self.ca or self.client_cert) and not secured:
            raise SettingsError(
                "OPIS_OPENSEARCH_CA and OPIS_OPENSEARCH_CLIENT_CERT are of no use without TLS: use "
                "opensearch+https:// in the address of the index, or leave them out."
            )
        if self.user and not secured:
            raise SettingsError(
                "A password would cross the network for all to read: use opensearch+https:// in the address "
                "of the index, or no OPIS_OPENSEARCH_USER."
            )

    def headers(self) -> dict[str, str]:
        """The headers of a request, by which the user is known."""
        if not self.user:
            return {}
        credentials = base64.b64encode(f"{self.user}:{self.password}".encode())
        return {"Authorization": f"Basic {credentials.decode()}"}

    def tls(self) -> ssl.SSLContext:
        """What is trusted, and by what we are known. Raises SettingsError if a file cannot be used."""
        try:
            context = ssl.create_default_context(cafile=self.ca or None)
        except OSError as error:
            raise SettingsError(
                f"The certificates of OPIS_OPENSEARCH_CA, {self.ca}, cannot be used: {error}."
            ) from error
        if self.client_cert:
            try:
                # An encrypted key would ask for its passphrase at a terminal.
                context.load_cert_chain(self.client_cert, self.client_key or None, password=_no_passphrase)
            except OSError as error:
                raise SettingsError(
                    f"The certificate of OPIS_OPENSEARCH_CLIENT_CERT, {self.client_cert}, cannot be used "
                    f"with its key, which must not be encrypted: {error}."
                ) from error
        return context


NO_ACCESS = Access()


def _no_passphrase() -> str:
    return ""
