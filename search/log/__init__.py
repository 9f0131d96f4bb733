"""What does a service say of its work? One line for each event and each message, on stderr.

`lines` writes a line, as text or JSON; `writer` gets it out without making anybody wait; `service_log`
joins both to Python's logging, through which everything arrives. What has lines of its own kind is a
`LogEntry` of the package that it happens in. May import `search.settings` and
`search.metrics`.
"""
