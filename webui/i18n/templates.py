"""How do templates say messages? By `_("…")`, `ngettext`, `{% trans %}`, and `| translated`."""

from jinja2 import Environment
from markupsafe import Markup, escape

from search.messages import Message, gettext, reader


def add_messages(templates: Environment) -> None:
    """Let templates mark messages, as the i18n extension of Jinja has it, with values by name.

    Messages of templates are HTML, and values in them are escaped. `translated` says a `Message` that code
    has made, and escapes it whole; other text it leaves as it is.
    """
    templates.add_extension("jinja2.ext.i18n")
    templates.newstyle_gettext = True  # type: ignore[attr-defined]  # of the extension: values are given by name
    templates.policies["ext.i18n.trimmed"] = True
    templates.filters["translated"] = lambda text: escape(gettext(text))
    templates.globals.update(
        _=_gettext, gettext=_gettext, ngettext=_ngettext, pgettext=_pgettext, reader=reader
    )


def _gettext(message: str, /, **values: object) -> Markup:
    return Markup(reader().translation(message)) % _said(values)  # noqa: S704 - a message of a template


def _pgettext(context: str, message: str, /, **values: object) -> Markup:
    return Markup(reader().translation(message, context)) % _said(values)  # noqa: S704


def _ngettext(one: str, several: str, count: int, /, **values: object) -> Markup:
    return Markup(reader().plural(one, several, count)) % _said({"num": count, **values})  # noqa: S704


def _said(values: dict[str, object]) -> dict[str, object]:
    """Values as they stand in HTML: those that are HTML already are left alone, all others are escaped."""
    language = reader()
    return {
        name: language.number(value)
        if type(value) is int
        else gettext(value)
        if isinstance(value, Message)
        else value
        for name, value in values.items()
    }
