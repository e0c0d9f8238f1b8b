"""Both sides of a review with who does what on each: what everything that is said of a change is computed from."""

from functools import cached_property

from linter.plan.estate import View
from linter.records.text.name import ancestors

from .differences import MOST_NAMES, Differences
from .side import Side
from .who import Players


class Compared:
    """Two sides, what differs between them, and the views that laws judge."""

    def __init__(self, before: Side, after: Side) -> None:
        self.before = before
        self.after = after
        self.differences = Differences(before, after)
        self.names = self.differences.names[:MOST_NAMES]
        self.players = Players(before, after, self.names)

    @cached_property
    def old(self) -> View:
        """The moment before."""
        return self.before.view(self.players.before)

    @cached_property
    def new(self) -> View:
        """The moment after."""
        return self.after.view(self.players.after)

    @cached_property
    def moved(self) -> dict[str, tuple[str, str]]:
        """The names whose mail goes to another system, with the label of both; "" where there was or is none."""
        found = {}
        for name in self.names:
            if not self.knows(name):
                continue
            old, new = (self.players.receivers(side.plain, name) for side in (self.before, self.after))
            if set(old) != set(new) and not (set(old) & set(new)):
                found[name] = (self._labels(old), self._labels(new))
        return found

    def _labels(self, systems: tuple[str, ...]) -> str:
        return " and ".join(dict.fromkeys(self.players.label(system) for system in systems))

    def knows(self, name: str) -> bool:
        """Whether both sides say what is at a name: its zone is there, or is new as a whole."""
        return bool(self.after.plain.zone_of(name)) or not self.before.plain.zone_of(name)

    def is_new_zone(self, name: str) -> bool:
        """Whether the zone of a name was not there before, so that nothing is known of what was."""
        return not self.before.plain.zone_of(name)

    @cached_property
    def switched(self) -> dict[str, tuple[str, str]]:
        """The names whose mail is led away from one system to another."""
        return {name: pair for name, pair in self.moved.items() if all(pair)}

    def owner_of(self, name: str) -> str:
        """The mail name that another one belongs to: the nearest above it that is touched, else itself."""
        return next((above for above in ancestors(name) if above in self.names), name)
