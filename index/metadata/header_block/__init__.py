"""The parts of a header block: labels and values above a text, labels below it, and where the text begins.

`index.metadata.header` puts them together. It may import `index.metadata` and `search`.
"""
