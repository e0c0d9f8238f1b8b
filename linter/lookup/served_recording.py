"""What was served, from a file of recorded answers, so that a comparison can be replayed."""

from collections.abc import Container, Iterator, Mapping
from functools import cached_property

from linter.finding import Witness
from linter.records.text.name import ancestors, is_under

from .answer import FOUND
from .recorded import Compared, Known, Recording, Written
from .served import (
    ALIAS,
    NOT_DELEGATED,
    REFERRAL,
    Pair,
    Said,
    SaidStatus,
    Served,
)
from .whole_zone import WholeZone


class _Held(Mapping[Pair, Said]):
    """Recorded answers as what a server said; a name's status stands for all of its types."""

    def __init__(self, zone: str, names: Mapping[str, Known], written: Mapping[Pair, Written]) -> None:
        self._zone = zone
        self._names = names
        self._written = written

    def __getitem__(self, pair: Pair) -> Said:
        name, kind = pair
        known = self._names.get(name)
        if known is None or not is_under(name, self._zone):
            raise KeyError(pair)
        if known.status:
            return Said(known.status)
        if kind in known.types:
            return self._said(pair, known.types[kind].status)
        if "CNAME" in known.types and known.types["CNAME"].status == FOUND:
            return self._said((name, "CNAME"), FOUND)._replace(status=ALIAS)
        if name != self._zone and kind != "DS" and "NS" in known.types and known.types["NS"].status == FOUND:
            return self._said((name, "NS"), FOUND)._replace(status=REFERRAL)
        raise KeyError(pair)

    def _said(self, pair: Pair, status: SaidStatus) -> Said:
        if status != FOUND:
            return Said(status)
        written = self._written.get(pair, Written())
        return Said(FOUND, written.values, written.ttl)

    def __iter__(self) -> Iterator[Pair]:
        for name, known in self._names.items():
            if is_under(name, self._zone):
                yield from ((name, kind) for kind in known.types)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Over(Mapping[Pair, Said]):
    """What one server said otherwise, over what all said: of each of `names`, all that it said."""

    def __init__(self, own: Mapping[Pair, Said], shared: Mapping[Pair, Said], names: Container[str] = ()) -> None:
        self._own, self._shared, self._names = own, shared, names

    def __getitem__(self, pair: Pair) -> Said:
        if pair[0] in self._names:
            return self._own[pair]
        said = self._own.get(pair)
        return self._shared[pair] if said is None else said

    def __iter__(self) -> Iterator[Pair]:
        shared = (pair for pair in self._shared if pair[0] not in self._names)
        return iter(dict.fromkeys((*shared, *self._own)))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Replay:
    """A file of recorded answers, by zone: its names are sorted once, however many zones it holds."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self._names: dict[str, dict[str, Known]] = {zone: {} for zone in recording.compared}
        for name, known in recording.names.items() if self._names else ():
            for above in ancestors(name):
                if above in self._names:
                    self._names[above][name] = known

    @cached_property
    def witness(self) -> Witness:
        """The file as what a finding rests on, with the day of its last answer."""
        recording = self.recording
        days = (written.seen for written in recording.written.values())
        return Witness(recording.kind, recording.path, max(days, default=""))

    def of(self, zone: str) -> Served:
        """What the file says of one zone's servers; of a zone that was not compared, all is one server's word."""
        compared = self.recording.compared.get(zone)
        if compared is not None:
            return _served(self.recording, compared, self._names[zone])
        names = {name: known for name, known in self.recording.names.items() if is_under(name, zone)}
        return _served(self.recording, Compared(zone), names)

    def holds(self, zone: str) -> bool:
        """Whether anything is recorded of a zone."""
        return zone in self._names or any(is_under(name, zone) for name in self.recording.names)


def _served(recording: Recording, compared: Compared, own: Mapping[str, Known]) -> Served:
    zone = compared.zone
    nobody = compared.delegation.status == NOT_DELEGATED
    servers = compared.servers or (() if nobody else (recording.path,))
    probe = compared.probe or "unasked"
    whole = compared.whole or recording.complete
    shared: Mapping[Pair, Said] = _Held(zone, own, recording.written)
    if whole:
        shared = WholeZone(zone, shared, probe)
    failed: dict[str, dict[Pair, Said]] = {}
    lost = []
    for server, pair, status, detail in compared.failed:
        if pair[0]:
            failed.setdefault(server, {})[pair] = Said(status, detail=detail)
        else:
            lost.append((server, Said(status, detail=detail)))
    gone = {server for server, _ in lost}
    said: dict[str, Mapping[Pair, Said]] = {}
    for server in servers:
        if server in gone:
            continue
        held: Mapping[Pair, Said] = shared
        if server in compared.otherwise:
            names, written = compared.otherwise[server]
            held = _Over(_Held(zone, names, written), held, names)
            held = WholeZone(zone, held, probe) if whole else held
        said[server] = _Over(failed[server], held) if server in failed else held
    served = Served(zone, servers, said, probe, tuple(lost), whole, compared.every)
    return served._replace(
        policies=compared.policies,
        unfetched=compared.unfetched,
        delegation=compared.delegation,
        complete=compared.complete,
    )
