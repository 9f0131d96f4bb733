"""Compiles the modules in C while Opis is built or installed, where there is a C compiler; else omits them.

Opis then does the same in Python (search/analysis/chunk_table.py, for instance). Modules keep to Python's
stable ABI, so that one build serves every version of Python from 3.11 on.
"""

import os
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = "search/**/_*.c"


class CompileHook(BuildHookInterface[Any]):
    """Runs before a wheel is filled, or an editable installation is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into the source tree if that is what is installed, else into the wheel."""
        root, self._folder = Path(self.root), TemporaryDirectory()
        for source in sorted(root.glob(SOURCES)):
            place = source.with_suffix(".abi3.so")
            compiled = place if version == "editable" else Path(self._folder.name, place.relative_to(root))
            if os.environ.get("OPIS_PURE_PYTHON") or not compile_module(source, compiled):
                continue  # one that another environment compiled in this source tree serves this one, too
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["pure_python"] = False
            build_data["tag"] = f"cp311-abi3-{platform}"
            if version != "editable":
                build_data["force_include"][str(compiled)] = str(place.relative_to(root))

    def finalize(self, *_: object) -> None:
        """Remove what was compiled for the wheel."""
        self._folder.cleanup()


def compile_module(source: Path, compiled: Path) -> bool:
    """Whether a module in C could be compiled: there are a compiler and the headers of Python."""
    compiler = os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc"
    options = ["-O2", "-std=c11", "-shared", "-fPIC", "-fvisibility=hidden"]
    if sys.platform == "darwin":
        options += ["-undefined", "dynamic_lookup"]
    made = compiled.with_name(f"{compiled.stem}.{os.getpid()}.so")  # another build may be using the one there
    options += [f"-I{sysconfig.get_path('include')}", str(source), "-o", str(made)]
    try:
        compiled.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([*shlex.split(compiler), *options], check=True, capture_output=True)  # noqa: S603
        made.replace(compiled)
    except (OSError, ValueError, subprocess.CalledProcessError):  # shlex raises ValueError for an open quote
        made.unlink(missing_ok=True)
        return False
    return True
