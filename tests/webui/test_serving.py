"""What a server does before it accepts requests: it asks for pages, as the first visitors will."""

import gc
from dataclasses import replace

import pytest
from flask import Response, request

from search.analyzed import analyze
from search.document import Document
from search.engines.memory import MemoryEngine
from search.settings import Site
from tests.webui.conftest import DOCUMENTS, SETTINGS
from webui import create_app
from webui.serving import warm_up


@pytest.mark.slow
@pytest.mark.parametrize("documents", [(), DOCUMENTS])
def test_pages_are_answered_whatever_the_name_of_the_site(documents: tuple[Document, ...]) -> None:
    engine = MemoryEngine(SETTINGS.schema)
    with engine.writer() as writer:
        for document in documents:
            writer.put(analyze(document, engine.schema))
    app = create_app(replace(SETTINGS, site=Site(base_url="https://archive.example")), engine)
    answered: list[tuple[str, int]] = []

    @app.after_request
    def _note(response: Response) -> Response:
        answered.append((request.path.split("/")[1], response.status_code))
        return response

    warm_up(app, engine)
    gc.unfreeze()
    assert answered == [("search", 200), *([("documents", 200)] if documents else [])]
