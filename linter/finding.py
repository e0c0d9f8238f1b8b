"""Finding, Severity, Related, Fix: all that a rule may say, how grave it is, and what it is gone with."""

from collections.abc import Iterable
from typing import Protocol

from linter.source.frozen import Frozen
from linter.source.text import Source, Span

SEVERITIES = ("error", "warning", "info")
"""From the gravest; "off" is the absence of a rule."""


def at_least(severity: str, bound: str) -> bool:
    """Whether a severity is as grave as `bound` or graver."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(bound)


class Related(Frozen):
    """A second place that belongs to a finding, and what stands there."""

    span: Span
    message: str


class Change(Frozen):
    """A record set as it shall be (RFC 2181 section 5).

    `name` is absolute, `values` are in the form of `linter.zone.presented`; none of them removes the set. With `ttl`
    None the set keeps the TTL that it has, and a new one gets that of the file or the provider.
    """

    name: str
    type: str
    values: tuple[str, ...]
    ttl: int | None = None


class Rewrite(Frozen):
    """A scalar of a file that shall read otherwise: in its text, before typing, each (start, end) becomes a text."""

    scalar: Span
    stretches: tuple[tuple[int, int, str], ...]


class Growth(Frozen):
    """A record set that another zone shall have: `sources` are the files of that zone."""

    zone: str
    sources: tuple[Source, ...]
    change: Change


class Patch(Frozen):
    """Of the text of a file, [start:end] in code points, a byte order mark not counted, becomes `text`."""

    path: str
    start: int
    end: int
    text: str


class Fix(Frozen):
    """What a finding is gone with.

    `why` says in a sentence what changes for those who ask; "" where that is nothing, and the fix is safe. `rewrites`
    are scalars that shall read otherwise, `removals` items of lists that go, `erased` parts of comments, `growths`
    record sets of other zones. `patches` is all of that as edits, once an editor has made and proven them.
    """

    why: str = ""
    rewrites: tuple[Rewrite, ...] = ()
    removals: tuple[Span, ...] = ()
    erased: tuple[Span, ...] = ()
    growths: tuple[Growth, ...] = ()
    patches: tuple[Patch, ...] = ()

    @property
    def is_safe(self) -> bool:
        """Whether what is served stays the same in meaning to everybody who asks."""
        return not self.why


class Complaint(Frozen):
    """What a rule yields: the place, the fault in one line, the way out.

    `name` and `type` are the owner name and the record type it is about, where it is about one. `severity` is
    set only where this case is graver or milder than the rule's usual one; a severity that a profile or the user
    chose for the rule takes its place. `is_firm` is false where a case rests on what nobody confirmed, or on what a
    snapshot alone says: then it is not an error, whatever was configured. `fix` is what the place shall be instead,
    where that is beyond doubt.
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
    fix: Fix | None = None


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
    fix: Fix | None = None,
) -> Complaint:
    """What a rule has to say of a place; the fields of `Complaint` tell what each part means."""
    name, kind = (at.name, at.type) if at is not None else ("", "")
    return Complaint(span, message, help, tuple(related), name, kind, severity, reference, is_firm, fix)


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
    fix: Fix | None = None
