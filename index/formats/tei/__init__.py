"""Text Encoding Initiative: letters, volumes and corpora. `reader.read` is the reader."""
