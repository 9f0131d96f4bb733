"""What does a server measure? Its metrics, the names of endpoints in them, and who answers with them.

`declared` has all metrics of a server; admission, connections and requests count in a line each. `service` is
who answers with them. Does not import prometheus-client unless somebody wants metrics.
"""
