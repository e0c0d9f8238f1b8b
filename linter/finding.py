"""Finding, Severity, Related, Fix: all that a rule may say, how grave it is, and what it is gone with."""

from collections.abc import Iterable

from linter.source.frozen import Frozen
from linter.source.text import Source, Span
from linter.source.tree import Scalar
from linter.source.typed import Protocol

SEVERITIES = ("error", "warning", "info")
"""From the gravest; "off" is the absence of a rule."""


def at_least(severity: str, bound: str) -> bool:
    """Whether a severity is as grave as `bound` or graver."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(bound)


DECLARED = "declared"
LOCK, RECORDING, SNAPSHOT, FACT, LIVE, PACK = ("lock", "recording", "snapshot", "fact", "live", "pack")
"""What something may rest on beside the files: recorded answers, what vendors published or say, servers, a demand."""


_SOURCES = {"memory": "general knowledge", "secondary": "a page not by the vendor", "audit": "public records"}
"""What the short names of sources that nobody can look up are called in messages."""


class Witness(Frozen):
    """Whose word something rests on, beside that of the files.

    `kind` is one of those above. `source` is the file, the server, the pack, or the short name of who said it, `seen`
    the day, as "2026-11-23" or a part of that, "" where nobody wrote it down. What is not `confirmed` was not read in
    the words of whom it is about, or is too old by now.
    """

    kind: str
    source: str
    seen: str = ""
    confirmed: bool = True

    @property
    def words(self) -> str:
        """The witness as messages name it."""
        if self.kind == SNAPSHOT:
            return f"provider snapshot of {self.seen}"
        if self.kind == PACK:
            return self.source
        source = _SOURCES.get(self.source, self.source)
        told = f"{source}, seen {self.seen}" if self.seen else source
        return told if self.confirmed else f"not confirmed: {told}"


def in_words(witnesses: Iterable[Witness]) -> str:
    """Several witnesses as one phrase: each once, in their order."""
    return " and ".join(dict.fromkeys(each.words for each in witnesses))


_MOST_NAMED = 3


def summed(witnesses: Iterable[Witness]) -> str:
    """Several witnesses as one phrase that stays short: of one source the first and the last day."""
    held = tuple(witnesses)
    if len(held) == 1:
        return held[0].words
    days: dict[Witness, list[str]] = {}
    for each in held:
        days.setdefault(each._replace(seen=""), []).append(each.seen)
    phrases = []
    for each, seen in days.items():
        first, last = min(seen), max(seen)
        phrases.append(each._replace(seen=f"{first} to {last}" if first and first != last else last).words)
    more = f" and {len(phrases) - _MOST_NAMED} more" if len(phrases) > _MOST_NAMED else ""
    return f"{' and '.join(phrases[:_MOST_NAMED])}{more}"


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

    scalar: Scalar
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
    snapshot alone says: then it is not an error, whatever was configured. `evidence` is what it rests on beside the
    files. `fix` is what the place shall be instead, where that is beyond doubt.
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
    evidence: tuple[Witness, ...] = ()
    fix: Fix | None = None

    @property
    def untold(self) -> str:
        """The witnesses that neither the message nor the help nor a related place names, in words; "" for none.

        What a vendor confirmed is no news, nor that live servers were asked just now: of facts the others are told.
        """
        if not self.evidence:
            return ""
        said = [self.message, self.help, *(each.message for each in self.related)]
        told = (each for each in self.evidence if each.kind != LIVE and (each.kind != FACT or not each.confirmed))
        return summed(each for each in told if not _is_said(each.words, said))


def _is_said(words: str, texts: Iterable[str]) -> bool:
    return any(words in text for text in texts)


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
    evidence: Iterable[Witness] = (),
    fix: Fix | None = None,
) -> Complaint:
    """What a rule has to say of a place; the fields of `Complaint` tell what each part means."""
    name, kind = (at.name, at.type) if at is not None else ("", "")
    told = tuple(dict.fromkeys(evidence))
    return Complaint(span, message, help, tuple(related), name, kind, severity, reference, is_firm, told, fix)


class Finding(Frozen):
    """A complaint that counts: with its rule, its severity, and the zone it was found in.

    `identity` stands in for the message where a finding is known again in a later run and its message holds what
    changes meanwhile; "" where the message does not. `evidence` is what it rests on beside the files.
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
    evidence: tuple[Witness, ...] = ()
    fix: Fix | None = None

    @property
    def place(self) -> tuple[str, str, int, int]:
        """The rule and where it found something: what tells findings apart but for their words."""
        return self.rule, self.span.source.path, self.span.start, self.span.end
