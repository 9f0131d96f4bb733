"""Archives and mail that tests index, and the documents that are found in them."""

import io
import tarfile
from collections.abc import Mapping
from email.message import EmailMessage

from search.document import Document
from search.engines.memory import MemoryEngine
from search.request import SearchRequest


def tarred(members: Mapping[str, str | bytes], mode: str = "w") -> bytes:
    """A tar file; `mode` is that of `tarfile.open`."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return target.getvalue()


def mail(subject: str, text: str, *attached: tuple[str, bytes] | EmailMessage) -> EmailMessage:
    """A mail with attachments: a name and what it holds, or another mail."""
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "Ada Lind <ada@example.org>"
    message.set_content(text)
    for item in attached:
        if isinstance(item, EmailMessage):
            message.add_attachment(item)
        else:
            name, data = item
            message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def documents(engine: MemoryEngine) -> dict[str, Document]:
    """The documents by their source."""
    return {document.source: document for document in engine.scan(SearchRequest())}
