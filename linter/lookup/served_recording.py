"""What was served, from a file of recorded answers and back into one, so that a comparison can be replayed."""

from collections.abc import Container, Iterator, Mapping

from linter.records.fault import Fault
from linter.records.name import ancestors, is_under

from .answer import FOUND
from .lock_document import Entry, answer_lines, entry_of, name_key, scalar
from .recorded import Compared, Known, Recording, Written
from .served import (
    ALIAS,
    NO_DATA,
    NO_NAME,
    NOT_DELEGATED,
    REFERRAL,
    SERVFAIL,
    TIMEOUT,
    TRANSFER,
    UNASKED,
    Delegation,
    Pair,
    Said,
    Served,
)
from .whole_zone import WholeZone

HEADER = "# What the name servers of these zones served; written by `mailzone compare --record`."


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

    def _said(self, pair: Pair, status: str) -> Said:
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


class _Zone:
    """What is written of one zone beside the answers; `served` without what was said."""

    def __init__(self, served: Served) -> None:
        self.served = served._replace(said={})
        self.otherwise: dict[str, dict[Pair, Entry]] = {}
        self.failed: dict[tuple[str, Pair], Said] = {}
        self.is_incomplete = False


class Recorder:
    """Gathers what was served of one zone after the other, and writes it."""

    def __init__(self, seen: str) -> None:
        self._seen = seen
        self._entries: dict[Pair, Entry] = {}
        self._zones: dict[str, _Zone] = {}

    def add(self, served: Served) -> None:
        """Take in one zone. One that two files declare is asked twice, and stands in the file once."""
        held = self._zones.setdefault(served.zone, _Zone(served))
        failed: list[tuple[str, Pair, Said]] = [(server, ("", ""), said) for server, said in served.lost]
        failed += [(server, (served.zone, TRANSFER), said) for server, said in served.untransferred]
        for name, servers in self._by_name(served, failed).items():
            first = next(iter(servers.values()))
            # What the file has of a name already may be the word of the zone above or below.
            fits = all(self._entries.get(place, entry) == entry for place, entry in first.items())
            for server, entries in servers.items():
                own = held.otherwise.get(server, {})
                if entries != first or not fits or any(place[0] == name for place in own):
                    held.otherwise.setdefault(server, {}).update(entries)
                for place, entry in entries.items():
                    self._entries.setdefault(place, entry)
        for server, pair, said in failed:
            held.failed[server, pair] = said
            held.is_incomplete = held.is_incomplete or said.status == UNASKED
            if pair[0] and pair[1] != TRANSFER:
                status = TIMEOUT if said.status == TIMEOUT else SERVFAIL
                self._entries.setdefault(pair, Entry(status))

    def _by_name(self, served: Served, failed: list[tuple[str, Pair, Said]]) -> dict[str, dict[str, dict[Pair, Entry]]]:
        """What each server said of each name, as it is written down; failures are added to `failed`."""
        found: dict[str, dict[str, dict[Pair, Entry]]] = {}
        for pair in sorted(served.pairs):
            for server, said in served.of(pair):
                if said.failed:
                    failed.append((server, pair, said))
                else:
                    place, entry = self._entry(pair, said)
                    found.setdefault(pair[0], {}).setdefault(server, {})[place] = entry
        return found

    def _entry(self, pair: Pair, said: Said) -> tuple[Pair, Entry]:
        """The place and the form in which an answer is written down."""
        name, kind = pair
        if said.status in (ALIAS, REFERRAL):
            kind = "CNAME" if said.status == ALIAS else "NS"
        elif said.status != FOUND:
            return pair, Entry(said.status if said.status in (NO_DATA, NO_NAME) else SERVFAIL)
        entry = entry_of(kind, said.values, said.ttl, self._seen)
        return (name, kind), Entry(SERVFAIL) if isinstance(entry, Fault) else entry

    def text(self) -> str:
        """The whole file."""
        lines = [HEADER, "version: 1", "answers:" if self._entries else "answers: {}", *answer_lines(self._entries)]
        if self._zones:
            lines.append("compared:")
        for zone in self._zones.values():
            lines += _zone_lines(zone)
        return "".join(f"{line}\n" for line in lines)


def _zone_lines(zone: _Zone) -> list[str]:
    """The lines of one zone below `compared:`."""
    served = zone.served
    lines = [f"  {name_key(served.zone)}:", f"    servers: [{', '.join(scalar(each) for each in served.servers)}]"]
    lines.append(f"    probe: {scalar(served.probe)}")
    lines += [f"    {word}: true" for word, holds in (("whole", served.whole), ("every", served.every)) if holds]
    for field, texts in (("policies", served.policies), ("unfetched", served.unfetched)):
        if texts:
            lines.append(f"    {field}:")
            lines += [f"      {name_key(domain)}: {scalar(text)}" for domain, text in texts]
    if zone.is_incomplete or not served.complete:
        lines.append("    complete: false")
    lines += _delegation_lines(served.delegation)
    if zone.otherwise:
        lines.append("    otherwise:")
    for server, entries in zone.otherwise.items():
        lines.append(f"      {scalar(server)}:")
        lines += [f"      {line}" for line in answer_lines(entries)]
    if zone.failed:
        lines.append("    failed:")
    for (server, (name, kind)), said in zone.failed.items():
        words = {"server": server, "name": name, "type": kind, "status": said.status, "detail": said.detail}
        fields = ", ".join(f"{field}: {scalar(word)}" for field, word in words.items() if word)
        lines.append(f"      - {{{fields}}}")
    return lines


def _delegation_lines(delegation: Delegation) -> list[str]:
    """What the zone above said."""
    if not delegation.status:
        return []
    lines = ["    delegation:", f"      status: {delegation.status}"]
    for field, hosts in (("parent", delegation.parent), ("own", delegation.own)):
        if hosts:
            lines.append(f"      {field}: [{', '.join(scalar(host) for host in hosts)}]")
    return [*lines, f"      detail: {scalar(delegation.detail)}"] if delegation.detail else lines
