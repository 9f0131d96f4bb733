"""How do assistants search the archive? An MCP server: tools that read, and mark what they quote.

`tools` lists the tools, which `searching` and `reading` carry out on a `search.archive.Archive`; `quotation`
marks what comes from documents, and `server` speaks the Model Context Protocol by the package `mcp`, which
no other package imports. `opis-mcp` (`__main__`) serves it over stdio or HTTP (docs/assistants.md).
"""
