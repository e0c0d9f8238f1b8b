"""Which files of an estate depend on others, as far as their octets tell: they name a zone, and another names them."""

from collections.abc import Callable, Collection, Iterable, Iterator

from linter.facts.targets import pointers
from linter.lookup.zone_index import ZoneIndex
from linter.source.frozen import Frozen
from linter.zone.model import Record, Text

from .declared import Declared
from .scan import Scan, forms_of, has_name, words_in

_MOST_STEPS = 16
"""Zones one behind the other that a question may be led through: aliases and includes have lower limits."""
_FEW = 8
"""Files of which it is asked which names lead on; of more, every name of their zones may."""
_POLICY = "_dmarc."


class Dependents(Frozen):
    """Files that depend on others, sorted; `zones` are those of all of them, one of which leads to every such file."""

    files: tuple[str, ...]
    zones: frozenset[str]


class Depending:
    """The files that depend on zones, step by step. `indexes_of` gives the zones that a file is a part of."""

    def __init__(self, declared: Declared, scan: Scan, indexes_of: Callable[[str], Iterable[ZoneIndex]]) -> None:
        self._declared, self._scan, self._indexes_of = declared, scan, indexes_of
        self._names: set[str] = set()
        self._alone: set[str] = set()
        self._above: set[str] = set()

    def on(self, zones: set[str], checked: Iterable[str]) -> Dependents:
        """The other files that depend on these zones of the checked files."""
        declared = self._declared
        known = {*checked, *(path for zone in zones for path in declared.of(zone))}
        done = {path for path in known if zones.issuperset(declared.made.get(path, ()))}
        self._names, self._above = {*zones}, {*zones}
        found: set[str] = set()
        for _ in range(_MOST_STEPS):
            others = [path for path in declared.files if path not in done]
            if not others or not (self._names or self._alone):
                break
            fresh = self._step(others)
            done |= fresh
            found |= fresh
            self._go_on(fresh)
        return Dependents(tuple(sorted(found)), frozenset(self._zones_of(found) | zones))

    def _zones_of(self, files: Collection[str]) -> set[str]:
        """The zones that files are named after, that octoDNS makes of them, or that they declare."""
        return self._declared.zones_named(files).union(self._scan.declared_zones(files).values())

    def _step(self, others: list[str]) -> set[str]:
        """Those of the files that mention a name, or lie below a zone that policies are inherited from."""
        below = self._declared.below(self._above) if self._above else ()
        fresh = {*self._scan.mentioning(others, self._names, self._alone), *(path for path in others if path in below)}
        parts = fresh
        while parts := {*self._scan.including(others, parts)} - fresh:
            fresh |= parts
        return fresh

    def _go_on(self, fresh: set[str]) -> None:
        """Ask next for what leads on to the names that were asked for."""
        if len(fresh) > _FEW:
            self._names = self._above = self._declared.zones_named(fresh)
            self._alone = set()
            return
        names: set[str] = set()
        alone: set[str] = set()
        for index in (index for path in sorted(fresh) for index in self._indexes_of(path)):
            if not index.zone.is_whole:
                names.add(index.zone.name)
                continue
            leading = self._leading(index)
            below = {record.name for record in index.by_type.get("DNAME", ())}
            if not leading.isdisjoint(below) or any(name.startswith("*.") for name in leading):
                names.add(index.zone.name)  # what these answer for has no name of its own
            alone |= leading
        self._names, self._alone = names, alone
        self._above = names | {name.removeprefix(_POLICY) for name in alone if name.startswith(_POLICY)}

    def _leading(self, index: ZoneIndex) -> set[str]:
        """The names of a zone with records that mention what was asked for, or one of these names."""
        wanted = {form for name in self._names for form in forms_of(name)}
        whole = {form for name in self._alone for form in forms_of(name)}
        owners: dict[bytes, set[str]] = {}
        waiting: list[str] = []
        for record in index.zone.records:
            for text in _texts(record):
                if has_name(text, wanted, whole):
                    waiting.append(record.name)
                for word in words_in(text):
                    owners.setdefault(word, set()).add(record.name)
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [owner for form in forms_of(name) for owner in owners.get(form, ())]
        return found


def _texts(record: Record) -> Iterator[bytes]:
    """What of a record may name another: its texts and targets, in lower case."""
    for value in record.values:
        if isinstance(value, Text):
            yield value.text.lower().encode("utf-8", "replace")
    for _, target in pointers([record]):
        yield target.name.encode("utf-8", "replace")
