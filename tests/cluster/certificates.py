"""Certificates for tests: of an authority, and by it of a host (127.0.0.1) and of a client."""

import ssl
import subprocess
from pathlib import Path


def openssl(folder: Path, *arguments: str) -> None:
    """Run openssl in a folder."""
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)


def make_certificates(folder: Path) -> Path:
    """Make ca, host and client: each a .pem, with its .key."""
    # Without its usage, Python 3.13 and later refuse a certificate.
    usage = ("-addext", "keyUsage=critical,digitalSignature,keyCertSign,cRLSign")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", *usage)
    openssl(folder, "req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=test CA")
    for name, alternative in ("host", "IP:127.0.0.1"), ("client", "DNS:opis"):
        request = ("-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN={name}")
        signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-addext", f"subjectAltName={alternative}")
        openssl(folder, "req", "-x509", *key, *request, *signed)
    return folder


def server_context(certificates: Path, *, asks_for_certificate: bool = False) -> ssl.SSLContext:
    """What a host has: its certificate, and whether it asks for that of a client."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(certificates / "ca.pem"))
    context.load_cert_chain(certificates / "host.pem", certificates / "host.key")
    context.verify_mode = ssl.CERT_REQUIRED if asks_for_certificate else ssl.CERT_NONE
    return context
