"""Where another declared zone lacks what this one needs of it: the line that is nearest to what is missing."""

from linter.finding import Related
from linter.lookup.zone_index import ZoneIndex
from linter.records.text.name import ancestors, parent
from linter.source.text import Span

from .facts import Facts


def lacking(facts: Facts, name: str) -> tuple[Related, ...]:
    """One place in the other zone that an absolute name lies in; none where it lies in this zone, or in no known one.

    Whoever edits that zone is told by it what the edit means for this one.
    """
    index = facts.zone_at(name)
    if index is None or index.zone.name == facts.zone.name:
        return ()
    place = _nearest(index, name)
    return (Related(place, f"what is missing of `{name.removesuffix('.')}` belongs in this zone"),) if place else ()


def _nearest(index: ZoneIndex, name: str) -> Span | None:
    """The owner name of the record at a name, of a wildcard beside it, or of the nearest one above; else the file."""
    for current in ancestors(name, index.zone.name):
        for owner in (current, f"*.{parent(current)}"):
            for records in index.names.get(owner, {}).values():
                return records[0].name_span
    if index.zone.records:
        return index.zone.records[0].name_span
    return Span(index.zone.sources[0], 0, 0) if index.zone.sources else None
