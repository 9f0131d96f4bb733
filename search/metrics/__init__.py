"""What can a monitor measure of a program that runs? Its metrics, at /metrics of an address of its own.

`declaration` is what a program says of its metrics, and how it counts; `table` holds the values of all its
processes. `listener` answers with them, written by `exposition`: these two are imported by who listens only.

    RUNS = Counter("opis_index_runs_total", "Runs, by how they ended.", {"outcome": ("done", "failed")})
    ...
    RUNS.add("done")

    table = Table((RUNS, LOST_LINES))
    table.take()
    with answering(sockets, table, lambda: [*build_reading(), *index_readings(engine)]):
        ...

Knows nothing of documents and searches; may import `search.listening` and `search.errors`.
"""
