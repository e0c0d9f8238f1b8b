"""One file of records as read, or why it is none."""

from linter.records.text.name import to_ascii
from linter.source.frozen import Frozen
from linter.source.text import Source, SourceFault, Span
from linter.source.tree import Mapping
from linter.source.typed import TYPE_CHECKING

from .usual import Usual

if TYPE_CHECKING:
    from linter.intent.model import Intent

SUFFIXES = (".yaml", ".yml")


class Document(Frozen):
    """A file as read: `names` is None where it is not a zone, and a tree where it is not written the usual way.

    `zone` is the zone's absolute name; `complete` is false where part of the file could not be read. `intent` is
    what a native file declares, None where that is nothing or has a fault. `replaces` is whether its records take the
    place of those of the same name and type in the files before it, as octoDNS's `populate_should_replace` has it.
    `escaped` is its `escaped_semicolons`, None where nothing says so. `declared` is where a native file names its zone.
    `lacks` is why a file that can be read is not a zone, `is_config` whether it is octoDNS's configuration. `layout` is
    what of its layout is not known; then `names` is None as well. `is_evident` is whether it is a zone, or would be one
    but for its layout, beyond doubt.
    """

    source: Source
    zone: str
    names: Mapping | Usual | None
    ttl: int | None
    faults: tuple[SourceFault, ...]
    complete: bool
    intent: "Intent | None" = None
    replaces: bool = False
    escaped: bool | None = None
    declared: Span | None = None
    lacks: str = ""
    is_config: bool = False
    layout: str = ""
    is_evident: bool = False


def zone_name_of(path: str) -> str:
    """The zone a file is named after: `example.com.yaml`, or any file in a folder `example.com.`."""
    folder, _, file = path.replace("\\", "/").rpartition("/")
    if folder.endswith(".") and (split := folder.rpartition("/")[2].rstrip(".")):
        file = split
    for suffix in SUFFIXES:
        file = file.removesuffix(suffix)
    name = file.lower().strip(".")
    return f"{name if name.isascii() else to_ascii(name)[0]}."


def with_tree(document: Document) -> Document:
    """The same document with its names as a tree, which edits need."""
    return document._replace(names=tree_of(document.names))


def tree_of(names: Mapping | Usual | None) -> Mapping | None:
    """The names of a file as a tree."""
    if not isinstance(names, Usual):
        return names
    from linter.source.yaml_reader import read_yaml  # only edits need it

    root = read_yaml(names.source).root
    return root if isinstance(root, Mapping) else None
