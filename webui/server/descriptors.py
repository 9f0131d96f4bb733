"""How many connections may be open at once? As many as the system allows files, less those of the index."""

import sys

from search.errors import SettingsError

_WANTED = 4096  # open files, to which a lower limit is raised where the system allows it
_RESERVED = 128  # for the index, logs and static files
_LEAST = 64  # connections without which a server is no use
_MOST = 2000


def connection_limit() -> int:
    """The number of connections that a server of this process can hold.

    Raises the process's limit on open files as far as it may. Raises SettingsError if that is too little.
    """
    files = _open_files()
    if files < _RESERVED + _LEAST:
        raise SettingsError(
            f"The system lets this process open {files} files, and a server needs {_RESERVED + _LEAST} "
            "at least: raise the limit, as with ulimit -n 4096."
        )
    return min(files - _RESERVED, _MOST)


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
