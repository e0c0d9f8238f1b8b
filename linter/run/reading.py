"""A text read as a file of an estate: the zone that octoDNS makes it a part of, else a layout that has to be known."""

import os

from linter.source.include import Includer
from linter.source.text import Source, SourceFault
from linter.source.typed import TYPE_CHECKING
from linter.zone.document import Document
from linter.zone.layout import with_layout
from linter.zone.reading import read_document

from .files import has_zone_file

if TYPE_CHECKING:
    from .assembly import Assembly

STANDARD_INPUT = "<stdin>"
"""What standard input goes by where it is given no name."""


class Reading:
    """Reads files below a root; `assembly` says where octoDNS finds zones, and where only parts of some."""

    def __init__(self, root: str, assembly: "Assembly | None") -> None:
        self._root = root
        self._assembly = assembly
        self._zone_files: dict[str, bool] = {}

    def document(self, source: Source, fault: SourceFault | None, zone: str) -> Document:
        """The text read; `zone` is the one that octoDNS makes it a part of, "" where it makes none."""
        document = read_document(source, fault, Includer(self._root), zone)
        if zone or document.names is None or source.path == STANDARD_INPUT:
            return document
        folder = os.path.dirname(source.path)
        if folder not in self._zone_files:
            self._zone_files[folder] = has_zone_file(folder)
        if self._assembly is not None and self._assembly.has_parts_in(folder):
            document = document._replace(complete=False)
        return with_layout(document, self._zone_files[folder])
