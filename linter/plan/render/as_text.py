"""A plan as text for a terminal."""

from collections.abc import Iterator

from linter.plan.estate import RecordSet
from linter.plan.model import CAUTIOUS
from linter.plan.planned import Planned, Refusal, SetChange, Step
from linter.plan.words import seen_after, span_of, stop_here, waited
from linter.records.text.name import dotless
from linter.report.place import where
from linter.report.shown import shown

_MOST_STANDING = 20


def plan_text(planned: Planned) -> Iterator[str]:
    """All steps, then what must not be done, then what was wrong before."""
    is_cautious = planned.plan.safety == CAUTIOUS
    yield shown(planned.plan.title)
    for stage in planned.stages:
        yield ""
        people = f" ({', '.join(stage.people)})" if stage.people else ""
        yield shown(f"Stage {stage.name}{people}")
        if not stage.steps:
            yield "  nothing to do"
        for step in stage.steps:
            yield from _step(step, is_cautious)
        if stage.point_of_no_return:
            yield f"  From step {stage.point_of_no_return} on, records alone do not bring the old system back."
    yield ""
    yield from _totals(planned)
    yield from refusals_text(planned)
    yield from _standing(planned)


def _totals(planned: Planned) -> Iterator[str]:
    count = len(planned.steps)
    if not count:
        yield "Nothing to do: the records are as the stages declare."
        return
    rfc, cautious = span_of(planned.seconds), span_of(planned.cautious_seconds)
    yield f"{count} step{'s' * (count != 1)}; all waits together: {rfc} (rfc), {cautious} (cautious)"


def _step(step: Step, is_cautious: bool) -> Iterator[str]:
    mark = "" if step.due else "  (not due yet)"
    laws = f"  [{', '.join(step.laws)}]" if step.laws else ""
    yield ""
    yield shown(f"  {step.id}  {step.title}{laws}{mark}")
    yield shown(f"       why: {step.reason}")
    for gate in step.gates:
        yield shown(f"       [{'x' if gate.done else ' '}] {gate.text} ({gate.source}; done: {gate.id})")
    for missing in step.missing:
        yield shown(f"       look up: {missing.what}; {missing.where}")
    for file in step.files:
        yield shown(f"       file {file.path}: {file.what}")
    for change in step.changes:
        yield from _change(change)
    for line in step.declare:
        yield shown(f"       declare: {line}")
    if step.wait.cautious_seconds:
        yield shown(f"       then wait {waited(step.wait, is_cautious)}: {step.wait.because}")
    for command in step.verify:
        yield shown(f"       verify: {command}")
    yield shown(f"       back: {step.back.how}{seen_after(step.back)}")
    yield f"       {stop_here(step.safe)}"


def _change(change: SetChange) -> Iterator[str]:
    name = dotless(change.name)
    yield shown(f"       {name} {change.type}{_ttl(change)}")
    old = change.before.values if change.before is not None else ()
    new = change.after.values if change.after is not None else ()
    for value in old:
        yield shown(f"         {' ' if value in new else '-'} {value}")
    for value in new:
        if value not in old:
            yield shown(f"         + {value}")


def _ttl(change: SetChange) -> str:
    def seconds(held: RecordSet | None) -> int | None:
        return held.seconds if held is not None else None

    old, new = seconds(change.before), seconds(change.after)
    if old is not None and new is not None and old != new:
        return f"  TTL {old} -> {new}"
    return ""


def refusals_text(planned: Planned) -> Iterator[str]:
    """What must not be done, each with its place in the plan and the way out."""
    if not planned.refusals:
        return
    yield ""
    yield "Must not be done so:"
    for refusal in planned.refusals:
        yield from _refusal(refusal)


def _refusal(refusal: Refusal) -> Iterator[str]:
    place = f"{where(refusal.span)}: " if refusal.span is not None else ""
    yield shown(f"  {place}{refusal.message}{f' [{refusal.law}]' if refusal.law else ''}")
    if refusal.insert:
        yield shown(f"      {refusal.insert}")


def _standing(planned: Planned) -> Iterator[str]:
    if not planned.standing:
        return
    yield ""
    yield "Wrong before the plan begins, whatever it does:"
    for finding in planned.standing[:_MOST_STANDING]:
        position = finding.span.source.position(finding.span.start)
        yield shown(f"  {finding.span.source.path}:{position.line}: {finding.message} [{finding.rule}]")
    if len(planned.standing) > _MOST_STANDING:
        yield f"  and {len(planned.standing) - _MOST_STANDING} more; `mailzone check` lists them"
