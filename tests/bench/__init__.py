"""How fast, how small? `make bench` measures Opis and its peers side by side, in one run on one machine.

`python -m bench --help` (with tests/ on the path) tells the parts and options; docs/benchmarks.md is
written from the last results of each part.
"""
