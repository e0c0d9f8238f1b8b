"""Zones as real repositories hold them: sizes, types, values and faults drawn from the histograms of real ones."""

import random
import string
from collections import Counter
from typing import NamedTuple

from benchmarks.histograms import Histograms, drawn
from benchmarks.zone_text import RecordSet, Value, dkim_key, mx

_MOST_TOKENS = 160
"""Octets of tokens at one name, after which no more are added."""
_PARKED = 8
"""Zones of up to so many record sets that have MX say with it that they receive nothing."""
_ONCE = {"apex MX", "apex TXT", "apex NS", "apex CAA", "apex A", "apex AAAA", "_dmarc TXT", "_dmarc CNAME"}
"""What a zone has at most once."""


class Drawn(NamedTuple):
    """A zone: its record sets, and how many findings of which rule were put into it."""

    sets: tuple[RecordSet, ...]
    expected: Counter[str]


def zone(number: int, histograms: Histograms, seed: int) -> Drawn:
    """The zone of that number; the same for the same seed, whatever other zones are made."""
    return _Draft(random.Random(f"{seed} {number}"), histograms, number).finished()


class _Draft:
    """One zone while it is made: what is drawn, then what its mail needs, then its faults."""

    def __init__(self, by: random.Random, histograms: Histograms, number: int) -> None:
        self._by, self._histograms, self._number = by, histograms, number
        self._sets: dict[tuple[str, str], RecordSet] = {}
        self.expected: Counter[str] = Counter()

    def finished(self) -> Drawn:
        """The zone, with no finding but those that are expected."""
        size = drawn(self._histograms.sizes, self._by)
        kinds = self._kinds(size)
        for serial, kind in enumerate(kinds):
            self._place(serial, *kind.split(" "))
        self._settle_mail(is_parked=size <= _PARKED)
        return Drawn(tuple(self._sets.values()), self.expected)

    def _kinds(self, size: int) -> list[str]:
        """Places and types of so many sets; what is there once is drawn once."""
        mix = self._histograms.mix(size)
        kinds: list[str] = []
        while len(kinds) < size:
            left = {kind: count for kind, count in mix.items() if kind not in _ONCE or kind not in kinds}
            if not left:
                break
            kinds.append(drawn(left, self._by))
        return kinds

    def _has(self, fault: str, among: int) -> bool:
        """Whether this zone has a fault that was counted so often, given how many zones can have it at all."""
        return self._by.random() < min(1.0, self._histograms.faults.get(fault, 0) / among)

    def _add(self, name: str, kind: str, *values: Value) -> None:
        if (name, "CNAME") not in self._sets and (kind != "CNAME" or all(held != name for held, _ in self._sets)):
            self._sets[name, kind] = RecordSet(name, kind, values, self._by.choice((300, 3600, 86400)))

    def _number_of(self, kind: str) -> int:
        return int(drawn(self._histograms.values.get(kind, {1: 1}), self._by))

    def _address(self) -> str:
        return f"198.51.100.{self._by.randrange(1, 255)}"

    def _token(self) -> str:
        size = max(8, drawn(self._histograms.octets, self._by) - self._by.randrange(16))
        return "".join(self._by.choices(string.ascii_lowercase + string.digits, k=size))

    def _tokens(self, number: int) -> tuple[str, ...]:
        """So many texts, as long as SPF beside them still fits the answer (RFC 7208 section 3.4)."""
        made: list[str] = []
        while len(made) < number and (not made or sum(map(len, made)) < _MOST_TOKENS):
            made.append(self._token())
        return tuple(dict.fromkeys(made))

    def _place(self, serial: int, place: str, kind: str) -> None:
        """Add one set of what was drawn; what belongs to the zone's mail is left to `_settle_mail`."""
        if place in ("apex", "_dmarc") and kind in ("MX", "TXT", "CNAME"):
            self._sets["" if place == "apex" else "_dmarc", kind] = RecordSet("", kind, ())
            return
        name = {"apex": "", "host": f"h{serial}", "underscore": f"_{self._token()[:24]}.h{serial}"}.get(place, "")
        if place == "_domainkey":
            name = f"s{serial}._domainkey"
        self._add(name, kind, *self._values(serial, place, kind))
        if kind == "MX":
            self._add(name, "TXT", "v=spf1 -all")
            self._add(f"_dmarc.{name}", "TXT", "v=DMARC1; p=reject;")

    def _values(self, serial: int, place: str, kind: str) -> tuple[Value, ...]:
        if place == "_domainkey" and kind == "TXT":
            return (dkim_key(self._by, 2048),)
        match kind:
            case "A":
                return tuple(dict.fromkeys(self._address() for _ in range(self._number_of(kind))))
            case "AAAA":
                return (f"2001:db8::{serial + 1:x}",)
            case "CNAME":
                return (f"t{serial}.z{self._number}.example.net.",)
            case "NS":
                return tuple(f"ns{server}.dns{server}.example.net." for server in range(1, 5))
            case "PTR":
                return (f"h{serial}.example.net.",)
            case "CAA":
                return tuple((("flags", 0), ("tag", "issue"), ("value", f"ca{ca}.example.net")) for ca in range(2))
            case "SRV":
                service: Value = (("port", 443), ("priority", 10), ("target", "sip.example.net."), ("weight", 1))
                return (service,)
            case "MX":
                return mx(f"mx1.z{self._number}.example.net.", f"mx2.z{self._number}.example.net.")
            case _:
                return self._tokens(self._number_of(kind))

    def _settle_mail(self, is_parked: bool) -> None:
        """Let the apex say what goes with being parked, or with having mail, and put in the faults that were drawn."""
        wanted = {key for key, held in self._sets.items() if not held.values}
        for key in wanted:
            del self._sets[key]
        has_mx = ("", "MX") in wanted
        self._put_in_keys()
        if is_parked or not has_mx:
            self._park(wanted, has_mx)
        else:
            self._mail()

    def _put_in_keys(self) -> None:
        if self._has("dkim-key-too-short", self._histograms.zones):
            self._add("old._domainkey", "TXT", dkim_key(self._by, 1024))
            self.expected["dkim-key-too-short"] += 1
        if self._has("domainkeys-leftover", self._histograms.zones):
            self._add("_domainkey", "TXT", "v=DKIM1; o=~")
            self.expected["domainkeys-leftover"] += 1

    def _park(self, wanted: set[tuple[str, str]], has_mx: bool) -> None:
        if has_mx:
            self._add("", "MX", *mx("."))
            self._add("", "TXT", "v=spf1 -all")
        elif ("", "TXT") in wanted:
            self._add("", "TXT", *self._values(0, "apex", "TXT"))
        if wanted & {("_dmarc", "TXT"), ("_dmarc", "CNAME")} or has_mx:
            self._dmarc("v=DMARC1; p=reject; sp=reject;")
            if not has_mx and self._sets.keys() & {("", "A"), ("", "AAAA")}:
                self.expected["mx-implicit"] += 1

    def _dmarc(self, policy: str) -> None:
        if self._has("dmarc-retired-report-address", self._histograms.mixes[_PARKED]["_dmarc TXT"]):
            self.expected["dmarc-retired-report-address"] += 1
            reports = "dmarc-rua@dmarc.service.gov.uk"
        else:
            reports = f"dmarc@z{self._number}.example"
        self._add("_dmarc", "TXT", f"{policy} rua=mailto:{reports};")

    def _mail(self) -> None:
        """MX at two hosts, SPF of some terms, a policy; a fault of each in its share of the zones with mail."""
        among = sum(mix.get("apex MX", 0) for band, mix in self._histograms.mixes.items() if band > _PARKED)
        self._add("", "MX", *self._values(0, "apex", "MX"))
        self._add("s1._domainkey", "CNAME", f"s1.z{self._number}.keys.example.net.")
        if self._has("spf-missing", among):
            self.expected["spf-missing"] += 1
        else:
            terms = [f"ip4:{self._address()}" for _ in range(self._by.randrange(1, 6))]
            if self._has("spf-lookups-unknown", among):
                self.expected["spf-lookups-unknown"] += 1
                terms.append(f"include:_spf.z{self._number}.example.net")
            tokens = self._tokens(self._number_of("TXT"))[1:]
            self._add("", "TXT", f"v=spf1 {' '.join(dict.fromkeys(terms))} ~all", *tokens)
        if self._has("dmarc-missing", among):
            self.expected["dmarc-missing"] += 1
        elif self._has("dmarc-policy-none", among):
            self.expected["dmarc-policy-none"] += 1
            self._dmarc("v=DMARC1; p=none;")
        else:
            self._dmarc("v=DMARC1; p=quarantine; sp=reject;")
