"""What a machine without the files needs to judge some: octets, where they lie, and the links on the way there."""

import os
import pickle
import zlib
from collections.abc import Iterable, Iterator

from linter.source.file import MAX_OCTETS, MAX_RECORDING, Unreadable, read_octets, source_of
from linter.source.frozen import Frozen
from linter.source.include import Includer
from linter.source.repository import GIT, OUTSIDE, repository_root
from linter.source.yaml_reader import read_yaml
from linter.zone.document import SUFFIXES

from .laid_out import MOST_TOGETHER, make_folders, write_link, write_new
from .refused import Refused
from .resolvers import lock_path
from .shares import Share
from .walk import names_in

_INCLUDE = b"!include"
_MOST_LINKS = 40
_LEVEL = 1
"""Of compression: zone files shrink to a sixth at once, and hardly further at ten times the cost."""


class Parcel(Frozen):
    """Files by their place, which is absolute and without links, as is every other place here.

    `here` is the working folder, `home` that of the user. `links` lead from a place to another, `roots` are folders
    that are repositories, `names` are of files of which only it counts that they are there. `shares` are what is judged
    from these files, each with all files that may be.
    """

    here: str
    home: str
    files: dict[str, bytes]
    links: dict[str, str]
    folders: frozenset[str]
    roots: frozenset[str]
    names: frozenset[str]
    shares: tuple[Share, ...]


def packed(shares: Iterable[Share], others: Iterable[str] = ()) -> bytes:
    """A parcel with all that these shares may look at, and `others` that are read beside. Raises Refused."""
    shares = tuple(shares)
    gathered = _Gathered()
    for share in shares:
        settings, part = share.policy.settings, share.part
        root = repository_root(os.path.dirname(part.files[0]))
        for path in (*part.paths, *part.files):
            gathered.add_zone(path, root)
        for path in (*share.answers, lock_path(settings, part.folder)):
            gathered.add(path, MAX_RECORDING)
    for path in others:
        gathered.add(path)
    return zlib.compress(pickle.dumps(gathered.parcel(shares), pickle.HIGHEST_PROTOCOL), _LEVEL)


def unpacked(octets: bytes) -> Parcel:
    """The parcel again. It runs what its sender wants: only for what this very run, or its scheduler, has sent."""
    parcel: Parcel = pickle.loads(zlib.decompress(octets))
    return parcel


def lay_out(parcel: Parcel, top: str) -> None:
    """Write all of it below an empty folder, as if that were the root of everything."""
    for root in parcel.roots:
        _write(top, os.path.join(root, GIT), b"")  # nothing is looked for above it
    for folder in (*parcel.folders, parcel.here, parcel.home):
        os.makedirs(below(top, folder), 0o700, exist_ok=True)
    for place, octets in parcel.files.items():
        _write(top, place, octets)
    for place in parcel.names:
        _write(top, place, b"")
    # The links are last: nothing is written through one.
    for place, target in parcel.links.items():
        make_folders(top, place.lstrip(os.sep))
        write_link(below(top, place), os.fsencode(below(top, target)))


def below(top: str, place: str) -> str:
    """Where a place is that was laid out below a folder."""
    return os.path.join(top, place.lstrip(os.sep))


def _write(top: str, place: str, octets: bytes) -> None:
    make_folders(top, place.lstrip(os.sep))
    write_new(below(top, place), octets)


class _Gathered:
    """What goes into a parcel, each file once."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._files: dict[str, bytes] = {}
        self._links: dict[str, str] = {}
        self._folders: set[str] = set()
        self._holding: set[str] = set()
        """The folders that files and links lie in."""
        self._words: dict[str, set[str]] = {}
        """The first words of their names, by folder."""
        self._places: dict[str, str] = {}
        """Where folders are: most files lie in the same one."""
        self._room = MOST_TOGETHER

    def add_zone(self, path: str, root: str) -> None:
        """A zone's file, and all that it includes."""
        octets = self.add(path)
        if _INCLUDE in octets:
            includer = Includer(root)
            source, fault = source_of(path, octets)
            if fault is None:
                read_yaml(source, includer)
            for each in includer.named:
                self.add(each)

    def add(self, path: str, limit: int = MAX_OCTETS) -> bytes:
        """A file and the links on the way to it; its octets, unless they are there already. Raises Refused."""
        if path in self._seen:
            return b""
        self._seen.add(path)
        if os.path.isabs(path):
            way_out = "name files relative to the folder that mailzone runs in, and run it in their repository"
            raise Refused(f"{path} is an absolute path, which means another file on every machine; {way_out}")
        try:
            place = self._place(path)
            octets = read_octets(path, limit)
        except (OSError, ValueError, Unreadable) as error:
            reason = error.reason if isinstance(error, Unreadable) else str(error)
            self._note_unread(path, reason)
            return b""
        self._room -= len(octets)
        if self._room < 0:
            much = f"more than {MOST_TOGETHER // 1024 // 1024:,} MiB"
            raise Refused(f"the files of one estate have {much} together, which is more than is sent to a worker")
        self._files[place] = octets
        return octets

    def _note_unread(self, path: str, reason: str) -> None:
        """What is not there, or must not be followed, is so for a worker too; what else hinders us would not be."""
        if reason == OUTSIDE or "\0" in path or not os.path.exists(path):
            return
        if not os.path.isdir(path):
            raise Refused(f"cannot read {path}: {reason}; no worker could judge it")
        self._folders.add(os.path.realpath(path))

    def _place(self, path: str) -> str:
        """Where a path leads; the links on the way are taken along. Raises OSError for a circle of them."""
        folder, name = os.path.split(path)
        if folder not in self._places:
            self._places[folder] = self._followed(os.getcwd(), folder)
        place = self._followed(self._places[folder], name)
        self._holding.add(os.path.dirname(place))
        self._words.setdefault(os.path.dirname(place), set()).add(name.lower().lstrip(".$").partition(".")[0])
        return place

    def _followed(self, place: str, path: str) -> str:
        """Where a path leads from a place."""
        left, links = path.split(os.sep)[::-1], 0
        while left:
            name = left.pop()
            if name == os.pardir:
                place = os.path.dirname(place)
                continue
            below = os.path.join(place, name) if name not in ("", os.curdir) else place
            if not os.path.islink(below):
                place = below
                continue
            links += 1
            if links > _MOST_LINKS:
                raise OSError("too many levels of symbolic links")
            target = os.path.join(place, os.readlink(below))
            self._links[below] = os.path.normpath(target)
            self._holding.add(place)
            left += target.split(os.sep)[::-1]
            place = os.sep
        return place

    def _asked_for(self, folder: str) -> Iterator[str]:
        """The files in a folder of which others depend on whether they are there: `_zone.yaml`, `app` of `app.dev`."""
        if folder not in self._words:
            return
        words = self._words[folder] | {"_zone"}
        for name in names_in(folder):
            stem, suffix = os.path.splitext(name)
            if suffix in SUFFIXES and stem in words and not os.path.isdir(os.path.join(folder, name)):
                yield os.path.join(folder, name)

    def parcel(self, shares: tuple[Share, ...]) -> Parcel:
        """All of it."""
        roots = {repository_root(folder) for folder in (*self._holding, os.getcwd())}
        beside = {path for folder in self._holding for path in self._asked_for(folder)}
        return Parcel(
            os.getcwd(),
            os.path.realpath(os.path.expanduser("~")),
            self._files,
            self._links,
            frozenset(self._folders),
            frozenset(root for root in roots if os.path.lexists(os.path.join(root, GIT))),
            frozenset(beside - self._files.keys() - self._links.keys() - self._folders),
            shares,
        )
