"""An editor as the server sees it: the client of pygls, with the server in a process of its own."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

CHECKOUT = str(Path(__file__).parents[2])
T = TypeVar("T")
_GIVEN_UP = 120
"""Seconds after which a test that would wait for ever ends."""


class Editor:
    """A session; `status` and `said` are the exit status and standard error, once it is over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = LanguageClient("test", "1")
        self.status: int | None = None
        self.said = ""
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.registered: list[types.Registration] = []
        self._versions: dict[str, int] = {}

        # The client's functions have no types.
        feature: Callable[[str], Callable[[Callable[[Any], None]], Any]] = self.client.feature
        # It writes into what it is given, which a method does not allow.
        feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self._publish(params))
        feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: self._register(params))

    def _publish(self, params: types.PublishDiagnosticsParams) -> None:
        self.published.put_nowait(params)

    def _register(self, params: types.RegistrationParams) -> None:
        self.registered += params.registrations

    async def begin(self, *arguments: str, encodings: list[str] | None = None) -> types.InitializeResult:
        environment = {**os.environ, "PYTHONPATH": CHECKOUT}
        command = (sys.executable, "-W", "error", "-m", "linter", "server", *arguments)
        await self.client.start_io(*command, cwd=self.folder, env=environment)
        kinds = [types.PositionEncodingKind(each) for each in encodings] if encodings else None
        files = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        able = types.ClientCapabilities(
            types.WorkspaceClientCapabilities(did_change_watched_files=files),
            general=types.GeneralClientCapabilities(position_encodings=kinds),
        )
        result = await self.client.initialize_async(types.InitializeParams(able, root_uri=self.folder.as_uri()))
        self.client.initialized(types.InitializedParams())
        return result

    async def end(self) -> None:
        """Leave as an editor does."""
        process = self.client._server
        assert process is not None
        await self.client.shutdown_async(None)
        self.client.exit(None)
        self.status = await process.wait()
        assert process.stderr is not None
        self.said = (await process.stderr.read()).decode()
        stop: Callable[[], Awaitable[None]] = self.client.stop
        await stop()

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str) -> None:
        self._versions[name] = 1
        document = types.TextDocumentItem(self.uri(name), "yaml", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))

    def type(self, name: str, text: str) -> int:
        """Change a text; the version that it has then."""
        self._versions[name] += 1
        version = self._versions[name]
        document = types.VersionedTextDocumentIdentifier(uri=self.uri(name), version=version)
        changes = [types.TextDocumentContentChangeWholeDocument(text)]
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, changes))
        return version

    def save(self, name: str) -> None:
        document = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(document))

    def close(self, name: str) -> None:
        document = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    async def shown(self, name: str, version: int | None = None) -> list[types.Diagnostic]:
        """What is shown next in a file, or of a version of it."""
        while True:
            told = await asyncio.wait_for(self.published.get(), _GIVEN_UP)
            if told.uri == self.uri(name) and version in (None, told.version):
                return list(told.diagnostics)

    async def hover(self, name: str, line: int, unit: int) -> str:
        """What is told of a place, "" for nothing."""
        asked = types.HoverParams(types.TextDocumentIdentifier(self.uri(name)), types.Position(line, unit))
        found = await self.client.text_document_hover_async(asked)
        if found is None:
            return ""
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value

    async def actions(self, name: str, where: types.Range) -> list[types.CodeAction]:
        """What is offered in a range."""
        document = types.TextDocumentIdentifier(self.uri(name))
        asked = types.CodeActionParams(document, where, types.CodeActionContext([]))
        found = await self.client.text_document_code_action_async(asked)
        return [each for each in found or () if isinstance(each, types.CodeAction)]


def session(folder: Path, act: Callable[[Editor], Awaitable[T]], *arguments: str) -> tuple[T, Editor]:
    """One session with a server that works in a folder, from its beginning to its end."""

    async def run() -> tuple[T, Editor]:
        editor = Editor(folder)
        await editor.begin(*arguments)
        result = await act(editor)
        await editor.end()
        return result, editor

    return asyncio.run(run())


def edited(text: str, edits: list[types.TextEdit]) -> str:
    """A text of ASCII after some edits."""
    lines = [*text.splitlines(keepends=True), ""]
    starts = [sum(map(len, lines[:row])) for row in range(len(lines))]
    for edit in sorted(edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True):
        start, end = edit.range.start, edit.range.end
        first, last = starts[start.line] + start.character, starts[end.line] + end.character
        text = f"{text[:first]}{edit.new_text}{text[last:]}"
    return text
