"""The one use case: a question in, an answer out."""

from dataclasses import dataclass

from search.document import Document
from search.engines import Engine
from search.highlight import Reading
from search.request import Question
from search.results import Answer
from search.schema import Schema


@dataclass(frozen=True)
class Searcher:
    """Answers questions from one engine; safe to share between threads."""

    engine: Engine
    schema: Schema

    def search(self, question: Question) -> Answer:
        """Parse, ask, highlight, and explain an empty result. Raises EngineError alone."""
        raise NotImplementedError

    def document(self, doc_id: str) -> Document | None:
        """The document of an id, or None."""
        return self.engine.get_many([doc_id])[0]

    def read(self, document: Document, text: str) -> Reading:
        """The whole document with everything in it that the query `text` matches."""
        raise NotImplementedError
