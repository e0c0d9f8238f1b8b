"""Globs for `zones:` that mean the zone files that are there and, with `exclude:`, nothing else."""

import os
from collections.abc import Iterable

from linter.source.frozen import Frozen

from .files import expand

_MOST_EXCLUDED = 20
"""Other files beside zones that are worth a list; where there are more, the zones are listed."""


class Globs(Frozen):
    """Globs relative to a folder, each with the number of zone files it means; and those of other files among these."""

    zones: tuple[tuple[str, int], ...]
    others: tuple[str, ...]


def globs_for(folder: str, zones: Iterable[str]) -> Globs:
    """Globs for files that all lie below a folder. Raises Unreadable where that is too much to be searched.

    In one folder they are told by their ending, for such files as come later. A path that is no UTF-8 is left out:
    no configuration can name it.
    """
    by_place: dict[tuple[str, str], list[str]] = {}
    for path in zones:
        relative = os.path.relpath(path, folder or ".")
        if relative.isprintable() and not any(part.startswith(".") for part in relative.split(os.sep)):
            place, name = os.path.split(relative)
            by_place.setdefault((place, os.path.splitext(name)[1]), []).append(relative)
    found: list[tuple[str, int]] = []
    others: list[str] = []
    for (place, suffix), files in by_place.items():
        glob = "/".join([*map(_literal, place.split(os.sep)), f"*{suffix}"]) if place else f"*{suffix}"
        beside = sorted({_below(path, folder) for path in expand([glob], folder)} - {*files})
        if len(beside) > min(_MOST_EXCLUDED, len(files) - 1):
            found += ((_glob(file), 1) for file in files)
        else:
            found.append((glob, len(files)))
            others += map(_glob, beside)
    return Globs(tuple(found), tuple(others))


def _below(path: str, folder: str) -> str:
    return os.path.relpath(path, folder or ".")


def _glob(path: str) -> str:
    """A glob that means one path."""
    return "/".join(map(_literal, path.split(os.sep)))


def _literal(part: str) -> str:
    return "".join(f"[{each}]" if each in "*?[" else each for each in part)
