"""Which step of a plan the servers of its zones serve, by how many of them, and when the next one is due."""

from collections.abc import Iterable, Iterator, Mapping

from linter.facts.drift.expected import AS_DECLARED, NOTHING, Expectations, expectations
from linter.lookup.served import Pair, Served
from linter.plan.planned import Planned, Step
from linter.records.text.name import dotless
from linter.source.frozen import Frozen

START = "before the plan"


class ZoneStatus(Frozen):
    """One zone: how many of its servers serve which step (None for the state before all), and those that serve none.

    `since` is the earliest day on which all of them were seen to serve what they do, "" where nobody recorded that.
    """

    zone: str
    steps: tuple[tuple[Step | None, int], ...]
    servers: int
    strangers: tuple[str, ...]
    since: str = ""

    @property
    def is_even(self) -> bool:
        """Whether all servers serve one and the same step."""
        return len(self.steps) == 1 and self.steps[0][1] == self.servers > 0


def pairs_of(planned: Planned) -> dict[str, tuple[Pair, ...]]:
    """All sets that the plan ever changes, by zone."""
    found: dict[str, dict[Pair, None]] = {}
    for step in planned.steps:
        for change in step.changes:
            found.setdefault(change.zone, {})[change.name, change.type] = None
    return {zone: tuple(pairs) for zone, pairs in found.items()}


def statuses(planned: Planned, seen: Mapping[str, Iterable[tuple[str, Served]]]) -> Iterator[ZoneStatus]:
    """The status of each zone; `seen` are, by zone, what was served and the day of it, the newest first."""
    for zone, pairs in pairs_of(planned).items():
        found = [(day, _status(planned, zone, pairs, served)) for day, served in seen.get(zone, ())]
        if not found:
            yield ZoneStatus(zone, (), 0, ())
            continue
        newest = found[0][1]
        same = [day for day, each in found if each.is_even and _id(each) == _id(newest) and day]
        yield newest._replace(since=min(same) if newest.is_even and same else "")


def _id(status: ZoneStatus) -> str:
    """The first step that is served, "" for the state before all."""
    step = status.steps[0][0] if status.steps else None
    return step.id if step is not None else ""


def _status(planned: Planned, zone: str, pairs: tuple[Pair, ...], served: Served) -> ZoneStatus:
    counts: dict[str, int] = {}
    known: dict[str, Step | None] = {}
    strangers = []
    for server in served.said:
        step, is_known = _of_server(planned, zone, pairs, served, server)
        if not is_known:
            strangers.append(server)
            continue
        key = step.id if step is not None else ""
        known[key] = step
        counts[key] = counts.get(key, 0) + 1
    found = tuple((known[key], count) for key, count in counts.items())
    return ZoneStatus(zone, found, len(served.servers), tuple(strangers))


def _of_server(
    planned: Planned, zone: str, pairs: tuple[Pair, ...], served: Served, server: str
) -> tuple[Step | None, bool]:
    """The last step whose records a server has, and whether there is one; None for the state before all."""
    one = served._replace(servers=(server,))
    steps = [step for step in planned.steps if any(change.zone == zone for change in step.changes)]
    for step in reversed(steps):
        if _fits(expectations(step.moments[-1].built.facts[zone]), pairs, one):
            return step, True
    return None, bool(steps) and _fits(expectations(steps[0].moments[0].built.facts[zone]), pairs, one)


def _fits(expectations: Expectations, pairs: tuple[Pair, ...], served: Served) -> bool:
    """Whether a server has all of these sets as some files declare them, TTLs included."""
    for pair in pairs:
        said = served.first(pair)
        view = expectations.view(pair, said)
        expected = expectations.at(pair)
        if not served.of(pair) or (expected is None) != (view == NOTHING):
            return False
        if expected is not None and expectations.told(pair, view) != AS_DECLARED:
            return False
        if expected is not None and expected.ttl is not None and said.ttl not in (None, expected.ttl):
            return False
    return True


def status_lines(planned: Planned, found: Iterable[ZoneStatus], is_cautious: bool) -> Iterator[str]:
    """What to say of each zone, and which step is next."""
    from linter.plan.words import span_of

    for status in found:
        shown = dotless(status.zone)
        if not status.servers:
            yield f"{shown}: what is served is not known"
            continue
        for step, count in status.steps:
            what = f"step {step.id} ({step.title})" if step is not None else START
            since = f", since {status.since} at the latest" if status.since else ""
            yield f"{shown}: {what} is served by {count} of {status.servers} servers{since}"
        if status.strangers:
            servers = ", ".join(status.strangers[:5])
            yield f"{shown}: {servers}: none of the plan's steps; `mailzone compare` shows what differs"
        if not status.is_even:
            yield f"{shown}: wait until all servers have one step"
            continue
        step = status.steps[0][0]
        following = _next(planned, step)
        if following is None:
            yield f"{shown}: the plan is done"
            continue
        seconds = step.wait.of(is_cautious) if step is not None else 0
        counted = "from then on" if status.since else "from now on, where it is not known since when it is served"
        gates = [gate.id for gate in following.gates if not gate.done]
        behind = f"; before it: {', '.join(gates)}" if gates else ""
        yield f"{shown}: next is {following.id} ({following.title}), due after {span_of(seconds)} {counted}{behind}"


def _next(planned: Planned, step: Step | None) -> Step | None:
    steps = list(planned.steps)
    place = [each.id for each in steps].index(step.id) + 1 if step is not None else 0
    return steps[place] if place < len(steps) else None
