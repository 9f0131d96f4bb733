"""Opis as a library: `open_archive` opens an index, and `Archive` searches it.

docs/python.md introduces both. `Archive` is a thin face of `search.searcher.Searcher`: it takes the
parameters of the JSON API as keyword arguments, and returns what `Searcher` returns.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from search.answer import Answer
from search.answering.export import Export
from search.api.citing import citation_of
from search.api.urls import document_url
from search.citation import Citation
from search.document import Document
from search.engines import open_engine
from search.errors import DocumentMissing, EngineError
from search.export import EXPORTS, ExportContext, ExportFormat
from search.highlighting.in_document import BodyHit, body_hits
from search.parameters.arguments import ParameterValue, parameter_pairs
from search.parameters.document import parse_within
from search.parameters.export import FORMAT, parse_export
from search.parameters.facet_listing import ALL_VALUES, parse_listing
from search.parameters.filters import facet_name
from search.parameters.question import parse_parameters
from search.request import Question
from search.results import DateFacet, Facet, IndexInfo
from search.searcher import Searcher
from search.settings import Settings, load_settings
from search.suggestions.similar import DEFAULT_SIMILAR, Similar


def open_archive(url: str | None = None, settings: Settings | str | PathLike[str] | None = None) -> "Archive":
    """The archive at an index address such as `auto:var/index` or `tantivy:PATH`.

    `settings` are Settings or the path of their file; by default they are read as the commands read them,
    from `opis.toml` in the working directory and OPIS_… environment variables. Without `url`, the address is
    that of the setting `index`. Raises SettingsError for settings or an address that cannot be used,
    IndexMissing where there is no index, and another EngineError where it cannot be read.
    """
    if not isinstance(settings, Settings):
        settings = load_settings(fspath(settings) if settings is not None else None)
    settings = replace(settings, index=url or settings.index)
    engine = open_engine(settings.index, settings.schema)
    return Archive(Searcher(engine, settings.limits.query_cost), settings)


@dataclass(frozen=True, repr=False)
class Archive:
    """An index that is open for searching: a context manager, or closed by `close`.

    Threads may share an archive. Each call sees one commit of the index; a commit of another process is
    seen by the calls that begin after it, within a second.

    The keyword arguments of `search`, `documents`, `facet_values` and `export` are the parameters of the JSON
    API (docs/api.md): text, numbers, truth values, days (`datetime.date`), and lists of them for parameters
    that repeat. An underscore stands for the dot in `not.author` and `facet_limit.author`; what is None is
    left out. An unknown parameter or a value out of range raises ParameterError, whose attribute `parameter`
    has the name.

    Every method may raise EngineError, and all that search raise QueryTooCostly.
    """

    searcher: Searcher
    settings: Settings

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release files and connections; the archive is not used again."""
        self.searcher.engine.close()

    def __repr__(self) -> str:
        try:
            info = self.info
        except EngineError:
            return f"<Archive {self.settings.index}: cannot be read>"
        return f"<Archive {self.settings.index}: {info.documents:,} documents>"

    @property
    def info(self) -> IndexInfo:
        """The present commit of the index: its number of documents, generation, time and engine."""
        return self.searcher.info()

    def search(self, text: str = "", **parameters: ParameterValue) -> Answer:
        """A page of the documents that a query finds, with the exact total, facets and suggestions."""
        return self.searcher.search(self._question(text, parameters))

    def document(self, doc_id: str) -> Document:
        """The document of an id, or of the id that it had before its file was moved.

        Raises DocumentMissing if there is none.
        """
        doc_id = doc_id.encode("utf-8", "replace").decode()  # half of a surrogate pair cannot be looked up
        found = self.searcher.document(doc_id)
        if found is None and (present := self.searcher.moved_to(doc_id)):
            found = self.searcher.document(present)
        if found is None:
            raise DocumentMissing(f"There is no document {doc_id!r}.")
        return found

    def facet_values(self, name: str, text: str = "", **parameters: ParameterValue) -> Facet | DateFacet:
        """All values of a facet over the documents that a query finds, or one `page` of them if it is given.

        `prefix` and `order` choose and sort them, as in docs/api.md. Raises ParameterError if there is no
        facet of this name.
        """
        schema = self.searcher.schema
        facet_name(schema).read("name", name)
        listing = parse_listing(name, _pairs(text, parameters), schema)
        if not _is_paged(parameters):
            listing = replace(listing, per_page=ALL_VALUES)
        return self.searcher.list_facet(listing).facet

    def similar(self, document: Document | str, limit: int = DEFAULT_SIMILAR) -> Similar:
        """The documents most like one, which is given itself or by its id."""
        return self.searcher.similar(self._given(document), limit)

    def find(self, document: Document | str, text: str, **parameters: ParameterValue) -> tuple[BodyHit, ...]:
        """Every match of a query in the body of one document, or one `page` of them if it is given.

        The document is given itself or by its id. `match` and `expand` are those of a search.
        """
        question = parse_within(_pairs(text, parameters))
        found = self.searcher.search_in(self._given(document), question)
        matches = found.matches.body
        offset, limit = (question.page - 1) * question.per_page, question.per_page
        if not _is_paged(parameters):
            offset, limit = 0, len(matches)
        return tuple(body_hits(found.document, matches, offset, limit))

    def documents(self, text: str = "", **parameters: ParameterValue) -> Export:
        """All documents that a query finds, one at a time in the order of its pages, from one commit.

        It has their `total`, and can be iterated once. There are no pages and facets to ask for.
        """
        return self._export("jsonl", text, parameters)[1]

    def export(
        self,
        file: str | PathLike[str] | BinaryIO,
        format: str,  # noqa: A002 - the name of the parameter of the API
        text: str = "",
        **parameters: ParameterValue,
    ) -> int:
        """Write all documents that a query finds to a file, and return their number.

        `format` is `csv`, `jsonl`, `ris`, `bibtex` or `csl`; `file` is a path or a stream of bytes. At a
        path, it takes its place when it is complete; where writing fails, an earlier one stays as it was.
        Raises OSError if the file cannot be written.
        """
        form, found = self._export(format, text, parameters)
        with found:
            blocks = form.write(found, ExportContext.today(self.settings.site, self.searcher.document))
            if isinstance(file, str | PathLike):
                _write(Path(file), blocks)
            else:
                file.writelines(blocks)
        return found.total

    def permalink(self, document: Document | str) -> str:
        """The address of a document's page: absolute where the setting `site.base_url` is given."""
        return self.settings.site.base_url + document_url(self._given(document).id)

    def cite(self, document: Document | str) -> Citation:
        """How to cite a document, as it is read today: a note and an entry of a bibliography (Chicago)."""
        document = self._given(document)
        parent = self.searcher.document(document.parent) if document.parent else None
        return citation_of(document, parent, self.settings.site)

    def _export(
        self, name: str, text: str, parameters: dict[str, ParameterValue]
    ) -> tuple[ExportFormat, Export]:
        pairs = [(FORMAT.name, name), *_pairs(text, parameters)]
        question, name = parse_export(pairs, self.searcher.schema)
        return EXPORTS[name], self.searcher.export(question)

    def _given(self, document: Document | str) -> Document:
        return document if isinstance(document, Document) else self.document(document)

    def _question(self, text: str, parameters: dict[str, ParameterValue]) -> Question:
        return parse_parameters(_pairs(text, parameters), self.searcher.schema)


def _pairs(text: str, parameters: dict[str, ParameterValue]) -> list[tuple[str, str]]:
    return [*([("q", text)] if text else []), *parameter_pairs(parameters)]


def _is_paged(parameters: dict[str, ParameterValue]) -> bool:
    return not {"page", "per_page"}.isdisjoint(parameters)


def _write(path: Path, blocks: Iterable[bytes]) -> None:
    partial = path.with_name(f"{path.name}.part")
    try:
        with partial.open("wb") as stream:
            stream.writelines(blocks)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
