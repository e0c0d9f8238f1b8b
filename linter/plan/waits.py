"""How long caches may hold the answers from before a change, and how long to wait for them."""

from collections.abc import Iterable, Iterator

from linter.edit.change import Change
from linter.providers.publishers import SoaDefault
from linter.records.text.name import ancestors, dotless
from linter.source.frozen import Frozen

from .estate import Pair, Soa, View
from .planned import Wait

ASSUMED = Soa(10_800, 10_800, None, "")
ASSUMED_CAUTIOUS = 86_400
"""Seconds for which nothing may be remembered where nobody knows the SOA: 3 hours, or with caution a day."""
HOUR = 3600
CUT = 172_800
"""Seconds that a registry's NS and DS may be kept: two days."""
_MOST_STEPS = 16


class Held(Frozen):
    """One answer that caches may hold: seconds by both bounds, and what it is."""

    seconds: int
    cautious_seconds: int
    what: str


def wait_after(view: View, changes: Iterable[Change], propagation: int) -> Wait:
    """The wait after changes of what `view` has before them (RFC 1035 section 3.2.1, RFC 2308 section 5)."""
    answers = [held for change in changes for held in _held(view, change)]
    if not answers:
        return Wait(0, 0, "nothing that caches hold has changed")
    longest = max(answers, key=lambda held: held.seconds)
    cautious = max(max(held.cautious_seconds for held in answers), HOUR)
    zones = {view.zone_of(change.name) for change in changes}
    lags = [_refresh(view, zone) for zone in zones]
    because = f"{longest.what} may be kept for {longest.seconds} s; all servers have the change within {propagation} s"
    return Wait(longest.seconds + propagation, cautious + max(propagation, *lags), because)


def longest_held(view: View, changes: Iterable[Change]) -> Held | None:
    """The answer about what `changes` concern that caches may hold longest; None where there is none."""
    return max(
        (held for change in changes for held in _held(view, change)), key=lambda held: held.seconds, default=None
    )


def _refresh(view: View, name: str) -> int:
    soa = view.world.soa(view.zone_of(name))
    if soa is not None and soa.refresh is not None:
        return soa.refresh
    usual = _usual(view, name)
    return usual.refresh if usual is not None else HOUR


def _usual(view: View, name: str) -> SoaDefault | None:
    facts = view.facts_of(name)
    return facts.publishing.soa if facts is not None else None


def _held(view: View, change: Change) -> Iterator[Held]:
    """All that caches may hold of what a change is about."""
    facts, name = view.facts_of(change.name), change.name
    if facts is None:
        return
    index = facts.index
    old = view.sets.get((name, change.type))
    if old is None or not change.values:
        yield nothing(view, name)
    if change.type in ("NS", "DS") and name != facts.zone.name:
        yield Held(CUT, CUT, f"the {change.type} of {dotless(name)} at its parent")
    if index.exists(name):
        kinds = index.names.get(name, {})
        asked = kinds if "CNAME" in kinds or change.type == "CNAME" else [change.type]
        for kind in asked:
            yield from _answer(view, (name, kind), change.type)
        return
    encloser = next(above for above in ancestors(name) if index.exists(above))
    for kind in index.names.get(f"*.{encloser}", ()):
        yield from _answer(view, (f"*.{encloser}", kind), change.type)


def _answer(view: View, pair: Pair, asked: str) -> Iterator[Held]:
    """A set, and where it is an alias all that it leads to."""
    met: set[Pair] = set()
    while len(met) < _MOST_STEPS and pair not in met:
        met.add(pair)
        held = view.sets.get(pair)
        if held is None:
            return
        yield Held(held.seconds, held.seconds, f"the {pair[1]} of {dotless(pair[0])}")
        if pair[1] != "CNAME" or not held.values:
            return
        target = held.values[0]
        kinds = [kind for name, kind in view.sets if name == target]
        for kind in kinds if "CNAME" not in kinds else ():
            end = view.sets[target, kind]
            yield Held(end.seconds, end.seconds, f"the {kind} of {dotless(target)}, where it points to,")
        pair = (target, "CNAME")


def nothing(view: View, name: str) -> Held:
    """For how long it may be remembered that nothing is there."""
    zone = view.zone_of(name)
    soa = view.world.soa(zone)
    shown = dotless(zone)
    if soa is None:
        asked = f"`dig +noall +answer {shown} SOA` shows it, `mailzone lock` keeps it"
        usual = _usual(view, name)
        if usual is not None:
            what = f"that nothing is there, by the default of {usual.title} as of {usual.evidence.seen} ({asked}),"
            return Held(usual.negative, usual.negative, what)
        return Held(ASSUMED.negative, ASSUMED_CAUTIOUS, f"that nothing is there, which is assumed ({asked}),")
    return Held(soa.negative, soa.negative, f"that nothing is there ({soa.origin}: SOA of {shown})")
