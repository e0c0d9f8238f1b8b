"""What a review says: differences of record sets, what they mean for mail, and what must not be merged together."""

from linter.facts.mail.senders import Sender
from linter.facts.spf.cost import Lookups
from linter.finding import Finding
from linter.plan.estate import RecordSet
from linter.plan.planned import Wait
from linter.source.frozen import Frozen
from linter.source.text import Span
from linter.source.typed import Final, Literal, TypeAlias

ERROR, WARNING, INFO = "error", "warning", "info"
Turn: TypeAlias = Literal["better", "worse", "other"]
"""What a change makes of a sender."""
BETTER: Final = "better"
WORSE: Final = "worse"
OTHER: Final = "other"


class Place(Frozen):
    """A line of a file, as the work tree has it; `span` is the place in its text, None for a file as a whole."""

    path: str
    line: int
    span: Span | None = None


class Hunk(Frozen):
    """One record set on both sides; None where there is none. The places are those of its entries."""

    name: str
    type: str
    before: RecordSet | None
    after: RecordSet | None
    was_at: Place | None = None
    is_at: Place | None = None

    @property
    def is_same(self) -> bool:
        """Whether the values are the same, whatever their TTL."""
        return self.before is not None and self.after is not None and not self.gone and not self.new

    @property
    def gone(self) -> tuple[str, ...]:
        """The values that are no longer there."""
        kept = self.after.values if self.after is not None else ()
        return tuple(value for value in self.before.values if value not in kept) if self.before is not None else ()

    @property
    def new(self) -> tuple[str, ...]:
        """The values that were not there."""
        kept = self.before.values if self.before is not None else ()
        return tuple(value for value in self.after.values if value not in kept) if self.after is not None else ()

    @property
    def in_words(self) -> tuple[str, str]:
        """The values before and after, "" for none."""
        before, after = (", ".join(held.values) if held is not None else "" for held in (self.before, self.after))
        return before, after

    @property
    def place(self) -> Place | None:
        """Where a reader finds it: after the change, else before."""
        return self.is_at or self.was_at


class Change(Frozen):
    """One thing that the change means for mail: its kind, the name it is about, before, after, and a sentence."""

    kind: str
    name: str
    before: str
    after: str
    message: str
    severity: str = INFO
    place: Place | None = None


class SenderChange(Frozen):
    """One row of the sender matrix before and after; `is_declared` is whether somebody has declared it.

    `sent` and `sends` are whether the system is known to send as the name before and after.
    """

    name: str
    system: str
    before: Sender
    after: Sender
    sent: bool
    sends: bool
    is_declared: bool
    verdict: Turn


class AddressChange(Frozen):
    """What SPF of a domain authorises and costs: networks that came and went, as texts.

    `unknown` are terms and names whose addresses are not known on either side, `origin` tells whose word the others
    are. The lookups are None where there is no record, and `is_open` is whether those before and after are the least
    that there can be. `is_new` is whether its zone was not here before.
    """

    name: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    came: int
    went: int
    unknown: tuple[str, ...]
    origin: str
    before: Lookups | None
    after: Lookups | None
    is_new: bool = False
    is_open: tuple[bool, bool] = (False, False)

    @property
    def is_known(self) -> bool:
        """Whether the difference is all of it."""
        return not self.unknown


class Apart(Frozen):
    """What must not be merged together: the law, why, and what to do first."""

    law: str
    title: str
    source: str
    name: str
    message: str
    insert: str


class Piece(Frozen):
    """A part of the change that belongs into one step, in words; `place` is the hunk."""

    name: str
    type: str
    what: str
    place: Place | None


class SplitStep(Frozen):
    """One step of the split that is proposed, and the wait behind it."""

    phase: str
    title: str
    pieces: tuple[Piece, ...]
    wait: Wait


class Widened(Frozen):
    """Something that lets more faults pass than before: what kind of setting, where, and what about it."""

    kind: str
    message: str
    place: Place | None = None


class Review(Frozen):
    """All that is to be said of a change from `base` to `head`.

    `names` are the mail names it touches, `held` says how long old answers live, `systems` what receives where it
    changed, "name: A -> B". `unknown` are names that are not known and that would say more. `notes` are what is
    said in passing: records that moved, TTLs. `problems` are (path, reason) of what could not be read, on which side.
    `counts` are the files, zones and records that were judged afterwards.
    """

    base: str
    head: str
    names: tuple[str, ...]
    systems: tuple[str, ...]
    changes: tuple[Change, ...]
    senders: tuple[SenderChange, ...]
    addresses: tuple[AddressChange, ...]
    held: str
    apart: tuple[Apart, ...]
    split: tuple[SplitStep, ...]
    new: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    widened: tuple[Widened, ...]
    unknown: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    counts: tuple[int, int, int] = (0, 0, 0)

    @property
    def is_nothing(self) -> bool:
        """Whether the change means nothing for mail."""
        said = (self.changes, self.senders, self.addresses, self.apart, self.new, self.fixed, self.widened)
        return not any(said) and not self.problems

    @property
    def dangers(self) -> tuple[Change, ...]:
        """The changes that must not be merged as they are."""
        return tuple(change for change in self.changes if change.severity == ERROR)
