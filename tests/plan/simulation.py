"""Caching resolvers, queueing senders and cached policies, simulated: what of them loses mail at some moment.

Independent of the code under test but for the reading of zones: the possible answers of a question are those of every
moment that some cache or lagging server may still have, and each of them is judged by plain means.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from linter.plan.estate import Soa, View

DAY = 86_400
ZONE = "a.test."
ADDRESSES = {
    "web": "192.0.2.10",
    "new": "198.51.100.7",
    "erp": "192.0.2.25",
    "third": "203.0.113.5",
    "own": "192.0.2.9",
}
HOSTS = {**{f"mx.{system}.test.": system for system in ADDRESSES}, "mail.a.test.": "own"}
FINDERS = {f"auto.{system}.test.": system for system in ADDRESSES}
RANKS = {"": 0, "none": 0, "quarantine": 1, "reject": 2}


class Moment(NamedTuple):
    """What is published and who does what from one time on, until the next moment."""

    time: float
    view: View
    sending: frozenset[tuple[str, str]]
    listening: frozenset[tuple[str, str]]
    homes: frozenset[tuple[str, str]]

    def key_names(self) -> set[str]:
        """The names of all keys that somebody signs with."""
        found = set()
        for name, system in self.sending:
            declared = self.view.behaviour.intent.systems.get(system)
            found |= {f"{key.name}._domainkey.{name}" for key in (declared.dkim if declared else ())}
        return found

    def answer(self, name: str, kind: str) -> tuple[str, ...]:
        """What an authoritative server says now: an alias is its own answer."""
        sets = self.view.sets
        owner = name
        if not any(held == name or held.endswith(f".{name}") for held, _ in sets):
            owner = f"*.{name.partition('.')[2]}"
        held = sets.get((owner, "CNAME")) or sets.get((owner, kind))
        return held.values if held is not None else ()

    def life(self, name: str, kind: str, soa: Soa) -> int:
        """For how long a cache that keeps to the standards may keep that."""
        sets = self.view.sets
        owner = name
        if not any(held == name or held.endswith(f".{name}") for held, _ in sets):
            owner = f"*.{name.partition('.')[2]}"
        held = sets.get((owner, "CNAME")) or sets.get((owner, kind))
        return held.seconds if held is not None else min(soa.ttl, soa.minimum)


class Net(NamedTuple):
    """How caches and servers behave: seconds until all servers have a change, and the least that a cache keeps."""

    soa: Soa
    lag: int
    floor: int

    def possible(self, moments: list[Moment], number: int, name: str, kind: str) -> list[int]:
        """The moments whose answer somebody may get at the beginning of moment `number`."""
        now = moments[number].time
        found = [number]
        for earlier in range(number):
            life = max(moments[earlier].life(name, kind, self.soa), self.floor)
            if moments[earlier + 1].time + self.lag + life > now:
                found.append(earlier)
        return found

    def answers(self, moments: list[Moment], number: int, name: str, kind: str) -> set[tuple[str, ...]]:
        """All answers that somebody may get."""
        return {moments[each].answer(name, kind) for each in self.possible(moments, number, name, kind)}


def losses(moments: list[Moment], net: Net) -> Iterator[str]:
    """Every way in which mail may be lost, or something is done that must never be."""
    for number in range(len(moments)):
        yield from _of_senders(moments, number, net)
        yield from _of_receivers(moments, number, net)
        yield from _of_programs(moments, number, net)
    yield from _of_policies(moments, net)


def _recent(moments: list[Moment], number: int) -> Iterator[Moment]:
    """The moments whose mail may be on its way: senders queue for five days."""
    now = moments[number].time
    for each in range(number + 1):
        if each == number or moments[each + 1].time > now - 5 * DAY:
            yield moments[each]


def _of_senders(moments: list[Moment], number: int, net: Net) -> Iterator[str]:
    for name, system in set().union(*(moment.sending for moment in _recent(moments, number))):
        for texts in net.answers(moments, number, name, "TXT"):
            records = [text for text in texts if text.startswith("v=spf1")]
            if len(records) != 1 or f"ip4:{ADDRESSES[system]}" not in records[0].split():
                yield f"{number}: SPF of {name} refuses {system}: {records}"
    for key in set().union(*(moment.key_names() for moment in _recent(moments, number))):
        for texts in net.answers(moments, number, key, "TXT"):
            if not texts:
                yield f"{number}: the key {key} may be missing"
    keys = {name for name, _ in moments[number].view.sets if "._domainkey." in name}
    for key in keys:
        held = {moment.answer(key, "TXT") for moment in moments[: number + 1]} - {()}
        if len(held) > 1:
            yield f"{number}: the selector {key} is used for two keys"


def _of_receivers(moments: list[Moment], number: int, net: Net) -> Iterator[str]:
    moment = moments[number]
    for name in {name for name, _ in moment.listening}:
        sets = [[value.split()[1] for value in values] for values in net.answers(moments, number, name, "MX")]
        for hosts in sets:
            systems = {HOSTS[host] for host in hosts}
            if not hosts and not moments[0].answer(name, "MX"):
                continue  # a new name: nobody writes to it before it is told to
            if len(systems) != 1:
                yield f"{number}: the MX of {name} may be {hosts}"
            for system in systems:
                if (name, system) not in moment.listening:
                    yield f"{number}: {system} does not accept mail for {name}"
        for hosts, (mode, patterns) in product(sets, _policies(moments, number, net, name)):
            if mode == "enforce" and any(host.rstrip(".") not in patterns for host in hosts):
                yield f"{number}: the MTA-STS policy {patterns} of {name} forbids {hosts}"
        is_shared = len({system for held, system in moment.listening if held == name}) > 1
        changes = [moments[number - 1], moment] if number and is_shared else []
        for each in changes if len({held.answer(name, "MX") for held in changes}) > 1 else []:
            if each.answer(name, "MX") and each.life(name, "MX", net.soa) > 300:
                yield f"{number}: the MX of {name} cannot be taken back at once"


def _policies(moments: list[Moment], number: int, net: Net, name: str) -> set[tuple[str, tuple[str, ...]]]:
    """The policies that senders may hold: those fetched under an id that they may still see, or that has gone."""
    found = set()
    now = moments[number].time
    place = f"_mta-sts.{name}"
    for version in net.possible(moments, number, place, "TXT"):
        if moments[version].answer(place, "TXT"):
            found |= {_policy(moment, name) for moment in moments[version : number + 1]}
        else:
            ends = (moments[each + 1].time if each < number else now for each in range(number + 1))
            for moment, end in zip(moments, ends, strict=False):
                mode, age, _ = _parsed(moment, name)
                if moment.answer(place, "TXT") and end + age > now and mode:
                    found.add(_policy(moment, name))
    if net.floor:
        for each in range(number):
            age = _parsed(moments[each], name)[1]
            if moments[each].answer(place, "TXT") and moments[each + 1].time + age > now:
                found.add(_policy(moments[each], name))
    return found


def _parsed(moment: Moment, name: str) -> tuple[str, int, tuple[str, ...]]:
    file = moment.view.built.policies.get(name)
    lines = [line.partition(": ") for line in (file.source.text.splitlines() if file is not None else ())]
    fields = {key: value for key, _, value in lines}
    patterns = tuple(value for key, _, value in lines if key == "mx")
    return fields.get("mode", ""), int(fields.get("max_age", 0)), patterns


def _policy(moment: Moment, name: str) -> tuple[str, tuple[str, ...]]:
    mode, _, patterns = _parsed(moment, name)
    return mode, patterns


def _of_programs(moments: list[Moment], number: int, net: Net) -> Iterator[str]:
    """Mail programs are not led to a system that lacks some of the mailboxes."""
    moment = moments[number]
    for name in {name for name, _ in moment.homes}:
        homes = {system for held, system in moment.homes if held == name}
        led = {FINDERS[host] for host in moment.answer(f"autodiscover.{name}", "CNAME")}
        last = moments[max(0, number - 1)].answer(f"autodiscover.{name}", "CNAME")
        if led and homes - led and led != {FINDERS[host] for host in last}:
            yield f"{number}: mail programs of {name} are led to {led}, and mailboxes are on {homes}"


def _of_policies(moments: list[Moment], net: Net) -> Iterator[str]:
    """DMARC gets strict by one degree, 14 days after the senders changed, and never by `pct`."""
    changed = -15 * DAY
    last: float = -15 * DAY
    for number in range(1, len(moments)):
        before, now = moments[number - 1], moments[number]
        if before.sending != now.sending:
            changed = int(now.time)
        risen = False
        for name in {name for name, _ in now.sending}:
            rise = _rank(now, name) - _rank(before, name)
            risen = risen or rise > 0
            if rise > 0 and (rise > 1 or now.time - max(changed, last) < 14 * DAY):
                yield f"{number}: the policy of {name} gets strict at once"
            if rise > 0 and "pct=" in "".join(now.answer(f"_dmarc.{name}", "TXT")):
                yield f"{number}: the policy of {name} gets strict by pct"
        last = now.time if risen else last


def _rank(moment: Moment, name: str) -> int:
    text = "".join(moment.answer(f"_dmarc.{name}", "TXT") or moment.answer(f"_dmarc.{ZONE}", "TXT"))
    tags = dict(part.strip().partition("=")[::2] for part in text.split(";") if "=" in part)
    return RANKS[tags.get("p", "none")]


def unverified(moments: list[Moment], net: Net) -> Iterator[str]:
    """Systems that begin before a vendor that asks any cache has seen its text."""
    for number in range(1, len(moments)):
        before, now = moments[number - 1], moments[number]
        for name, system in (now.listening | now.sending) - before.listening - before.sending:
            declared = now.view.behaviour.intent.systems.get(system)
            text = declared.verification.text if declared is not None and declared.verification is not None else ""
            for texts in net.answers(moments, number, name, "TXT") if text else ():
                if text not in texts:
                    yield f"{number}: {system} does not know {name} yet"


def all_losses(moments: list[Moment], net: Net) -> list[str]:
    """Everything that is wrong."""
    return [*losses(moments, net), *unverified(moments, net)]


def moments_between(before: View, after: View) -> list[Moment]:
    """A change of everything at once, in the worst order: what begins does so before, what ends has ended already."""
    sending, homes = before.sending | after.sending, before.behaviour.homes
    listening = before.behaviour.listening & after.behaviour.listening
    return [
        Moment(-365.0 * DAY, before, before.sending, before.behaviour.listening, homes),
        Moment(0.0, after, sending, listening, homes),
    ]


def names_of(pairs: Iterable[tuple[str, str]]) -> set[str]:
    """The names of some pairs."""
    return {name for name, _ in pairs}
