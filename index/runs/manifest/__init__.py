"""What did the last run index, from which files? The manifest: a database beside the index.

`entries` are what it says of files and documents. `states` opens it as a commit of the index left it, and
begins that of the next commit. `manifest` looks up files and documents, `next_manifest` writes what a run
reads, and `comparison` tells what has changed.

It need not be trusted: without it a run reads every file again, and no document is lost. Only a document
whose file is gone by then stays in the index, since nothing tells any more that it came from that file.
May import `index.extracted`, `index.sources` and `search`.
"""
