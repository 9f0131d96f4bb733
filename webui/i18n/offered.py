"""Which languages are pages offered in, and which of them does a request get?"""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from search.api.urls import is_for_programs
from search.errors import SettingsError
from search.messages import ENGLISH, InterfaceLanguage, read_in, reader
from search.settings import Site

CATALOGUES = Path(__file__).parent.parent / "translations"
"""The folder of the catalogues that Opis has: a file TAG.po for each language but English."""


def _catalogues(folder: Path) -> dict[str, Path]:
    """The catalogues of a folder by the tags of their languages."""
    if not folder.is_dir():
        raise SettingsError(f"The setting site.catalogues names {str(folder)!r}, which is no folder.")
    return {file.stem: file for file in sorted(folder.glob("*.po"))}


_OURS = _catalogues(CATALOGUES)


class OfferedLanguages:
    """The languages that pages are offered in; each is read when somebody asks for it first."""

    def __init__(self, site: Site) -> None:
        """Offer the languages that the settings list, or else all that there are, English first.

        Raises SettingsError if there is no catalogue of one that they list, or one of theirs cannot be used.
        """
        own = _catalogues(Path(site.catalogues)) if site.catalogues else {}
        self._files = {
            tag: tuple(folder[tag] for folder in (_OURS, own) if tag in folder) for tag in {*_OURS, *own}
        }
        known = [ENGLISH.tag, *sorted(self._files.keys() - {ENGLISH.tag})]
        self.tags = site.interface_languages or tuple(known)
        if strange := [tag for tag in self.tags if tag not in known]:
            raise SettingsError(
                f"The setting site.interface_languages names {strange[0]!r}, of which there is no catalogue; "
                f"there are {', '.join(known)}."
            )
        self.accepted = lru_cache(maxsize=256)(self._accepted)
        self._of_tag = lru_cache(maxsize=None)(self._language)
        for tag in own:
            self._of_tag(tag)  # so that a start says what is wrong with one, and not a page

    def version(self) -> str:
        """What tells these catalogues from others, or from the same with other words."""
        files = [file for tag in sorted(self._files) for file in self._files[tag]]
        return sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:10]

    def _accepted(self, header: str) -> InterfaceLanguage:
        """The language for a reader whose browser accepts these; the first where it accepts none of them."""
        wanted = parse_accept_header(header, LanguageAccept)
        return self._of_tag(wanted.best_match(self.tags, self.tags[0]))

    def _language(self, tag: str) -> InterfaceLanguage:
        files = self._files.get(tag, ())
        if not files:
            return ENGLISH
        # Babel takes 60 ms to load, which who reads English need not wait for.
        from webui.i18n.catalogue import CatalogueLanguage  # noqa: PLC0415

        return CatalogueLanguage(tag, files)


def say_in_readers_language(app: Flask, offered: OfferedLanguages) -> None:
    """Let the pages of an app be in the language that their reader prefers of those that are offered.

    What programs read stays English.
    """
    answer = app.wsgi_app

    def wsgi_app(environ, start_response):  # type: ignore[no-untyped-def]
        if is_for_programs(environ["PATH_INFO"]):
            return answer(environ, start_response)
        with read_in(offered.accepted(environ.get("HTTP_ACCEPT_LANGUAGE", ""))):
            return answer(environ, start_response)

    app.wsgi_app = wsgi_app  # type: ignore[method-assign]

    @app.after_request
    def _state_language(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers["Content-Language"] = reader().tag
            if len(offered.tags) > 1:
                response.vary.add("Accept-Language")
        return response
