"""Finding, Severity, Related: all that a rule may say, and how grave it is."""

from collections.abc import Iterable
from typing import Protocol

from linter.source.frozen import Frozen
from linter.source.text import Span

SEVERITIES = ("error", "warning", "info")
"""From the gravest; "off" is the absence of a rule."""


def at_least(severity: str, bound: str) -> bool:
    """Whether a severity is as grave as `bound` or graver."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(bound)


class Related(Frozen):
    """A second place that belongs to a finding, and what stands there."""

    span: Span
    message: str


class Complaint(Frozen):
    """What a rule yields: the place, the fault in one line, the way out.

    `name` and `type` are the owner name and the record type it is about, where it is about one. `severity` is
    set only where this case is graver or milder than the rule's usual one; a severity that a profile or the user
    chose for the rule takes its place. `is_firm` is false where a case rests on what nobody confirmed, or on what a
    snapshot alone says: then it is not an error, whatever was configured.
    """

    span: Span
    message: str
    help: str = ""
    related: tuple[Related, ...] = ()
    name: str = ""
    type: str = ""
    severity: str = ""
    reference: str = ""
    is_firm: bool = True


class Owner(Protocol):
    """Whatever has an owner name and a record type: a record, or `At`."""

    @property
    def name(self) -> str:
        """The absolute owner name."""
        ...

    @property
    def type(self) -> str:
        """The record type."""
        ...


class At(Frozen):
    """Whom a complaint is about, where it is about no record: the owner name and the type of one."""

    name: str
    type: str = ""


def complaint(
    span: Span,
    message: str,
    *,
    help: str = "",
    at: Owner | None = None,
    related: Iterable[Related] = (),
    severity: str = "",
    reference: str = "",
    is_firm: bool = True,
) -> Complaint:
    """What a rule has to say of a place; the fields of `Complaint` tell what each part means."""
    name, kind = (at.name, at.type) if at is not None else ("", "")
    return Complaint(span, message, help, tuple(related), name, kind, severity, reference, is_firm)


class Finding(Frozen):
    """A complaint that counts: with its rule, its severity, and the zone it was found in.

    `identity` stands in for the message where a finding is known again in a later run and its message holds what
    changes meanwhile; "" where the message does not.
    """

    rule: str
    severity: str
    message: str
    span: Span
    help: str
    reference: str
    related: tuple[Related, ...]
    zone: str
    name: str
    type: str
    identity: str = ""
