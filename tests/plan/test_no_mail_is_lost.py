"""No plan loses mail, whatever caches, servers and queues do: replayed for random estates, moves and TTLs."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from linter.plan import steps, waits
from linter.plan.estate import Soa
from linter.plan.laws import LAWS
from linter.plan.laws.law import Law
from linter.plan.planned import Planned, Wait

from .simulation import DAY, Moment, Net, all_losses
from .worlds import World, no_rules, planned

TTLS = st.sampled_from([60, 300, 900, 3600, 14_400, 86_400])
SOAS = st.builds(
    Soa,
    st.sampled_from([60, 900, 3600, 86_400]),
    st.sampled_from([60, 900, 10_800]),
    st.sampled_from([None, 300, 7200, 43_200]),
    st.just("lock"),
)
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""A move is small enough to be read as it is drawn; to shrink one takes minutes."""
SENDERS = {"web": "192.0.2.10", "new": "198.51.100.7", "erp": "192.0.2.25", "third": "203.0.113.5"}
POLICY = "version: STSv1\nmode: {mode}\nmx: mx.web.test\nmax_age: {age}\n"


class Move(dict[str, Any]):
    """A random estate and what is to become of it."""


@st.composite
def moves(draw: st.DrawFn) -> Move:
    """Small estates: who receives and sends before and after, keys, autodiscover, MTA-STS, DMARC, a wildcard."""
    receivers = [draw(st.sampled_from(["web", "new"])), draw(st.sampled_from(["web", "new"]))]
    receivers[0] = "web"
    extra = [draw(st.sets(st.sampled_from(["erp", "third"]))) for _ in range(2)]
    return Move(
        receives=receivers,
        sends=[sorted({receiver, *more}) for receiver, more in zip(receivers, extra, strict=True)],
        keys=draw(st.sets(st.sampled_from(["web", "new", "erp"]))),
        verified=draw(st.booleans()),
        finder=draw(st.booleans()),
        sts=draw(st.sampled_from(["", "enforce", "testing"])),
        age=draw(st.sampled_from([86_400, 604_800])),
        p=draw(st.sampled_from(["none", "quarantine", "reject"])),
        to=draw(st.sampled_from([None, "none", "quarantine", "reject"])),
        sub=draw(st.booleans()),
        wild=draw(st.booleans()),
        ttls=draw(st.lists(TTLS, min_size=8, max_size=8)),
        soa=draw(SOAS),
        safety=draw(st.sampled_from(["rfc", "cautious"])),
    )


def systems_of(move: Move) -> str:
    lines = []
    for number, (system, address) in enumerate(SENDERS.items()):
        fields = [f"spf: 'ip4:{address}'"]
        if system in ("web", "new"):
            fields.append(f"receives: [mx.{system}.test]")
            fields += [f"clients: {{autodiscover: auto.{system}.test}}"] if move["finder"] else []
        fields += [f"dkim: {{k{number}: k{number}.{system}.test}}"] if system in move["keys"] else []
        fields += ["verification: v=new"] if system == "new" and move["verified"] else []
        lines.append(f"  {system}: {{{', '.join(fields)}}}")
    return "systems:\n" + "\n".join(lines) + "\n"


def zone_of(move: Move) -> str:
    ttl = move["ttls"]
    senders = move["sends"][0]
    terms = " ".join(f"ip4:{SENDERS[system]}" for system in senders)
    lines = [
        "---",
        "'':",
        f"  - {{type: MX, ttl: {ttl[0]}, values: [{{preference: 10, exchange: mx.web.test.}}]}}",
        f"  - {{type: TXT, ttl: {ttl[1]}, values: ['v=spf1 {terms} -all', 'x=1']}}",
        f"_dmarc: {{type: TXT, ttl: {ttl[2]}, value: 'v=DMARC1\\; p={move['p']}\\; rua=mailto:d@a.test'}}",
    ]
    for number, system in enumerate(SENDERS):
        if system in move["keys"] and system in senders:
            lines.append(f"k{number}._domainkey: {{type: CNAME, ttl: {ttl[3]}, value: k{number}.{system}.test.}}")
    if move["finder"]:
        lines.append(f"autodiscover: {{type: CNAME, ttl: {ttl[4]}, value: auto.web.test.}}")
    if move["sts"]:
        lines.append(f"_mta-sts: {{type: TXT, ttl: {ttl[5]}, value: 'v=STSv1\\; id=1'}}")
        lines.append("mta-sts: {type: A, value: 192.0.2.80}")
    if move["wild"]:
        lines.append(f"'*': {{type: TXT, ttl: {ttl[6]}, value: 'hello'}}")
    return "\n".join(lines) + "\n"


def plan_text(move: Move) -> str:
    after = f"{{receives: {move['receives'][1]}, sends: [{', '.join(move['sends'][1])}]"
    after += f", dmarc: {{p: {move['to']}}}" if move["to"] else ""
    mail = f"a.test: {after}}}"
    mail += ", s.a.test: {receives: new, sends: [new]}" if move["sub"] else ""
    return f"safety: {move['safety']}\nstages:\n  - {{name: one, mail: {{{mail}}}}}\n"


