"""The globs of a configuration: relative to its folder, and never a way out of it."""

import os
from collections.abc import Iterator, Sequence

from linter.records.text.fault import quoted
from linter.source.plain import PlainValue, node_at
from linter.source.repository import GIT
from linter.source.text import SourceFault
from linter.source.tree import Node, located

MOST_PARTS = 64
"""Folders that one glob may name."""


def glob_faults(root: Node | None, keys: tuple[str | int, ...], globs: PlainValue) -> Iterator[SourceFault]:
    """What is wrong with each glob of the list that `keys` lead to, at its place."""
    if root is None or not isinstance(globs, Sequence):
        return
    for number, glob in enumerate(globs):
        said = _fault(str(glob))
        if said:
            place = located(*node_at(root, (*keys, number)))
            yield SourceFault(place, "config", f"{quoted(str(glob), 80)} {said[0]}", said[1])


def _fault(glob: str) -> tuple[str, str] | None:
    """(what it is, way out) for a glob that is not used."""
    parts = glob.split("/")
    if "\0" in glob:
        return "holds a null character", ""
    if os.path.isabs(glob) or os.pardir in parts:
        way_out = "write globs relative to the folder of this file, without `..`, or keep this file above the zones"
        return "may lead outside the repository and is not followed", way_out
    if GIT in glob.lower().split("/"):
        return "leads into `.git` and is not followed", "name the folders of the zones"
    if len(parts) > MOST_PARTS:
        return f"names more than {MOST_PARTS} folders", "write `**` for any number of folders"
    return None


def is_matched(path: Sequence[str], glob: str) -> bool:
    """Whether a glob means a path, given by its parts, or a folder that it lies in; `**` is any number of folders.

    In time linear in the parts of both together for each part of the path.
    """
    from fnmatch import fnmatchcase

    wanted = [part for part in glob.split("/") if part not in ("", ".")]
    if not wanted:
        return glob != ""
    reached = {0}  # how much of the glob the parts so far may stand for
    for part in path:
        following = set()
        for place in reached:
            while wanted[place] == "**" and place + 1 < len(wanted):
                following.add(place)
                place += 1
            if wanted[place] == "**" or fnmatchcase(part, wanted[place]):
                if place + 1 == len(wanted):
                    return True
                following.add(place + 1)
        reached = following
    return False
