"""What came of a comparison beside its findings: how much was compared, what stayed unknown, and what differs."""

from collections.abc import Iterable

from linter.facts.drift.drift import Drift
from linter.facts.drift.lines import ZoneDrift
from linter.lookup.served import UNSEEN, Pair
from linter.report.counts import Seen, UnknownSet
from linter.source.frozen import Frozen

_MOST_NAMED = 20
"""Sets that are named of those that were passed over; a million zones may have a million."""
_MOST_LINES, _MOST_OF_ZONE = 5_000, 200
"""Lines of drift that are kept, of all zones and of one."""
_MOST_LISTED = 10_000
"""Sets that are listed of those that stayed unknown."""


class PassedOver(Frozen):
    """A declared set of which nothing can be said, and why."""

    pair: Pair
    reason: str


class Compared:
    """Counts what was compared of some files; what came of others is added.

    `compared` counts declared sets, `zones` those that were judged; `unrecorded` are zones of which a recording
    holds nothing. `passed_over` counts sets of which nothing can be said. `untransferred` are zones by (server,
    reason), where a server did not give them whole; `undelegated` are those whose delegation could not be seen, by
    why; `unrouted` are addresses that there is no way to. `answered` counts questions that had an answer; `over` is why
    the run ended before all was asked.
    """

    def __init__(self, files: Iterable[str] = ()) -> None:
        self.compared = self.zones = self.answered = self.passed_over = 0
        self.first_passed_over: list[PassedOver] = []
        self.unrecorded: list[str] = []
        self.untransferred: dict[tuple[str, str], list[str]] = {}
        self.undelegated: dict[str, list[str]] = {}
        self.unrouted: dict[str, int] = {}
        self.over = ""
        self._unknown = 0
        self._listed: list[UnknownSet] = []
        self._left = dict.fromkeys(files)
        self._drift: list[ZoneDrift] = []
        self._room = _MOST_LINES

    def come_to(self, files: Iterable[str]) -> None:
        """These files were read; of those that the run does not come to nothing is known."""
        for path in files:
            self._left.pop(path, None)

    def miss(self, files: Iterable[str]) -> None:
        """These were read, and nobody has come to ask about them."""
        self._left |= dict.fromkeys(files)

    def note(self, path: str, found: Drift) -> None:
        """Take note of what nothing was learned of, in the zone of a file."""
        served = found.served
        self._unknown += len(found.unknown)
        for each in found.unknown[: _MOST_LISTED - len(self._listed)]:
            self._listed.append(UnknownSet(path, served.zone, *each.pair, each.reason))
        if served.delegation.status == UNSEEN:
            self.undelegated.setdefault(served.delegation.detail, []).append(served.zone)

    def note_compared(self, found: Drift) -> None:
        """Take note of what was compared in one zone, and what of it cannot be."""
        self.compared += found.compared
        for server, said in found.served.untransferred:
            self.untransferred.setdefault((server, said.detail), []).append(found.served.zone)
        passed = [(expected, judged) for _, expected, judged in found.judged if judged.passed_over]
        self.passed_over += len(passed)
        for expected, judged in passed[: _MOST_NAMED - len(self.first_passed_over)]:
            self.first_passed_over.append(PassedOver((expected.owner, expected.kind), judged.passed_over))

    @property
    def room(self) -> int:
        """How many lines of one more zone are kept."""
        return min(self._room, _MOST_OF_ZONE)

    def note_lines(self, zone: ZoneDrift) -> None:
        """Take note of what differs in one zone."""
        if zone.lines and self._room >= len(zone.lines):
            self._drift.append(zone)
            self._room -= len(zone.lines)

    def add(self, other: "Compared") -> None:
        """Take in what came of other files."""
        self.compared += other.compared
        self.zones += other.zones
        self.answered += other.answered
        self.passed_over += other.passed_over
        self.first_passed_over += other.first_passed_over[: _MOST_NAMED - len(self.first_passed_over)]
        self.unrecorded += other.unrecorded
        for key, zones in other.untransferred.items():
            self.untransferred.setdefault(key, []).extend(zones)
        for why, zones in other.undelegated.items():
            self.undelegated.setdefault(why, []).extend(zones)
        for address, number in other.unrouted.items():
            self.unrouted[address] = self.unrouted.get(address, 0) + number
        self.over = self.over or other.over
        self._unknown += other._unknown
        self._listed += other._listed[: _MOST_LISTED - len(self._listed)]
        self._left |= other._left
        for zone in other._drift:
            self.note_lines(zone)

    @property
    def is_complete(self) -> bool:
        """Whether every file was come to."""
        return not self._left

    @property
    def seen(self) -> Seen:
        """How much was learned."""
        why = self.over or "it was not come to"
        left = [UnknownSet(path, "", "", "", why) for path in list(self._left)[:_MOST_LISTED]]
        listed = sorted(self._listed, key=lambda each: each.path)
        number = self._unknown + len(self._left)
        zones = tuple(sorted(self._drift, key=lambda each: each.zone))
        return Seen(number, (*listed, *left), sum(map(len, self.undelegated.values())), zones)
