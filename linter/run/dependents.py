"""What is judged of zones that were not named: only what leads to a file that was."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from linter.finding import Complaint
from linter.lookup.zone_index import ZoneIndex
from linter.source.file import Unreadable
from linter.source.frozen import Frozen
from linter.zone.model import Zone

from .crashes import Crashes
from .estate import Estate, ZoneFiles

_TAG = "!"
"""What every tag begins with in YAML, `!include` too, which brings in the text of another file."""


class Checked(Frozen):
    """The files that were to be checked, as they are seen from zones elsewhere."""

    files: frozenset[str]

    def is_concerned(self, complaint: Complaint) -> bool:
        """Whether a complaint about a zone elsewhere stands in one of the files, or leads to one."""
        span = complaint.span
        spans = (span, *filter(None, (span.via,)), *(each.span for each in complaint.related))
        return any(each.source.path in self.files for each in spans)

    def is_apart(self, zone: Zone) -> bool:
        """Whether it is certain that nothing of another zone stands in one of the files."""
        return all(each.path not in self.files and _TAG not in each.text for each in zone.sources)


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
