"""octoDNS's configurations that lie beside the zones or above them, or are named; few repositories have any."""

import os
from collections.abc import Iterable, Iterator

from linter.source.file import Unreadable, read_octets
from linter.source.inputs import looked_for
from linter.source.typed import TYPE_CHECKING
from linter.zone.document import SUFFIXES

from .files import Found, find_files, is_split_folder, upward
from .included import zones_for
from .walk import Listing, entries_in

if TYPE_CHECKING:
    from .assembly import Assembly
    from .git import Ignored

_CONFIG_FOLDERS = ("config", "configs", "octodns")
"""Where configurations lie beside the folders of zones."""
_CONFIG_NAMES = frozenset({"config", "octodns", "prod", "production", "staging"})
"""Words in the names of configurations."""
_MARKS = (b"providers", b"zones", b"class")
"""What every such file holds; others are not parsed."""


def assemblies(
    folders: Iterable[str], named: Iterable[str] = (), listing: Listing = entries_in
) -> "tuple[Assembly, ...]":
    """What the octoDNS configurations in these folders, above them, and in `config` beside them say; each once.

    None is looked for outside the repository; without one, above the folder that the command runs in. Those that are
    `named` count whatever they are called.
    """
    seen: set[str] = set()
    found = [assembly for path in named if (assembly := _read(path)) is not None]
    for folder in dict.fromkeys(folders):
        for place in upward(folder):
            for near in (place, *(os.path.join(place, name) for name in _CONFIG_FOLDERS)):
                if os.path.abspath(near) not in seen:
                    seen.add(os.path.abspath(near))
                    fresh = _in_folder(near, listing)
                    found += (each for each in fresh if not any(each.is_like(other) for other in found))
    return tuple(sorted(found, key=lambda each: (each.base, each.paths)))


def named_files(paths: Iterable[str], ignored: "Ignored | None" = None) -> Found:
    """The files that paths mean; of a configuration of octoDNS that is named itself, the zones as well.

    For what is a part of zones, these zones.
    """
    found = find_files(dict.fromkeys(paths), ignored)
    known = {os.path.normpath(file): file for file in found.files}
    configurations = []
    for path in (path for path in found.files if path in found.named):
        assembly = _read(path) if os.path.isfile(looked_for(path)) else None
        if assembly is not None:
            configurations.append(path)
            for file in sorted(file for zone in assembly.zones.values() for file in zone.files):
                known.setdefault(os.path.normpath(file), file)
    return found._replace(files=zones_for(known.values()), configurations=tuple(configurations))


def may_be_config(name: str) -> bool:
    """Whether a file has a name that configurations have; most zones have another."""
    return (name.count(".") < 2 or "octodns" in name) and name.endswith(SUFFIXES)


def _is_called_config(path: str) -> bool:
    """Whether a file has a name that octoDNS's manuals give to configurations, or lies where these lie."""
    folder, name = os.path.split(os.path.abspath(path))
    words = name.rpartition(".")[0].replace("_", "-").replace(".", "-").split("-")
    return not _CONFIG_NAMES.isdisjoint(words) or os.path.basename(folder) in _CONFIG_FOLDERS


def _in_folder(folder: str, listing: Listing) -> "Iterator[Assembly]":
    """The configurations in a folder.

    None is named like a zone, apart from `octodns.prod.yaml`, `my.octodns.yaml` and their like: of ten thousand zones
    none is looked into.
    """
    names = [] if is_split_folder(folder) else [entry.name for entry in listing(folder)]
    for name in filter(may_be_config, names):
        if name.startswith("."):
            continue
        assembly = _read(os.path.join(folder, name))
        if assembly is not None:
            yield assembly


def _read(path: str) -> "Assembly | None":
    """What a file says; None where it is not a configuration, or none of its folders is there.

    Raises Unreadable for what has the name of a configuration and cannot be read: it does not count as absent.
    """
    try:
        octets = read_octets(path)
    except Unreadable:
        if _is_called_config(path):
            raise
        return None
    return assembly_in(path, octets)


def assembly_in(path: str, octets: bytes) -> "Assembly | None":
    """What the octets of a file say; None where it is not a configuration, or none of its folders is there."""
    if not all(mark in octets for mark in _MARKS):
        return None
    from .assembly import read_assembly

    return read_assembly(path, octets)
