"""The names that values point to: every target of a zone, and targets that a zone's own name was put behind."""

from collections.abc import Callable, Iterable, Iterator

from linter.lookup.zone_index import ZoneIndex
from linter.records.text.name import is_under
from linter.source.frozen import Frozen
from linter.zone.model import Mx, Record, Srv, Target

TYPES = ("MX", "CNAME", "NS", "SRV", "PTR", "DNAME", "ALIAS")
"""The record types whose values point to a name."""

_AUTODISCOVER = {"CNAME": "autodiscover.", "SRV": "_autodiscover._tcp."}
# Hosts that zones point to and that nobody names hosts of his own after.
_ELSEWHERE = (
    "amazonaws.com.",
    "amazonses.com.",
    "google.com.",
    "googlemail.com.",
    "mailgun.org.",
    "messagelabs.com.",
    "mimecast.com.",
    "mx.microsoft.",
    "onmicrosoft.com.",
    "outlook.com.",
    "pphosted.com.",
    "sendgrid.net.",
)


class Pointer(Frozen):
    """A target and the record it belongs to."""

    record: Record
    target: Target


def leading_aliases(name: str, aliases_to: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    """The owners of the CNAMEs that lead to a name, over others too (RFC 1034 section 3.6.2)."""
    seen, waiting = {name}, [name]
    while waiting:
        for alias in aliases_to(waiting.pop()):
            yield alias
            if alias not in seen:
                seen.add(alias)
                waiting.append(alias)


def pointers(records: Iterable[Record]) -> Iterator[Pointer]:
    """Every target in the values of some records."""
    for record in records:
        for value in record.values:
            target = value
            if isinstance(value, Mx):
                target = value.exchange
            elif isinstance(value, Srv):
                target = value.target
            if isinstance(target, Target):
                yield tuple.__new__(Pointer, (record, target))


def mail_hosts(found: Iterable[Pointer]) -> Iterator[Pointer]:
    """The hosts that MX records name: neither null MX, nor what is not a name, nor octoDNS's templates."""
    for pointer in found:
        target = pointer.target
        if pointer.record.type == "MX" and not target.fault and target.name != "." and "{" not in target.written:
            yield pointer


def is_autodiscover(pointer: Pointer) -> bool:
    """Whether a record leads Outlook to a host: by alias or SRV, and to what is a name."""
    record, target = pointer
    begin = _AUTODISCOVER.get(record.type)
    return begin is not None and record.name.startswith(begin) and not target.fault and "{" not in target.written


def readings(target: Target, origin: str) -> tuple[str, ...]:
    """The absolute names that a target can stand for: two where it has dots inside and none at its end."""
    if target.dotted or "." not in target.written:
        return (target.name,)
    return (target.name, f"{target.name}{origin}")


def without_second_origin(target: Target, index: ZoneIndex) -> str:
    """The absolute name that was meant where the zone's own name stands behind a complete one; "" elsewhere.

    `mail.example.com.example.com.` and `aspmx.l.google.com.example.com.` in the zone example.com are such
    targets: a form or a tool has completed what was complete. A name that the zone does hold was meant.
    """
    origin = index.zone.name
    if not target.dotted or not target.name.endswith(f".{origin}") or index.exists(target.name):
        return ""
    inner = target.name[: -len(origin)]
    doubled = origin.count(".") > 1 and is_under(inner, origin)
    return inner if doubled or any(is_under(inner, host) for host in _ELSEWHERE) else ""
