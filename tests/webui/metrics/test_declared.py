"""The names in metrics.

1. Names follow the conventions of Prometheus, and all labels are known beforehand.
2. An endpoint stands there by its documented path, whatever was asked for.
3. Without metrics asked for, their library is not imported.
"""

import re
import subprocess
import sys

import pytest
from flask import Flask

from search.metrics.declaration import Counter, Histogram, Metric
from webui.log.searched import SEARCHED, Searched
from webui.metrics.declared import ALL


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.name)
def test_1_names(metric: Metric) -> None:
    assert re.fullmatch("opis_[a-z]+(_[a-z]+)+", metric.name)
    assert metric.name.endswith("_total") == isinstance(metric, Counter)
    assert metric.name.endswith("_seconds") == isinstance(metric, Histogram)
    assert re.fullmatch(r"[A-Z][^\n]*\.", metric.meaning)
    assert metric.size <= 5000


@pytest.mark.parametrize(
    ("address", "endpoint"),
    [
        ("/search?q=secret", "/search"),
        ("/documents/molotov?q=x", "/documents/{id}"),
        ("/documents/none-such", "/documents/{id}"),
        ("/api/v1/documents/molotov/similar", "/api/v1/documents/{id}/similar"),
        ("/api/v1/facets/date", "/api/v1/facets/date"),
        ("/api/v1/facets/author", "/api/v1/facets/{name}"),
        ("/static/opis.css", "/static/{file}"),
        ("/", "/"),
        ("/nothing/<script>", None),
        ("/metrics", None),
    ],
)
def test_2_endpoints(app: Flask, address: str, endpoint: str | None) -> None:
    searched = Searched()
    app.test_client().get(address, environ_overrides={SEARCHED: searched}, buffered=True)
    assert searched.endpoint == endpoint


def test_3_nothing_is_imported_for_nothing() -> None:
    program = "import sys, webui.__main__, index.__main__; print('prometheus_client' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", program], text=True, capture_output=True, check=True)
    assert found.stdout == "False\n"
