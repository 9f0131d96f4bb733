"""What does a service say of its work? One line for each request and each message, on stderr.

`lines` writes a line, as text or JSON; `writer` gets it out without making anybody wait; `service_log`
joins both to Python's logging, through which everything arrives. `searched` is how a page tells the log what
was found. Knows nothing of pages and sockets.
"""
