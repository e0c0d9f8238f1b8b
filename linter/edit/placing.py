"""In which of a zone's files a record set is to be changed."""

import os
from collections.abc import Sequence

from linter.zone.document import Document
from linter.zone.model import Record
from linter.zone.reading import zone_from

from .change import CannotEdit

_MOST_NAMED = 3


def placed(documents: Sequence[Document], name: str, kind: str) -> int:
    """The row of the file that holds the set, else the name, else that new names go to. Raises CannotEdit."""
    records = [_records(document) for document in documents]
    zones = [row for row, document in enumerate(documents) if document.names is not None]
    for is_held in (lambda record: record.type == kind, lambda _: True):
        rows = [row for row in zones if any(record.name == name and is_held(record) for record in records[row])]
        if len(rows) > 1 and documents[rows[-1]].replaces:
            rows = rows[-1:]
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise CannotEdit(f"{_listed(documents, rows)} hold records of the name; change the right one by hand")
    if len(zones) == 1:
        return zones[0]
    return _for_new_names(documents, zones, records)


def _for_new_names(documents: Sequence[Document], zones: list[int], records: list[tuple[Record, ...]]) -> int:
    """octoDNS has `$zone.yaml` in a split folder for what has no file of its own; else the file of the zone's own name.

    Raises CannotEdit where that is not an one file.
    """
    rest = [row for row in zones if os.path.basename(documents[row].source.path).startswith("$")]
    apex = [row for row in zones if any(record.name == documents[row].zone for record in records[row])]
    for rows in (rest, apex):
        if len(rows) == 1:
            return rows[0]
    raise CannotEdit(f"the zone is in {_listed(documents, zones)}, and which of these takes new names is not known")


def _records(document: Document) -> tuple[Record, ...]:
    zone = zone_from([document])
    return zone.records if zone is not None else ()


def _listed(documents: Sequence[Document], rows: Sequence[int]) -> str:
    paths = [f"`{documents[row].source.path}`" for row in rows[:_MOST_NAMED]]
    more = f" and {len(rows) - _MOST_NAMED} more" if len(rows) > _MOST_NAMED else ""
    return f"{', '.join(paths)}{more}" if more or len(paths) != 2 else " and ".join(paths)
