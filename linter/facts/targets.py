"""The names that values point to, and the slips that show in such a name itself: texts, addresses, a zone twice."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linter.lookup.zone_index import ZoneIndex
from linter.records.name import NameFault, is_address, is_under
from linter.records.fault import quoted
from linter.zone.model import Mx, Record, Srv, Target

TYPES = ("MX", "CNAME", "NS", "SRV", "PTR", "DNAME", "ALIAS")
"""The record types whose values point to a name."""

_RECORD_TEXT = re.compile(r"[=;]")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_STRANGE = re.compile(r"[\x00-\x20\x7f\"'`,:()<>@\[\]]")
_TEMPLATE = re.compile(r"\{[^{}]*\}")
# Hosts that zones point to and nobody names hosts of his own after.
_ELSEWHERE = (
    "amazonaws.com.",
    "amazonses.com.",
    "google.com.",
    "googlemail.com.",
    "mailgun.org.",
    "messagelabs.com.",
    "mimecast.com.",
    "mx.microsoft.",
    "outlook.com.",
    "pphosted.com.",
    "sendgrid.net.",
)


class Pointer(NamedTuple):
    """A target and the record it belongs to."""

    record: Record
    target: Target


def pointers(records: Iterable[Record]) -> Iterator[Pointer]:
    """Every target in the values of some records."""
    for record in records:
        for value in record.values:
            if isinstance(value, Target):
                yield Pointer(record, value)
            elif isinstance(value, Mx):
                yield Pointer(record, value.exchange)
            elif isinstance(value, Srv):
                yield Pointer(record, value.target)


def is_template(target: Target) -> bool:
    """Whether octoDNS's templating fills in part of the name, so that nobody here can tell what it will be."""
    return "{" in target.written and bool(_TEMPLATE.search(target.written))


def misreading(target: Target) -> NameFault | None:
    """Why a target cannot be a name at all: the text of a record, an address, a URL, characters of no name."""
    written = target.written
    if is_template(target):
        return None
    whole = (0, len(written))
    if is_address(written.strip("[]")):
        return NameFault(*whole, f"{quoted(written)} is an address where a name must stand")
    if _RECORD_TEXT.search(written):
        return NameFault(*whole, f"{quoted(written)} is the text of a record, not a name")
    if _URL.match(written):
        return NameFault(*whole, f"{quoted(written)} is a URL; a record points to a name", "leave the host name alone")
    if written == "@":
        return NameFault(*whole, "`@` is no name here", "write the zone's own name, with its final dot")
    strange = _STRANGE.search(written)
    if strange:
        shown = "a blank" if strange[0].isspace() else quoted(strange[0])
        return NameFault(*strange.span(), f"{shown} cannot stand in a name")
    return target.fault


def without_second_origin(target: Target, index: ZoneIndex) -> str:
    """The absolute name that was meant where a zone's own name stands behind it once more; "" elsewhere.

    `mail.example.com.example.com.` and `aspmx.l.google.com.example.com.` in the zone example.com are such
    names: a form or a tool has completed what was complete. A name that the zone does hold was meant.
    """
    origin = index.zone.name
    if not target.dotted or not target.name.endswith(f".{origin}") or index.exists(target.name):
        return ""
    inner = target.name[: -len(origin)]
    doubled = origin.count(".") > 1 and is_under(inner, origin)
    return inner if doubled or any(is_under(inner, host) for host in _ELSEWHERE) else ""
