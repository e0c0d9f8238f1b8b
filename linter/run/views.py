"""Views: which files declare for somebody else what one view has files of its own for."""

import os
from collections.abc import Iterable, Mapping


def hidden_from(view: str, declared: Iterable[Iterable[str]], views: Mapping[str, str]) -> frozenset[str]:
    """The files that one view does not see; `declared` are the files of each zone, `views` the view of each file."""
    hidden: set[str] = set()
    for files in declared:
        others = {path for path in files if views[path] != view}
        if others and len(others) < len(set(files)):
            hidden |= others
    return frozenset(hidden)


def one_of_each_folder(paths: Iterable[str], assembled: Iterable[str]) -> Iterable[str]:
    """The files that octoDNS reads and one of each folder: all others of it have the same view."""
    return (*assembled, *{path.rpartition(os.sep)[0]: path for path in paths}.values())
