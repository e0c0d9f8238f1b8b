"""What is judged of zones that were not named: only what leads to a file that was."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress

from linter.facts.facts import Facts
from linter.facts.onward import ending_here
from linter.facts.triggers import Trigger
from linter.finding import Complaint
from linter.lookup.zone_index import ZoneIndex
from linter.records.text.name import ancestors
from linter.source.file import Unreadable

from .crashes import Crashes
from .estate import Estate, ZoneFiles

_TAG = "!"
"""What every tag begins with in YAML, `!include` too, which brings in the text of another file."""


class Checked:
    """The files that were to be checked, as they are seen from zones elsewhere; `zones` hold them or lead to them."""

    def __init__(self, files: Collection[str], zones: Collection[str]) -> None:
        self._files, self._zones = frozenset(files), frozenset(zones)
        self._known: dict[str, bool] = {}

    def is_concerned(self, complaint: Complaint) -> bool:
        """Whether a complaint about a zone elsewhere stands in one of the files, or leads to one."""
        span = complaint.span
        spans = (span, *filter(None, (span.via,)), *(each.span for each in complaint.related))
        return any(each.source.path in self._files for each in spans)

    def aside(self, facts: Facts) -> frozenset[Trigger] | None:
        """The triggers of records that lead to none of the files; None where a zone may stand in them itself.

        A rule that judges its zone alone has nothing to say of the files then.
        """
        if any(each.path in self._files or _TAG in each.text for each in facts.zone.sources):
            return None
        return ending_here(facts, self._is_there)

    def _is_there(self, name: str) -> bool:
        """Whether an absolute name lies in a zone that holds the files or leads to them; many zones have the same."""
        if name not in self._known:
            self._known[name] = not self._zones.isdisjoint(ancestors(name))
        return self._known[name]


def opened(
    paths: Iterable[str], estate: Estate, done: set[ZoneFiles], crashes: Crashes
) -> Iterator[tuple[ZoneFiles, ZoneIndex]]:
    """The zones that the files belong to, each read when it is its turn, but for those that are `done`."""
    for path in paths:
        zones: list[ZoneFiles] = []
        with crashes.kept("reading", path), suppress(Unreadable):  # it was not asked for
            zones = [zone for zone in estate.zones_of(path) if zone.zone and zone not in done]
        done.update(zones)
        for zone in zones:
            index: ZoneIndex | None = None
            with crashes.kept("reading", path), suppress(Unreadable):
                index = estate.index(zone)
            if index is not None:
                yield zone, index
