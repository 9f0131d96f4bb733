"""Which files are there, and what is stated beside them?

May import `index.encoding`, `index.extracted`, `index.record_fields` and `search`. `files.walk` finds the
files of a SOURCE, `sidecar.described` adds their metadata, and `read_task.ReadTask` is what a reader run
gets.
"""
