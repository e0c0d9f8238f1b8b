"""One zone made ready for questions: its names with their record sets, and what lies between them."""

from linter.records.text.name import ancestors, is_under, parent
from linter.zone.model import Record, Zone


class ZoneIndex:
    """Names of a zone and their records by type; `repeated` are the types of which some name has several entries.

    `names` holds every name with records; `between` those that exist only because something lies below them
    (empty non-terminals, RFC 4592 section 2.2.2) or because the provider keeps their records; `cuts` those that
    are delegated away. `has_proxied` is whether a web proxy answers for any record; `has_sets` whether some set has
    several values or entries; `values` is how many values there are.
    """

    __slots__ = ("_between", "by_type", "cuts", "has_proxied", "has_sets", "names", "repeated", "values", "zone")

    def __init__(self, zone: Zone) -> None:
        self.zone = zone
        self.names: dict[str, dict[str, list[Record]]] = {}
        self.by_type: dict[str, list[Record]] = {}
        self.repeated: set[str] = set()
        self.has_proxied = self.has_sets = False
        self.values = 0
        names, by_type = self.names, self.by_type
        for record in zone.records:
            name, kind, count = record.name, record.type, len(record.values)
            self.values += count
            if count > 1:
                self.has_sets = True
            if record.is_proxied:
                self.has_proxied = True
            types = names.get(name)
            if types is None:
                names[name] = {kind: [record]}
            elif kind in types:
                types[kind].append(record)
                self.repeated.add(kind)
                self.has_sets = True
            else:
                types[kind] = [record]
            if kind in by_type:
                by_type[kind].append(record)
            else:
                by_type[kind] = [record]
        delegated = [record.name for record in by_type.get("NS", ())]
        delegated += [name for name, kind in zone.unmanaged if kind == "NS"]
        self.cuts = frozenset(delegated) - {zone.name}
        self._between: frozenset[str] | None = None

    @property
    def between(self) -> frozenset[str]:
        """The names that exist without records in the files."""
        if self._between is None:
            found = {name for name, _ in self.zone.unmanaged if name not in self.names}
            for name in (*self.names, *(name for name, _ in self.zone.unmanaged)):
                if parent(name) in self.names:
                    continue  # as nearly all
                for above in ancestors(name, self.zone.name)[1:]:
                    if above in self.names or above in found or not is_under(above, self.zone.name):
                        break
                    found.add(above)
            self._between = frozenset(found)
        return self._between

    def exists(self, name: str) -> bool:
        """Whether a name exists in the sense of RFC 8020: it has records, or something lies below it.

        The zone's own name always does: it has a SOA record, whatever the files say.
        """
        between = self._between
        return name in self.names or name == self.zone.name or name in (self.between if between is None else between)

    def cut_above(self, name: str) -> str | None:
        """The delegation at or above a name, the one nearest to the apex."""
        if not self.cuts:
            return None
        found = None
        for above in ancestors(name, self.zone.name):
            if above in self.cuts:
                found = above
        return found

    def records(self, name: str, kind: str) -> list[Record]:
        """The records of one set, in the order of the files."""
        return self.names.get(name, {}).get(kind, [])
