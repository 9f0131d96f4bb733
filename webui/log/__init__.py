"""What does a server say of the requests it answers? A line each, in the log of `search.log`.

`request_entry` is such a line, and `searched` how a page tells it what was found. Knows nothing of pages and
sockets.
"""
