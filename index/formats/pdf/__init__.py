"""PDF: text and its layout on the pages. `reader.read` is the reader."""
