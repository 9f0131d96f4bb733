"""Manual pages in several languages: Debian's packages, downloaded once into var/manpages and unpacked.

Nothing of them is part of the project. Where apt or the network is missing, there are none.
"""

import gzip
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from tests.bench.processes import ROOT
from tests.bench.roff import text_of

FOLDER = ROOT / "var" / "manpages"
COMPARED = {"english": "manpages", "german": "manpages-de", "french": "manpages-fr", "spanish": "manpages-es",
            "russian": "manpages-ru"}  # fmt: skip
"""Languages whose pages are compared, with their packages: pages that all of them have."""
COMPANY = {"italian": "manpages-it", "dutch": "manpages-nl", "polish": "manpages-pl"}
"""Languages of which all pages are in the mixed archive."""

_BEGINNING = 1000  # characters of a page by which it is told whether it was translated
_ENGLISH = {"the", "of", "and", "to", "for", "with", "this", "that", "are", "be", "from", "by", "is", "or"}
_MOST_ENGLISH = 0.06  # of these among the words of a page that was
_LEAST = 300  # characters; a shorter page only names another one
_SECONDS = 300  # to download all packages


class NoManpagesError(Exception):
    """The packages cannot be had here; the message says why."""


@dataclass(frozen=True, slots=True)
class Page:
    """One manual page: its language, its name such as `hier.7`, and its text."""

    language: str
    name: str
    text: str

    @property
    def id(self) -> str:
        return f"{self.language}-{self.name}"


def manpages(folder: Path = FOLDER) -> list[Page]:
    """The pages of all languages, in the order of the packages. Raises NoManpagesError.

    Pages of which the beginning stayed in English are left out, as no archivist would call them German.
    """
    found = pages_of({**COMPARED, **COMPANY}, folder)
    pages = [page for page in found if page.language == "english" or not _begins_in_english(page.text)]
    names = [{page.name for page in pages if page.language == language} for language in COMPARED]
    common = set.intersection(*names)
    return [page for page in pages if page.language in COMPANY or page.name in common]


def _begins_in_english(text: str) -> bool:
    words = text[:_BEGINNING].lower().split()
    return sum(word in _ENGLISH for word in words) > _MOST_ENGLISH * len(words)


def pages_of(packages: Mapping[str, str], folder: Path = FOLDER) -> list[Page]:
    """All pages of these languages, each with its package. Raises NoManpagesError."""
    _download([package for package in packages.values() if not (folder / package).is_dir()], folder)
    return [page for language, package in packages.items() for page in _pages(language, folder / package)]


def _download(packages: list[str], folder: Path) -> None:
    if not packages:
        return
    if missing := [command for command in ("apt-get", "dpkg-deb") if not which(command)]:
        raise NoManpagesError(f"{missing[0]} is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    _run(["apt-get", "download", "-qq", *packages], folder)
    for package in packages:
        [archive, *_] = sorted(folder.glob(f"{package}_*.deb"), reverse=True)
        unpacked = folder / f"{package}.part"
        _run(["dpkg-deb", "-x", str(archive), str(unpacked)], folder)
        unpacked.rename(folder / package)


def _run(command: list[str], folder: Path) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        raise NoManpagesError(f"{command[0]} takes more than {_SECONDS} seconds") from None
    except subprocess.CalledProcessError as error:
        reason = (error.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise NoManpagesError(f"{command[0]} says: {reason}") from None


def _pages(language: str, folder: Path) -> list[Page]:
    return list(_texts(language, {path.stem: path for path in sorted(folder.rglob("man?/*.gz"))}))


def _texts(language: str, paths: Mapping[str, Path]) -> Iterator[Page]:
    for name, path in paths.items():
        if not path.is_symlink():
            with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
                text = text_of(file.read())
            if len(text) >= _LEAST:
                yield Page(language, name, text)
