"""The tools as a server of the Model Context Protocol, by the package `mcp`."""

import asyncio
import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import anyio
import anyio.from_thread
import anyio.to_thread
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)

import search
from search.archive import Archive
from search.assistant.quotation import NOTICE, REPLACEMENT, visible_line
from search.assistant.tools import TOOLS, AssistantTool, call
from search.engines.deadline import time_limit
from search.errors import EngineError, SearchError

UNREADABLE = (
    "The index of the archive cannot be read at present. Try again later; the server's log has the reason."
)
"""What a call answers then."""
OVERLOADED = "Too many calls are under way. Please try again in a few seconds."
"""What a call answers that would have to wait behind too many others."""

_log = logging.getLogger(__name__)


def assistant_server(archive: Archive) -> Server[Any]:
    """An MCP server with the tools of `search.assistant.tools` over an archive, for any transport.

    Whatever a tool cannot do is an error of the tool, with the sentence of the SearchError; of an index that
    cannot be read, only the log has the reason. The settings `server.threads`, `server.waiting` and
    `limits.query_seconds` bound what is under way; a call that is cancelled ends at its next step.
    """
    capacity = archive.settings.server
    threads = anyio.CapacityLimiter(capacity.searches)
    under_way = 0
    tools = {tool.name: _declared(tool, archive) for tool in TOOLS}

    async def list_tools(
        _context: ServerRequestContext[Any], _params: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(tools=list(tools.values()))

    async def call_tool(_context: ServerRequestContext[Any], params: CallToolRequestParams) -> CallToolResult:
        nonlocal under_way
        if under_way >= capacity.searches + capacity.waiting:
            return _failed(OVERLOADED)
        under_way += 1
        try:
            carry_out = partial(_result, archive, params.name, params.arguments or {})
            return await anyio.to_thread.run_sync(carry_out, limiter=threads)
        finally:
            under_way -= 1

    site = archive.settings.site
    return Server(
        "opis",
        version=search.__version__,
        title=site.title,
        description=site.intro or None,
        website_url=site.base_url or None,
        instructions=_instructions(site.title),
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        get_tool_input_schema=lambda name: tools[name].input_schema if name in tools else None,
    )


def serve_stdio(server: Server[Any]) -> None:
    """Serve one client over stdin and stdout, to which nothing else is written, until it closes stdin.

    Raises BrokenPipeError if it has closed stdout.
    """

    async def serve() -> None:
        async with stdio_server() as (received, sent):
            await server.run(received, sent, server.create_initialization_options())

    is_broken = False
    try:
        anyio.run(serve)
    except* BrokenPipeError:
        is_broken = True
    if is_broken:  # raised here, since what an `except*` raises is a group of errors again
        raise BrokenPipeError


def _declared(tool: AssistantTool, archive: Archive) -> Tool:
    return Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.input_schema(archive.searcher.schema),
        annotations=ToolAnnotations(
            title=tool.title,
            read_only_hint=True,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )


def _result(archive: Archive, name: str, arguments: Mapping[str, Any]) -> CallToolResult:
    """What a call gives, carried out in this thread; its errors are results, too."""
    try:
        with time_limit(archive.settings.limits.query_seconds, _is_cancelled):
            answer = call(archive, name, arguments)
    except EngineError as error:
        _log.error("%s: %s", name, error)
        return _failed(UNREADABLE)
    except SearchError as error:
        return _failed(str(error), error.parameter)
    return CallToolResult(
        content=[TextContent(type="text", text=answer.text)], structured_content=answer.data
    )


def _is_cancelled() -> bool:
    """Whether nobody waits for the call of this worker thread any more."""
    try:
        anyio.from_thread.check_cancelled()
    except asyncio.CancelledError:
        return True
    return False


def _failed(message: str, parameter: str = "") -> CallToolResult:
    """An error of a tool, in one line; `parameter` is the argument at fault."""
    error, named = visible_line(message, 500), visible_line(parameter, 100)
    return CallToolResult(
        content=[TextContent(type="text", text=f"{error} (parameter: {named})" if named else error)],
        structured_content={"error": error} | ({"parameter": named} if named else {}),
        is_error=True,
    )


def _instructions(title: str) -> str:
    return (
        f"This server searches “{title}”, an archive of documents, which it cannot change. Begin with "
        "search; read a document with read_document, in parts if it is long; find_in_document leads to "
        "each match in it. Totals are exact, and a total of 0 is a result. Quote documents word for word, "
        f"and cite them by the citation and the permalink of the answer. {NOTICE} “{REPLACEMENT}” stands "
        "there for a character that would not be seen."
    )
