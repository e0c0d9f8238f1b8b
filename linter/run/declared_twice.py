"""Which files declare a zone that another file of the same view declares as well."""

import os
from collections.abc import Iterator

from linter.records.text.fault import quoted
from linter.records.text.name import dotless, to_ascii
from linter.source.file import Unreadable
from linter.source.text import SourceFault, Span
from linter.zone.model import Zone

from .estate import Estate
from .files import is_split_folder

_MOST_NAMED = 10
"""Other places that one finding names."""


def declared_twice(estate: Estate, checked: set[str]) -> Iterator[Zone]:
    """A zone without records for each such file, with the fault in it; those that a checked file has no part in aside.

    What octoDNS puts together is one declaration: a split folder, and the file beside it.
    """
    for zone, paths in estate.declarations(checked).items():
        wanted = estate.files_that_octodns_reads(zone)
        read = wanted or ()
        if wanted is not None and not read:
            misnamed = (path for path in paths if path.endswith(".yml") and path in checked)
            yield from (_misnamed(estate, zone, path) for path in misnamed if _is_zone(estate, path))
        if len(paths) < 2 and not read:
            continue
        views: dict[str, list[str]] = {}
        for path in paths:
            if _is_zone(estate, path):
                views.setdefault(estate.place_of(path), []).append(path)
        published = {estate.place_of(path) for path in read}
        for view, members in views.items():
            if checked.isdisjoint((*members, *read)):
                continue
            firsts = [] if view in published else _firsts(zone, members)
            if view in published:
                firsts = [path for path in members if _is_other_spelling(zone, path, read)]
                yield from (_not_read(estate, zone, path, read[0]) for path in members if path not in firsts)
                firsts += read[:1]
            yield from (_twice(estate, zone, path, firsts) for path in firsts if len(firsts) > 1)


def _is_zone(estate: Estate, path: str) -> bool:
    try:
        return estate.document(path).names is not None
    except Unreadable:
        return False


def _is_other_spelling(zone: str, path: str, read: tuple[str, ...]) -> bool:
    """Whether a file has the zone's name in letters and another that is read in A-labels, over which octoDNS stops."""
    folder, name = os.path.split(path)
    return to_ascii(name)[0] == f"{zone}yaml" and any(
        os.path.dirname(file) == folder and to_ascii(os.path.basename(file))[0] == f"{zone}yaml" for file in read
    )


def _firsts(zone: str, paths: list[str]) -> list[str]:
    """One file of each declaration."""
    folders = {os.path.dirname(folder): folder for path in paths if is_split_folder(folder := os.path.dirname(path))}
    firsts: dict[str, str] = {}
    for path in sorted(paths, key=lambda path: (is_split_folder(os.path.dirname(path)), path)):
        folder, name = os.path.split(path)
        declaration = folder if is_split_folder(folder) else path
        if name == f"{zone}yaml" and folder in folders:
            declaration = folders[folder]
        firsts.setdefault(declaration, path)
    return sorted(firsts.values())


def _twice(estate: Estate, zone: str, path: str, firsts: list[str]) -> Zone:
    here = _place(estate, path)
    others = [each for each in firsts if each != path]
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    message = f"{quoted(dotless(zone), 80)} is declared by {_shown(others[0], path)}{more} as well"
    way_out = "put all records into one file; put two views of a zone into separate folders, or under `views`"
    related = tuple((_place(estate, other), "declared here too") for other in others[:_MOST_NAMED])
    return Zone(zone, (), (here.source,), (SourceFault(here, "zone-declared-twice", message, way_out, related),))


def _not_read(estate: Estate, zone: str, path: str, read: str) -> Zone:
    here = _place(estate, path)
    message = f"octoDNS reads {_shown(read, path)} for {quoted(dotless(zone), 80)}, and not this file"
    related = ((_place(estate, read), "the file that is read"),)
    fault = SourceFault(here, "zone-not-read", message, "move its records there, and remove the file", related)
    return Zone(zone, (), (here.source,), (fault,))


def _misnamed(estate: Estate, zone: str, path: str) -> Zone:
    here = _place(estate, path)
    message = f"octoDNS reads no file that ends in `.yml`, so it has none for {quoted(dotless(zone), 80)}"
    fault = SourceFault(here, "zone-not-read", message, f"call it {quoted(f'{zone}yaml', 120)}")
    return Zone(zone, (), (here.source,), (fault,))


def _place(estate: Estate, path: str) -> Span:
    """Where a file names its zone: in it, or by its own name."""
    document = estate.document(path)
    return document.declared or Span(document.source, 0, 0)


def _shown(path: str, beside: str) -> str:
    is_beside = os.path.dirname(path) == os.path.dirname(beside)
    return quoted(os.path.basename(path) if is_beside else path, 120)
