"""How is work done on files that may be hostile? By processes with limits, fenced off from the rest.

May import nothing else of the project: what is done with a file is a `job.Job`. A `pool.WorkerPool` gives out
tasks and collects messages; one process is a `worker.Worker`, and `process` is its inside, with its `limits`
and `fence`. `machine` tells how many processes there may be, and how large.
"""
