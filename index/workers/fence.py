"""Fences a process off: it may read some folders, and no more. Fences that the kernel lacks are left out.

- *files*: Landlock, https://docs.kernel.org/userspace-api/landlock.html, lets it read the named folders only,
  and write temporary files in one;
- *network*: a network namespace of its own has no interfaces; without, Landlock refuses TCP;
- *rights*: no new privileges, and of those of root only reading any file, see capabilities(7);
- *resources*: no file may grow large, no process be started, few files be opened, no core be dumped;
- *descriptors*: what the parent had open, such as an index, is replaced by /dev/null.

System calls that Python does not have are made through ctypes; their numbers are alike on all architectures.
"""

import ctypes
import os
import resource
import struct
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from index.workers.limits import LARGEST_TEMPORARY_FILE

_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET
_CAPSET_VERSION = 0x20080522  # _LINUX_CAPABILITY_VERSION_3
_MAY_READ_ALL = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_WRITE = (
    1 << 1 | 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8 | 1 << 14
)  # write, remove and make files and folders; truncate
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}  # version of Landlock -> how many rights it knows
_TCP_SINCE, _SCOPES_SINCE = 4, 6
_TCP, _SCOPES = 0b11, 0b11  # bind and connect; abstract sockets and signals

_MORE_FILES = 64  # that may be opened beside those that are open
_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/fonts", "/usr/share/zoneinfo",
           "/etc/ld.so.cache", "/etc/localtime", "/dev/null")  # fmt: skip


class _RefusedError(Exception):
    """The kernel does not have a fence, or does not allow it."""


def python_folders() -> tuple[str, ...]:
    """Where modules and libraries are that may still have to be loaded; to be asked before the fork."""
    packages = (Path(__file__).resolve().parents[2] / name for name in ("index", "search"))
    with suppress(OSError):
        lines = Path("/proc/self/maps").read_text("utf-8", "replace").splitlines()
        mapped = (line.split(maxsplit=5)[-1] for line in lines if ".so" in line)
        return tuple({*sysconfig.get_paths().values(), *map(str, packages), *map(os.path.dirname, mapped)})
    return ()


def fence_off(readable: Iterable[str], keep: Iterable[int], writable: str = "") -> tuple[str, ...]:
    """Fence this process off; the names of the fences that hold. `keep` are descriptors that stay open.

    `writable` is a folder for temporary files; without one, nothing can be written.

    To be called while the process has one thread.
    """
    fences: dict[str, Callable[[], None]] = {
        "descriptors": lambda: _close_all_but({*keep, 0, 1, 2}),
        "resources": lambda: _limit_resources(LARGEST_TEMPORARY_FILE if writable else 0),
        "network": _leave_network,
        "rights": _drop_rights,
        "files": lambda: _landlock((*readable, *_SYSTEM), writable),
    }
    holding = []
    for name, fence in fences.items():
        with suppress(OSError, ValueError, AttributeError, _RefusedError):
            fence()
            holding.append(name)
    return tuple(holding)


def start_no_process() -> None:
    """From now on this process can start neither threads nor processes; root can, if not fenced otherwise."""
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _libc() -> ctypes.CDLL:
    if sys.platform != "linux":
        raise _RefusedError
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> int:
    if result < 0:
        raise _RefusedError(os.strerror(ctypes.get_errno()))
    return result


def _close_all_but(keep: set[int]) -> None:
    """Put /dev/null in the place of descriptors, so that their owners may still close them."""
    null = os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC)
    for number in _open_files() - keep - {null}:
        with suppress(OSError):
            os.dup2(null, number, inheritable=False)


def _open_files() -> set[int]:
    return {int(name) for name in os.listdir("/proc/self/fd")}


def _limit_resources(largest: int) -> None:
    """No file may grow larger, only a few more be opened, and no core be dumped."""
    most = max(_open_files()) + _MORE_FILES
    _, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _leave_network() -> None:
    """Root keeps its user namespace, since in another it could not read the files of others."""
    _checked(_libc().unshare(_NEW_NETWORK if os.geteuid() == 0 else _NEW_USER | _NEW_NETWORK))


def _drop_rights() -> None:
    libc = _libc()
    _checked(libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    kept = _MAY_READ_ALL if os.geteuid() == 0 else 0
    header = struct.pack("=Ii", _CAPSET_VERSION, 0)
    _checked(libc.capset(header, struct.pack("=6I", kept, kept, 0, 0, 0, 0)))


def _landlock(readable: Iterable[str], writable: str) -> None:
    """Refuse all access to files but reading these, and writing below one folder.

    TCP and signals are refused as well, where the kernel can.
    """
    libc = _libc()
    version = _checked(libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1))
    rights = _FILE_RIGHTS[max(known for known in _FILE_RIGHTS if known <= version)]
    handled = [(1 << rights) - 1]
    handled += [_TCP] if version >= _TCP_SINCE else []
    handled += [_SCOPES] if version >= _SCOPES_SINCE else []
    attribute = struct.pack(f"={len(handled)}Q", *handled)
    rules = _checked(libc.syscall(_CREATE_RULESET, attribute, ctypes.c_size_t(len(attribute)), 0))
    for descriptor, allowed in _opened(readable, writable):
        rule = struct.pack("=Qi", allowed & handled[0], descriptor)
        libc.syscall(_ADD_RULE, rules, 1, rule, 0)
        os.close(descriptor)
    _checked(libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _checked(libc.syscall(_RESTRICT_SELF, rules, 0))
    os.close(rules)


def _opened(paths: Iterable[str], writable: str) -> Iterator[tuple[int, int]]:
    """The descriptor of each path that exists, and what is allowed there."""
    if writable:
        yield os.open(writable, os.O_PATH | os.O_CLOEXEC), _READ_FILE | _READ_FOLDER | _WRITE
    for path in dict.fromkeys(paths):
        with suppress(OSError):
            is_folder = os.path.isdir(path)
            yield os.open(path, os.O_PATH | os.O_CLOEXEC), _READ_FILE | (_READ_FOLDER if is_folder else 0)
