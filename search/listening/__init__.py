"""Where does a service listen, and under which names does it answer? Knows nothing of what it answers."""
