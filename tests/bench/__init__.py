"""Benchmarks: `make bench` measures Opis and its peers side by side, in one run on one machine.

`python -m tests.bench --help` lists the parts and the options; docs/benchmarks.md is written from the last
results of each part.
"""
