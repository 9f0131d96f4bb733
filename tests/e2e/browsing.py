"""What the tests in a browser share: the screen of a phone, and the type of the fixture that opens pages."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

OpenPage = Callable[..., Page]
"""Given a path and options of a browser context, the page opened in a context of its own."""
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def url(path: str) -> re.Pattern[str]:
    """A pattern of the addresses that end with a path."""
    return re.compile(re.escape(path) + "$")
