"""Layouts of zones that mailzone does not know: files of records that are not judged, since their zone is a guess."""

import os

from linter.records.text.fault import quoted
from linter.source.plain import key_text
from linter.source.text import SourceFault, Span
from linter.source.tree import Mapping

from .document import Document, zone_name_of
from .evidence import is_list_of_records
from .usual import Usual

_WAY_OUT = "call the file after its zone, as in `example.com.yaml`, or write `zone:` and `records:` in it"


def with_layout(document: Document, is_beside_zone_file: bool) -> Document:
    """The same document; as none that can be judged, where its layout is not known.

    `is_beside_zone_file` is whether a `_zone.yaml` lies in its folder.
    """
    names = document.names
    if names is None:
        return document
    layout = _unknown(document, names, is_beside_zone_file)
    if not layout:
        return document
    if document.is_evident or (isinstance(names, Mapping) and any(map(is_list_of_records, names.values))):
        return document._replace(names=None, faults=(), complete=False, layout=layout, is_evident=True)
    from .dialect import no_zone  # few layouts are not known

    return no_zone(document, document.faults)


def layout_fault(document: Document, others: int) -> SourceFault:
    """What to say, once, of a layout that is not known; `others` are as many more files of it."""
    more = f", nor {'is' if others == 1 else 'are'} {others:,} more file{'' if others == 1 else 's'} of this layout"
    message = f"not judged{more if others else ''}: {document.layout}"
    return SourceFault(Span(document.source, 0, 0), "not-a-zone", message, _WAY_OUT)


def kind_of(document: Document) -> str:
    """What documents of one layout have in common: what is said of them, but for the name that they differ in."""
    return document.layout.rpartition("`")[2]


def _unknown(document: Document, names: Mapping | Usual, is_beside_zone_file: bool) -> str:
    """Why it is not known which zone the records belong to; "" where it is."""
    if document.declared is not None:
        return ""
    if is_beside_zone_file:
        return "records beside a `_zone.yaml` are in a layout that is not known"
    if isinstance(names, Mapping) and _is_one_list(names):
        return "`records` holds a list, which is a layout that is not known"
    zone, path = document.zone.rstrip("."), document.source.path
    if "." in zone or document.zone != zone_name_of(path) or os.path.dirname(path).endswith("."):
        return ""
    return f"{quoted(zone, 60)} is not the name of a domain, so the zone is not known"


def _is_one_list(names: Mapping) -> bool:
    """Whether a file has but a list of records under `records`."""
    return len(names.keys) == 1 and key_text(names.keys[0]) == "records" and is_list_of_records(names.values[0])
