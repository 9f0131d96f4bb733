"""All that goes through Python's logging is a line of the log, in its format."""

import json
import logging
import warnings
from collections.abc import Callable

import pytest

from search.log.service_log import ENTRIES, service_log
from search.settings import Settings
from webui.log.request_entry import RequestEntry

ENTRY = RequestEntry(0, "::1", "GET", "/search", 200, 5, 1.0, 3, "g", None, "q=secret")
logger = logging.getLogger("webui.stub")


def unfit() -> None:
    logger.warning("%d of %d", "one")  # noqa: PLE1206 - as a library may


def warn() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("It is old.", stacklevel=1)


def fail() -> None:
    try:
        raise KeyError("x")
    except KeyError:
        logger.exception("It failed.")


@pytest.mark.parametrize("is_to_fork", [False, True])
@pytest.mark.parametrize(
    ("log", "expected"),
    [
        (lambda: ENTRIES.info(ENTRY), {"path": "/search", "total": 3}),
        (
            lambda: logger.warning("Say %s.", "so"),
            {"level": "warning", "message": "Say so.", "logger": "webui.stub"},
        ),
        (unfit, {"message": "%d of %d"}),
        (warn, {"level": "warning", "logger": "py.warnings"}),
        (fail, {"level": "error", "message": "It failed."}),
    ],
)
def test_each_is_a_line(
    capfd: pytest.CaptureFixture[str], log: Callable[[], None], expected: dict[str, object], is_to_fork: bool
) -> None:
    with service_log(Settings(log="json"), is_to_fork=is_to_fork):
        log()
    [line] = capfd.readouterr().err.splitlines()
    assert expected.items() <= json.loads(line).items()
    assert "secret" not in line


def test_what_was_searched_for_is_logged_where_it_is_asked_for(capfd: pytest.CaptureFixture[str]) -> None:
    with service_log(Settings(log_queries=True)):
        ENTRIES.info(ENTRY)
    assert capfd.readouterr().err.endswith(" query=secret\n")


def test_off(capfd: pytest.CaptureFixture[str]) -> None:
    with service_log(Settings(log="off")):
        ENTRIES.info(ENTRY)
    assert capfd.readouterr().err == ""


def test_afterwards_all_is_as_before() -> None:
    before = logging.getLogger().handlers[:]
    with service_log(Settings()):
        assert logging.getLogger().handlers != before
    assert logging.getLogger().handlers == before
