"""The files of a zone as an editor wants them: each as read, with what reads another text in its place."""

from collections.abc import Callable, Iterable

from linter.edit.extent import column, is_flow
from linter.records.text.name import absolute
from linter.source.frozen import Frozen
from linter.source.include import Includer
from linter.source.plain import key_text
from linter.source.text import Source
from linter.source.typed import TypeAlias
from linter.zone.document import Document, tree_of
from linter.zone.reading import read_document

from .estate import Estate, ZoneFiles
from .published_zone import documents_of


class Held(Frozen):
    """The absolute names of some files, the column in which they begin, and whether they are in braces."""

    names: frozenset[str]
    indent: int
    is_flow: bool


Read: TypeAlias = Callable[[Source], Document]


def documents_to_edit(estate: Estate, files: ZoneFiles) -> tuple[tuple[Document, Read], ...]:
    """The files of a zone in their order. Raises Unreadable."""
    return tuple((document, _reader(document, estate.root)) for document in _documents(estate, files))


def _documents(estate: Estate, zone: ZoneFiles) -> Iterable[Document]:
    """The files of a zone, as octoDNS reads them where it puts the zone together. Raises Unreadable."""
    assembled = estate.assembly.zones.get(zone.zone) if estate.assembly is not None else None
    if estate.assembly is None or assembled is None or assembled.files != zone.files:
        return map(estate.document, zone.files)
    return documents_of(zone.zone, estate.assembly, estate.document)


def _reader(document: Document, root: str) -> Read:
    """Reads another text as this file was read; what its top says is not what is changed."""

    def read(source: Source) -> Document:
        read_as = read_document(source, None, Includer(root), document.zone)
        return read_as._replace(
            zone=document.zone, ttl=document.ttl, replaces=document.replaces, escaped=document.escaped
        )

    return read


def names_held(documents: Iterable[Document]) -> Held:
    """The names of a zone's files, whether or not they hold records that can be read."""
    held = [(document, tree) for document in documents if (tree := tree_of(document.names)) is not None]
    names = {absolute(key_text(key), document.zone)[0] for document, names in held for key in names.keys}
    last = held[-1][1] if held else None
    indent = column(last.source.text, last.start) if last is not None else 0
    return Held(frozenset(names), indent, last is not None and is_flow(last))
