"""Modules in C, compiled from the source as it is now."""

import os
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from hatch_build import compile_module

ROOT = Path(__file__).parents[1]


def compiled_module(name: str, folder: Path) -> ModuleType:
    """The module of this name, compiled in a folder; the test is skipped where there is no compiler."""
    source = ROOT.joinpath(*name.split(".")).with_suffix(".c")
    path = folder / source.with_suffix(".abi3.so").name
    if not compile_module(source, path):
        if os.environ.get("CI"):
            pytest.fail("There is no C compiler, or no headers of Python.")
        pytest.skip("there is no C compiler, or no headers of Python")
    spec = spec_from_file_location(name, path, loader=ExtensionFileLoader(name, str(path)))
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
