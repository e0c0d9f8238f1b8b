"""The server: what an editor tells, judged by one worker at a time, and what it asks, answered for the latest text."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from linter import __version__
from linter.source.typed import BinaryIO, TypeVar, cast

from .actions import Offer, fixes, ignoring
from .diagnostics import ranges, uri_of
from .documents import Documents, Judged, Open, judged
from .hover import manuals, records
from .judge import Judge
from .positions import Text

T = TypeVar("T")
_PAUSE = 0.2
"""Seconds without a key before a text is judged."""
_WATCHED = ("**/*.yaml", "**/*.yml", "**/*.lock")
_MOST_IGNORED = 4
"""Findings for which one request is offered a comment: each is tried."""


class MailServer(LanguageServer):
    """A language server for zone files; `is_ended` is whether the editor has asked it to shut down."""

    def __init__(self, judge: Judge) -> None:
        super().__init__("mailzone", __version__, types.TextDocumentSyncKind.Full)
        self.judge = judge
        self.documents = Documents()
        self.is_ended = False
        # One at a time: what is known of a run is kept for the whole process.
        self._worker = ThreadPoolExecutor(1)

    async def work(self, act: Callable[[], T]) -> T:
        """Has the worker do something."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, act)

    def text_of(self, document: Open) -> tuple[int | None, Text]:
        """The version and the text of a document as the editor has it now."""
        held = self.workspace.get_text_document(document.uri)
        return held.version, Text(document.path, held.source, str(self.workspace.position_encoding))

    async def refresh(self, uri: str, pause: float = 0.0) -> None:
        """Judge a document, unless another request to do so comes meanwhile; show what is found."""
        document = self.documents.open.get(uri)
        if document is None:
            return
        document.ticket += 1
        ticket = document.ticket
        await asyncio.sleep(pause)
        if document.ticket != ticket:
            return
        fresh = await self._judged(document, ticket)
        if fresh is not None and document.ticket == ticket:
            document.judged = fresh
            self._show(document, fresh)

    async def _judged(self, document: Open, ticket: int | None = None) -> Judged | None:
        """A document judged; None where its turn came when a later one than `ticket` was out."""
        version, text = self.text_of(document)
        encoding = str(self.workspace.position_encoding)

        def act() -> Judged | None:
            if ticket is not None and document.ticket != ticket:
                return None
            return judged(document.uri, version, text, self.judge.verdict(text.source), encoding)

        return await self.work(act)

    async def current(self, uri: str) -> tuple[Open, Judged] | None:
        """A document with what is found in its present text; None where it is not open or changes meanwhile."""
        document = self.documents.open.get(uri)
        if document is None:
            return None
        version, _ = self.text_of(document)
        found = document.judged
        if found is None or found.version != version:
            found = await self._judged(document)
        return (document, found) if found is not None and uri in self.documents.open else None

    def _show(self, document: Open, fresh: Judged) -> None:
        own = types.PublishDiagnosticsParams(document.uri, fresh.shown[document.uri], fresh.version)
        self.text_document_publish_diagnostics(own)
        self.show_elsewhere()

    def show_elsewhere(self) -> None:
        """Show what is found in files that are not open."""
        for uri, each in self.documents.elsewhere().items():
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, each))

    async def refresh_all(self) -> None:
        """Judge all open documents again: a file that they depend on may have changed."""
        await asyncio.gather(*(self.refresh(uri, _PAUSE) for uri in list(self.documents.open)))


class _Kept:
    """A stream that stays open, whoever closes it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, octets: bytes) -> None:
        """Write and hold back nothing."""
        self._stream.write(octets)

    def flush(self) -> None:
        """Write what is held back."""
        self._stream.flush()

    def close(self) -> None:
        """Nothing: the process has to look after its streams itself."""


def serve(judge: Judge, told: BinaryIO, said: BinaryIO) -> bool:
    """Serve an editor over two streams until it goes; whether it has said so before."""
    server = MailServer(judge)
    _files(server)
    _documents(server)
    _questions(server)
    server.start_io(told, cast(BinaryIO, _Kept(said)))
    return server.is_ended


def _files(server: MailServer) -> None:
    """What the editor tells of files beside the documents, if it is asked to."""

    @server.feature(types.INITIALIZED)
    async def begun(params: types.InitializedParams) -> None:
        able = server.client_capabilities.workspace
        watched = able.did_change_watched_files if able is not None else None
        if watched is None or not watched.dynamic_registration:
            return
        watchers = [types.FileSystemWatcher(glob) for glob in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        asked = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        await server.client_register_capability_async(types.RegistrationParams([asked]))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def changed(params: types.DidChangeWatchedFilesParams) -> None:
        await server.refresh_all()


def _documents(server: MailServer) -> None:
    """What the editor tells of documents."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        uri = params.text_document.uri
        path = to_fs_path(uri) if uri.startswith("file:") else None
        if path is not None:
            server.documents.open[uri] = Open(uri, path)
            await server.refresh(uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        await server.refresh(params.text_document.uri, _PAUSE)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        await server.refresh_all()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if uri in server.documents.open:
            server.documents.close(uri)
            server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
            server.show_elsewhere()

    @server.feature(types.SHUTDOWN)
    def ended(params: None) -> None:
        server.is_ended = True


def _questions(server: MailServer) -> None:
    """What the editor asks."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        found = await server.current(params.text_document.uri)
        if found is None:
            return None
        told = await server.work(partial(_told, server.judge, found[1], params.position))
        content = types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(told))
        return types.Hover(content) if told else None

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        found = await server.current(params.text_document.uri)
        if found is None:
            return []
        document, current = found
        offers = await server.work(partial(_offers, server.judge, current, params.range))
        return [_action(offer, document, current, str(server.workspace.position_encoding)) for offer in offers]


def _told(judge: Judge, found: Judged, position: types.Position) -> list[str]:
    """What there is to say of a place."""
    source, offset = found.text.source, found.text.offset(position.line, position.character)
    told = list(manuals(found.verdict.findings, offset, source))
    with suppress(Exception):  # what cannot be judged is told at the text, and a hover is no place for it
        told += (each for facts in judge.facts(source) for each in records(facts, offset, source))
    return told


def _offers(judge: Judge, found: Judged, asked: types.Range) -> list[Offer]:
    """What can be done about the findings that touch a range."""
    source = found.text.source
    start = found.text.offset(asked.start.line, asked.start.character)
    end = found.text.offset(asked.end.line, asked.end.character)
    near = [
        each
        for each in found.verdict.findings
        if each.span.source is source and each.span.start <= end and start <= each.span.end
    ]
    offers = [offer for finding in near for offer in fixes(finding, source)]
    return offers + [offer for finding in near[:_MOST_IGNORED] for offer in ignoring(finding, source, judge.verdict)]


def _action(offer: Offer, document: Open, found: Judged, encoding: str) -> types.CodeAction:
    range_of = ranges(encoding, found.text)
    changes: dict[str, list[types.TextEdit]] = {}
    for edit in offer.edits:
        uri = document.uri if edit.source is found.text.source else uri_of(edit.source.path)
        changes.setdefault(uri, []).append(types.TextEdit(range_of(edit.span), edit.text))
    about = [
        each
        for each in found.shown[document.uri]
        if each.code == offer.finding.rule and each.range == range_of(offer.finding.span)
    ]
    return types.CodeAction(
        offer.title,
        types.CodeActionKind.QuickFix,
        diagnostics=about,
        is_preferred=offer.is_safe or None,
        edit=types.WorkspaceEdit(changes),
    )
