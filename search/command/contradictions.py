"""Which options of `opis-search` cannot be given together? One clear sentence says what to leave out."""

from collections.abc import Collection

from search.command.options import OF_A_PAGE
from search.errors import SettingsError

_FOR_A_PERSON = ("--explain", "--receipt")
_REFUSED = {
    "--queries": ("answers the queries of a file", ("QUERY", *OF_A_PAGE, *_FOR_A_PERSON, "--json")),
    "--format": ("writes all results", (*OF_A_PAGE, *_FOR_A_PERSON, "--json")),
    "--json": ("prints no text", _FOR_A_PERSON),
}
"""What an option does, and with which others it cannot be given."""


def refuse_contradictions(given: Collection[str]) -> None:
    """Raise SettingsError if options contradict each other; `given` has those that were typed, and QUERY."""
    for option, (does, others) in _REFUSED.items():
        if option in given and (refused := [other for other in others if other in given]):
            raise SettingsError(f"{option} {does}: leave out {' and '.join(refused)}.")
    if "--fields" in given and "--json" not in given:
        raise SettingsError("--fields chooses keys of the JSON: add --json.")
