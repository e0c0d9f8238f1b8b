"""Which packages have rules for us: what the installed distributions say under the entry-point group `mailzone.rules`.

Nothing is loaded from the folder that is checked.
"""

import os
import sys

from linter.source.frozen import Frozen
from linter.source.repository import working_folder
from linter.source.typed import Iterable, Iterator

GROUP = "mailzone.rules"
_MARK = GROUP.encode()
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_FOLDERS = ("site-packages", "dist-packages")
_LARGEST = 1 << 16
"""Octets that are read of a list of entry points; that of mailzone has 60."""


class Entry(Frozen):
    """One line of a distribution's entry points: the family of the rules, and where they are."""

    family: str
    value: str
    path: str


def load_plugins(folders: Iterable[str] | None = None) -> tuple[Entry, ...]:
    """Find, load and register all rules of other packages; where they are from. Raises Refused for what cannot be used.

    `folders` are where distributions are installed, those of this interpreter unless they are given.
    """
    found = tuple(entries(installed() if folders is None else folders))
    if found:
        from .plugging import plug  # most runs have no plug-in

        for entry in found:
            plug(entry.family, entry.value)
    return found


def installed() -> Iterator[str]:
    """Where this interpreter has its distributions: never the folder that the command runs in."""
    here = working_folder()
    return (path for path in sys.path if os.path.basename(path) in _FOLDERS and os.path.realpath(path) != here)


def entries(folders: Iterable[str]) -> Iterator[Entry]:
    """The entries of all distributions, by folder and name.

    Only the files `entry_points.txt` are looked at: importlib.metadata would cost more than all rules together.
    """
    for folder in dict.fromkeys(folders):
        try:
            names = sorted(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue
        for name in names:
            path = f"{folder}{os.sep}{name}{os.sep}entry_points.txt"
            held = _beginning_of(path)
            if _MARK in held:
                yield from _entries(held.decode("utf-8", "replace"), path)


def _beginning_of(path: str) -> bytes:
    """The octets of a small file; nothing where there is none. A stream for each would take three times as long."""
    try:
        handle = os.open(path, _READING)
    except OSError:
        return b""
    try:
        return os.read(handle, _LARGEST)
    except OSError:
        return b""
    finally:
        os.close(handle)


def _entries(text: str, path: str) -> Iterator[Entry]:
    """The lines of our group in one file (an INI file, by the packaging standards)."""
    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line.strip("[] \t")
        elif group == GROUP and line and line[0] not in "#;":
            name, _, value = line.partition("=")
            yield Entry(name.strip(), value.strip(), path)
