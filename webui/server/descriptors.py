"""How many connections may be open at once? As many as the system allows files, less those of the index."""

import sys

from search.errors import SettingsError

_WANTED = 4096  # open files, to which a lower limit is raised where the system allows it
_RESERVED = 128  # for the index and logs
_FILES = 2  # of a connection: its own, and one for a static file or a long answer
_LEAST, _MOST = 64, 2000  # connections


def connection_limit() -> int:
    """The number of connections that a server of this process can hold.

    Raises the process's limit on open files as far as it may. Raises SettingsError if that is too little.
    """
    files, least = _open_files(), _RESERVED + _FILES * _LEAST
    if files < least:
        raise SettingsError(
            f"The system lets this process open {files} files, and a server needs {least} at least: "
            f"raise the limit, as with ulimit -n {_WANTED}."
        )
    return min((files - _RESERVED) // _FILES, _MOST)


def _open_files() -> int:
    if sys.platform == "win32":
        return _WANTED
    import resource  # noqa: PLC0415 - not there on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return _WANTED
    raised = max(soft, _WANTED if hard == resource.RLIM_INFINITY else min(_WANTED, hard))
    if raised > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (raised, hard))
    return raised
