"""Encoded Archival Description: finding aids, a document for each unit. `reader.read` is the reader."""
