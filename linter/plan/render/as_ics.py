"""A plan as a calendar: one entry for each step, at the earliest moment that its waits permit (RFC 5545)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from linter.plan.planned import Planned

from .calendar import Dated, dated

_LENGTH = 74
"""Octets of a line; longer ones are folded (RFC 5545 section 3.1)."""


def plan_ics(planned: Planned, today: date) -> Iterator[str]:
    """The lines of the calendar; they end with CR, to which the writer adds LF."""
    yield "BEGIN:VCALENDAR\r"
    yield "VERSION:2.0\r"
    yield "PRODID:-//mailzone//plan//EN\r"
    for each in dated(planned, today):
        yield from _event(planned.plan.title, each, today)
    yield "END:VCALENDAR\r"


def _event(title: str, each: Dated, today: date) -> Iterator[str]:
    step = each.step
    uid = sha256(f"{title}\0{step.id}\0{step.title}".encode()).hexdigest()[:32]
    gates = "".join(f"\n[{'x' if gate.done else ' '}] {gate.text}" for gate in step.gates)
    yield "BEGIN:VEVENT\r"
    yield f"UID:{uid}@mailzone\r"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z\r"
    yield f"DTSTART:{_utc(each.begin)}\r"
    yield f"DTEND:{_utc(each.begin + timedelta(minutes=30))}\r"
    yield from _folded("SUMMARY", f"{step.id} {step.title}")
    yield from _folded("DESCRIPTION", f"{each.stage}: {step.reason}{gates}")
    yield "END:VEVENT\r"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _folded(name: str, text: str) -> Iterator[str]:
    """A property with its text escaped (RFC 5545 section 3.3.11) and folded between characters."""
    plain = "".join(each for each in text if each.isprintable() or each == "\n")
    for old, new in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(old, new)
    line = f"{name}:"
    for character in plain:
        if len((line + character).encode()) > _LENGTH:
            yield f"{line}\r"
            line = " "
        line += character
    yield f"{line}\r"
