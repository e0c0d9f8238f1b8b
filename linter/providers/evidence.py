"""What a fact about a vendor rests on, and what vendors have withdrawn: all that a check needs of most of them."""

from linter.finding import FACT, Witness
from linter.source.frozen import Frozen

YEARS_KEPT = 2
"""How long what somebody read counts as known, in years before the day of the release."""


class Evidence(Frozen):
    """Where a fact comes from.

    `source` is a short name of policies/sources.yaml, `seen` the date it was read there, as "2026-11-23",
    "2026-11" or "2026". What is not `confirmed` was not read in the vendor's own words, nor tested by those who
    wrote it down, or is too old by now: it may explain and warn, it never makes an error.
    """

    source: str
    seen: str
    confirmed: bool

    @property
    def witness(self) -> Witness:
        """The fact as what a finding rests on."""
        return Witness(FACT, self.source, self.seen, self.confirmed)

    def is_old_on(self, day: str) -> bool:
        """Whether it was read more than 24 months before a day, as "2026-11-30"; of a month its first day counts."""
        oldest = f"{int(day[:4]) - YEARS_KEPT:04}{day[4:]}"
        return f"{self.seen}-01-01"[:10] < oldest

    def as_of(self, released: str) -> "Evidence":
        """The same as it counts in what is released on a day: what is old then is not confirmed any more."""
        return self._replace(confirmed=False) if self.confirmed and self.is_old_on(released) else self


class Retired(Frozen):
    """What the vendor has withdrawn: `kind` is include, report-address, mx, dkim-target or record.

    `since` is a date, or "" where only the fact is known; `successor` what to write instead, "" for nothing;
    `reason` a clause that follows the name in a sentence; `works` where the old name still does its work.
    """

    kind: str
    name: str
    since: str
    successor: str
    reason: str
    works: bool
    evidence: Evidence

    @property
    def told(self) -> str:
        """The reason, and that it is hearsay where it is: its words say so too."""
        return self.reason if self.evidence.confirmed else f"{self.reason}; not confirmed"
