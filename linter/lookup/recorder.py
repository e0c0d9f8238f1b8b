"""What was served, written down zone by zone as it comes, so that memory does not grow with the zones."""

import tempfile
from collections.abc import Iterator
from weakref import finalize

from linter.records.text.fault import Fault
from linter.records.text.name import ancestors, is_under
from linter.source.frozen import Frozen
from linter.source.text import Source
from linter.source.typed import IO

from .answer import FOUND
from .lock_document import Entry, answer_lines, entry_of, name_key, scalar
from .recorded_reader import read_recording
from .served import (
    ALIAS,
    NO_DATA,
    NO_NAME,
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
from .served_recording import Replay

HEADER = "# What the name servers of these zones served; written by `mailzone compare --record`."
_IN_MEMORY = 4 << 20
"""Octets that are held in memory before a file on disk takes them."""
_LATELY = 4
"""Zones whose names are kept in memory, where others lie above or below them."""
_PIECE = 1 << 20
"""Characters read at once of what is put together."""


class _Zone:
    """What is written of one zone: its answers, and beside them who said something else, and who said nothing."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.entries: dict[Pair, Entry] = {}
        self.otherwise: dict[str, dict[Pair, Entry]] = {}
        self.failed: dict[tuple[str, Pair], Said] = {}
        self.is_incomplete = not served.complete


class _Place(Frozen):
    """Where the lines of one zone, and its names, lie in the three files: each as a beginning and an end."""

    zone: str
    answers: tuple[int, int]
    beside: tuple[int, int]
    names: tuple[int, int]


class Recorder:
    """Gathers what was served of one zone after the other in files that nobody else sees, and puts them together."""

    def __init__(self, seen: str) -> None:
        self._seen = seen
        self._answers, self._beside, self._names = _spool(self), _spool(self), _spool(self)
        self._places: dict[str, _Place] = {}
        self._above: set[str] = set()
        """The names above the zones that are written."""
        self._lately: dict[str, frozenset[str]] = {}
        """The names of a few zones, as they were written: many zones may lie below one."""

    def add(self, served: Served) -> None:
        """Take in one zone. One that two files declare is asked twice, and is in the file once."""
        earlier = self._places.get(served.zone)
        if earlier is not None:
            served = _together(self._read(earlier), served)
        zone = self._written(served, self._taken(served.zone))
        answers = _append(self._answers, answer_lines(zone.entries))
        beside = _append(self._beside, _zone_lines(zone))
        names = _append(self._names, list(dict.fromkeys(name_key(name) for name, _ in zone.entries)))
        self._places[served.zone] = _Place(served.zone, answers, beside, names)
        self._above.update(ancestors(served.zone)[1:])
        self._lately.pop(served.zone, None)

    def _taken(self, zone: str) -> list[frozenset[str]]:
        """The names that are written already: only zones above and below one can have names of it."""
        near = [above for above in ancestors(zone)[1:] if above in self._places]
        if zone in self._above:
            near += [below for below in self._places if below != zone and is_under(below, zone)]
        return [self._names_of(each) for each in near]

    def _names_of(self, zone: str) -> frozenset[str]:
        held = self._lately.get(zone)
        if held is None:
            held = frozenset("".join(_between(self._names, *self._places[zone].names)).split("\n"))
            self._names.seek(0, 2)
            if len(self._lately) == _LATELY:
                del self._lately[next(iter(self._lately))]
            self._lately[zone] = held
        return held

    def _read(self, place: _Place) -> Served:
        """What was written of a zone, which is to be written anew."""
        answers = "".join(_between(self._answers, *place.answers))
        beside = "".join(_between(self._beside, *place.beside))
        for stream in (self._answers, self._beside):
            stream.seek(0, 2)
        text = f"version: 1\nanswers:{chr(10) + answers if answers else ' {}' + chr(10)}compared:\n{beside}"
        return Replay(read_recording(Source("", text))).of(place.zone)

    def pieces(self) -> Iterator[str]:
        """The whole file, piece by piece: the answers of the zones in alphabetical order, then what stands beside."""
        places = sorted(self._places.values(), key=lambda place: place.zone)
        has_answers = any(place.answers[0] < place.answers[1] for place in places)
        yield f"{HEADER}\nversion: 1\nanswers:{'' if has_answers else ' {}'}\n"
        for place in places:
            yield from _between(self._answers, *place.answers)
        if places:
            yield "compared:\n"
        for place in places:
            yield from _between(self._beside, *place.beside)

    @property
    def octets(self) -> int:
        """About how large the file is."""
        return sum(end - begin for place in self._places.values() for begin, end in (place.answers, place.beside))

    def text(self) -> str:
        """The whole file."""
        return "".join(self.pieces())

    def _written(self, served: Served, taken: list[frozenset[str]]) -> _Zone:
        """One zone as it is written, where the file has some names already."""
        zone = _Zone(served)

        def is_there(name: str) -> bool:
            key = name_key(name) if taken else ""
            return any(key in names for names in taken)

        failed: list[tuple[str, Pair, Said]] = [(server, ("", ""), said) for server, said in served.lost]
        failed += [(server, (served.zone, TRANSFER), said) for server, said in served.untransferred]
        for name, servers in self._by_name(served, failed).items():
            first = next(iter(servers.values()))
            # What the file has of a name already is the word of the zone above or below.
            is_taken = is_there(name)
            if not is_taken:
                zone.entries.update(first)
            for server, entries in servers.items():
                if is_taken or entries != first:
                    zone.otherwise.setdefault(server, {}).update(entries)
        for server, pair, said in failed:
            zone.failed[server, pair] = said
            zone.is_incomplete = zone.is_incomplete or said.status == UNASKED
            if pair[0] and pair[1] != TRANSFER and not is_there(pair[0]):
                zone.entries.setdefault(pair, Entry(TIMEOUT if said.status == TIMEOUT else SERVFAIL))
        return zone

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
            return pair, Entry(said.status if said.status in (NO_DATA, NO_NAME) else SERVFAIL, seen=self._seen)
        entry = entry_of(kind, said.values, said.ttl, self._seen)
        return (name, kind), Entry(SERVFAIL) if isinstance(entry, Fault) else entry


def _spool(owner: object) -> IO[bytes]:
    """A file without a name, in memory while it is small, that is closed when nobody needs its owner any more."""
    stream = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - it lives as long as its owner
    finalize(owner, stream.close)
    return stream


def _together(earlier: Served, later: Served) -> Served:
    """What was served of a zone that two files declare, each of them with questions of its own."""
    said = {server: dict(held) for server, held in earlier.said.items()}
    for server, held in later.said.items():
        said.setdefault(server, {}).update(held)
    servers = tuple(dict.fromkeys((*earlier.servers, *later.servers)))
    return later._replace(servers=servers, said=said, complete=earlier.complete and later.complete)


def _append(stream: IO[bytes], lines: list[str]) -> tuple[int, int]:
    begin = stream.tell()
    stream.write("".join(f"{line}\n" for line in lines).encode("ascii"))
    return begin, stream.tell()


def _between(stream: IO[bytes], begin: int, end: int) -> Iterator[str]:
    """What lies between two places of a file."""
    stream.seek(begin)
    while begin < end:
        piece = stream.read(min(_PIECE, end - begin))
        begin += len(piece)
        yield piece.decode("ascii")


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
    if zone.is_incomplete:
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