def worked(move: Move, laws: Iterable[Law] = LAWS) -> Planned:
    declared = systems_of(move) + f"mail: {{a.test: {{receives: web, sends: [{', '.join(move['sends'][0])}]}}}}\n"
    policies = {"a.test.": POLICY.format(mode=move["sts"], age=move["age"])} if move["sts"] else {}
    world = World({"zones/a.test.yaml": zone_of(move)}, policies, {"a.test.": move["soa"]}, no_rules())
    return planned(plan_text(move), declared, world, laws)


def replayed(found: Planned, cautious: bool) -> list[Moment]:
    """The moments of a plan that is carried out as fast as it permits: gates are passed as soon as they are true."""
    first = found.steps[0].moments[0] if found.steps else None
    if first is None:
        return []
    time, moments = 0.0, [_moment(-365.0 * DAY, first, first.sending, first.behaviour.listening)]
    changed = rose = -15.0 * DAY
    for step in found.steps:
        start, ready, after, end = step.moments
        if step.phase == "retire" and any(gate.id.startswith("unused-") for gate in step.gates):
            changed = time  # the old senders stop as late as the gate permits
            time += 7 * DAY
        if step.phase == "tighten":
            time = max(time, changed + 14 * DAY, rose + 14 * DAY)
            rose = time
        listening = ready.behaviour.listening & end.behaviour.listening
        if ready.sending != moments[-1].sending:
            stop = time - 7 * DAY if step.phase == "retire" else time
            moments.append(
                _moment(stop, moments[-1].view.under(ready.behaviour), ready.sending, ready.behaviour.listening)
            )
        if start.behaviour.listening != ready.behaviour.listening:
            moments.append(_moment(time, ready, ready.sending, ready.behaviour.listening))
        if after.sending != ready.sending:
            changed = time
        moments.append(_moment(time, end, ready.sending | after.sending, listening))
        time += step.wait.of(cautious)
    return moments


def _moment(
    time: float, view: Any, sending: frozenset[tuple[str, str]], listening: frozenset[tuple[str, str]]
) -> Moment:
    return Moment(time, view, sending, listening, view.behaviour.homes)


def lost(move: Move, laws: Iterable[Law] = LAWS) -> list[str]:
    """What the plan of a move loses; nothing where it is refused."""
    found = worked(move, laws)
    if found.refusals and laws:
        return []
    is_cautious = move["safety"] == "cautious"
    refresh = move["soa"].refresh
    lag = (3600 if refresh is None else refresh) if is_cautious else 300
    return all_losses(replayed(found, is_cautious), Net(move["soa"], max(lag, 300), 3600 if is_cautious else 0))


@settings(max_examples=30, phases=UNSHRUNK, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moves())
def test_no_plan_loses_mail(move: Move) -> None:
    assert lost(move) == []


@settings(max_examples=20, phases=UNSHRUNK, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moves())
def test_few_plans_of_sound_estates_are_refused(move: Move) -> None:
    assert [refusal.message for refusal in worked(move).refusals] == []


SAMPLE = Move(
    receives=["web", "new"], sends=[["erp", "web"], ["erp", "new"]], keys={"web", "new"}, verified=True, finder=True,
    sts="enforce", age=604_800, p="none", to="reject", sub=True, wild=False, ttls=[3600] * 8,
    soa=Soa(3600, 10_800, 7200, "lock"), safety="rfc",
)  # fmt: skip
BRIEF = Move(SAMPLE, ttls=[60] * 8, sts="", sub=False, verified=False)
"""One in which nothing hides how long negative answers live."""


def test_the_samples_are_sound() -> None:
    for move in [Move(each, safety=safety) for safety in ("rfc", "cautious") for each in (SAMPLE, BRIEF)]:
        assert worked(move).refusals == ()
        assert lost(move) == []


def nothing_is_forgotten(*_: Any) -> waits.Held:
    return waits.Held(0, 0, "")


@pytest.mark.parametrize(
    ("safety", "mutant"),
    [
        ("rfc", lambda wait: Wait(0, 0, "")),
        ("rfc", lambda wait: Wait(max(0, wait.seconds - 300), 0, "")),
        ("cautious", lambda wait: Wait(0, wait.seconds, "")),
    ],
    ids=["no wait", "no propagation", "no caution"],
)
def test_a_shorter_wait_loses_mail(safety: str, mutant: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = waits.wait_after
    monkeypatch.setattr(steps, "wait_after", lambda *given: mutant(kept(*given)))
    monkeypatch.setattr(steps, "_BEFORE", {})
    monkeypatch.setattr(steps, "OLD_LISTENS", 0)
    assert lost(Move(BRIEF, safety=safety))


def test_forgetting_what_was_not_there_loses_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waits, "nothing", nothing_is_forgotten)
    assert lost(BRIEF)


@pytest.mark.parametrize(
    "order",
    [
        ("ttl", "verify", "switch", "authorise", "policy", "clients", "retire", "end", "ttl-up", "tighten"),
        ("verify", "authorise", "policy", "switch", "clients", "retire", "end", "ttl", "ttl-up", "tighten"),
        ("ttl", "verify", "retire", "authorise", "policy", "switch", "clients", "end", "ttl-up", "tighten"),
        ("ttl", "authorise", "policy", "switch", "verify", "clients", "retire", "end", "ttl-up", "tighten"),
    ],
)
def test_the_laws_refuse_every_other_order_that_loses_mail(
    order: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "PHASES", order)
    assert worked(SAMPLE).refusals
    assert lost(SAMPLE, ())
