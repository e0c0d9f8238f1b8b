"""Declared zones answer as NSD and Knot do that serve the same zones, question for question."""

import random
from collections import Counter

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import pytest
from dns.rrset import RRset

from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, SERVFAIL, UNKNOWN, Answer, Data, Exchange
from linter.lookup.zone_index import ZoneIndex
from linter.lookup.zones import MAX_STEPS, Zones
from linter.source.text import Source
from linter.zone.reading import read_document, zone_from
from tests.live.servers import Server, running

from .master import ORIGINS, Records, master_file, names_to_ask, yaml_zone, zone_set

KINDS = ("A", "TXT", "MX", "CNAME", "NS", "DNAME", "DS", "SRV")
ROUNDS = 12
"""Zone sets for each server."""
NAMES = 40
"""Names asked for each zone set, each for every type."""
CIRCLES: dict[str, Records] = {
    "f.test.": {
        "f.test.": {"NS": ["ns.f.test."]},
        "a.f.test.": {"CNAME": ["a.g.test."]},
        "self.f.test.": {"CNAME": ["self.f.test."]},
        "*.wild.f.test.": {"CNAME": ["b.wild.f.test."]},
        "on.f.test.": {"DNAME": ["and.on.f.test."]},
        "across.f.test.": {"DNAME": ["back.g.test."]},
        "long.f.test.": {"DNAME": [f"{'x' * 60}.{'y' * 60}.{'z' * 60}.{'z' * 60}.g.test."]},
        "to.f.test.": {"CNAME": ["three.labels.here.long.f.test."]},
    },
    "g.test.": {
        "g.test.": {"NS": ["ns.g.test."]},
        "a.g.test.": {"CNAME": ["a.f.test."]},
        "back.g.test.": {"DNAME": ["across.f.test."]},
    },
}
"""Aliases that lead back, on and on, and to a name that is too long."""


class Truth:
    """What a server says to one question: the aliases, then a status, the values, or that it knows no more."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, str]] = []
        self.status = UNKNOWN
        self.values: frozenset[Data] = frozenset()

    def __repr__(self) -> str:
        return f"{self.steps} {self.status} {sorted(map(str, self.values))}"


class Asker:
    """Asks one server as a resolver does: an alias that leads on is asked for again."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.asked = 0
        self._known: dict[tuple[str, str], dns.message.Message] = {}

    def truth(self, name: str, kind: str) -> Truth:
        """What a resolver would learn that knows this server only."""
        truth = Truth()
        while True:
            answer = self._ask(name, kind)
            target = _alias(answer, name, kind)
            if target is None:
                truth.status, truth.values = _end(answer, name, kind)
                return truth
            if target in [name, *(past for past, _ in truth.steps)] or len(truth.steps) >= MAX_STEPS:
                truth.status = SERVFAIL
                return truth
            truth.steps.append((name, target))
            name = target

    def _ask(self, name: str, kind: str) -> dns.message.Message:
        if (name, kind) not in self._known:
            self.asked += 1
            self._known[name, kind] = self.server.ask(name, kind)
        return self._known[name, kind]


def _alias(answer: dns.message.Message, name: str, kind: str) -> str | None:
    found = _set(answer.answer, name, "CNAME")
    return None if found is None or kind == "CNAME" else found[0].to_text().lower()


def _set(section: list[RRset], name: str, kind: str) -> RRset | None:
    wanted = dns.name.from_text(name)
    for each in section:
        if each.name == wanted and each.rdtype == dns.rdatatype.from_text(kind):
            return each
    return None


def _end(answer: dns.message.Message, name: str, kind: str) -> tuple[str, frozenset[Data]]:
    found = _set(answer.answer, name, kind)
    if not answer.flags & dns.flags.AA:
        # Refused: a name of nobody. A referral: whoever it names would know. Its NS records are declared here.
        referral = any(each.rdtype == dns.rdatatype.NS for each in answer.authority)
        assert referral or answer.rcode() == dns.rcode.REFUSED, answer
        own = _set(answer.authority, name, "NS") if kind == "NS" else None
        return (FOUND, _data(own)) if own else (UNKNOWN, frozenset())
    if found is not None:
        return FOUND, _data(found)
    if answer.rcode() == dns.rcode.YXDOMAIN:  # a DNAME makes too long a name
        return SERVFAIL, frozenset()
    if answer.rcode() == dns.rcode.NXDOMAIN:
        return NO_NAME, frozenset()
    assert answer.rcode() == dns.rcode.NOERROR, answer
    return NO_DATA, frozenset()


def _data(found: RRset) -> frozenset[Data]:
    values: set[Data] = set()
    for each in found:
        text = each.to_text().lower()
        if found.rdtype == dns.rdatatype.MX:
            preference, host = text.split()
            values.add(Exchange(int(preference), host))
        elif found.rdtype != dns.rdatatype.SRV:  # a resolver of mailzone tells that one is there, not what it says
            values.add(text.strip('"'))
    return frozenset(values)


def said(answer: Answer) -> str:
    """Our answer in the form of a server's."""
    truth = Truth()
    truth.steps = [(step.name, step.target) for step in answer.steps]
    truth.status, truth.values = answer.status, frozenset(answer.values)
    return repr(truth)


def declared(world: dict[str, Records]) -> Zones:
    """The zones as mailzone reads them."""
    indexes = {}
    for origin, records in world.items():
        zone = zone_from([read_document(Source("z.yaml", yaml_zone(origin, records)))])
        assert zone is not None
        assert zone.complete
        assert not zone.faults
        indexes[origin] = ZoneIndex(zone)
    return Zones(indexes.get)


def worlds(seed: random.Random, with_hidden: bool) -> list[dict[str, Records]]:
    """Zone sets below different names, so that one server serves them all."""
    return [
        zone_set(seed, tuple(origin.replace(".test.", f".s{number}.test.") for origin in origins), with_hidden)
        for number in range(ROUNDS)
        for origins in [ORIGINS[: seed.randint(1, len(ORIGINS))]]
    ]


@pytest.mark.parametrize(
    ("kind", "with_hidden"),
    # NSD keeps all its zones in one tree, where what a zone holds below a cut shows through in the zone below.
    [("nsd", False), ("knot", True), ("knot", False)],
)
def test_every_answer_is_the_servers(kind: str, with_hidden: bool) -> None:
    seed = random.Random(f"zones for {kind} {with_hidden}")
    sets = [*worlds(seed, with_hidden), CIRCLES]
    files = {origin: master_file(origin, records) for world in sets for origin, records in world.items()}
    differing, seen = [], Counter[str]()
    with running(files, kind) as server:
        asker = Asker(server)
        for world in sets:
            zones = declared(world)
            for name in names_to_ask(seed, world, NAMES):
                for each in KINDS:
                    truth, ours = asker.truth(name, each), said(zones.lookup(name, each))
                    seen[truth.status] += 1
                    if ours != repr(truth):
                        differing.append(f"{name} {each}\n  {kind}: {truth}\n  here: {ours}")
    assert not differing, "\n".join(differing)
    assert asker.asked > 2000
    assert min(seen[status] for status in (FOUND, NO_DATA, NO_NAME, UNKNOWN, SERVFAIL)) > 5, seen
