"""A plan as a run book for a ticket: check boxes, tables, diagrams."""

from collections.abc import Iterator
from datetime import date

from linter.plan.estate import RecordSet
from linter.plan.model import CAUTIOUS
from linter.plan.planned import Planned, Refusal, SetChange, StagePlan, Step
from linter.plan.words import seen_after, span_of, stop_here, waited
from linter.records.text.name import dotless
from linter.report.shown import shown

from .diagrams import flow, gantt


def plan_markdown(planned: Planned, today: date) -> Iterator[str]:
    """The whole document."""
    yield f"# {_text(planned.plan.title)}"
    yield ""
    rfc, cautious = span_of(planned.seconds), span_of(planned.cautious_seconds)
    yield f"{len(planned.steps)} steps. All waits together: {rfc} (rfc), {cautious} (cautious)."
    yield f"This plan keeps **{planned.plan.safety}**."
    yield from _refusals(planned)
    if planned.steps:
        yield from ("", "```mermaid", *gantt(planned, today), "```")
    for stage in planned.stages:
        yield from _stage(planned, stage)
    yield from _standing(planned)


def _refusals(planned: Planned) -> Iterator[str]:
    if planned.refusals:
        yield ""
        yield "## Must not be done so"
        yield ""
    for refusal in planned.refusals:
        yield _refusal(refusal)


def _refusal(refusal: Refusal) -> str:
    place = ""
    if refusal.span is not None:
        position = refusal.span.source.position(refusal.span.start)
        place = f"{_text(refusal.span.source.path)} line {position.line}: "
    law = f" ({refusal.law})" if refusal.law else ""
    way_out = f". {_text(refusal.insert)}" if refusal.insert else ""
    return f"- {place}{_text(refusal.message)}{law}{way_out}"


def _stage(planned: Planned, stage: StagePlan) -> Iterator[str]:
    yield ""
    yield f"## {_text(stage.name)}"
    if stage.people:
        yield ""
        yield f"Moved: {_text(', '.join(stage.people))}"
    if not stage.steps:
        yield ""
        yield "Nothing to do."
        return
    yield from ("", "```mermaid", *flow(stage), "```")
    for step in stage.steps:
        yield from _step(step, planned.plan.safety == CAUTIOUS)
    if stage.point_of_no_return:
        yield ""
        yield f"Point of no return: step {stage.point_of_no_return}."


def _step(step: Step, is_cautious: bool) -> Iterator[str]:
    laws = f" ({', '.join(step.laws)})" if step.laws else ""
    yield ""
    yield f"### {step.id} {_text(step.title)}{laws}"
    yield ""
    yield f"{_text(step.reason[:1].upper() + step.reason[1:])}."
    yield ""
    for gate in step.gates:
        yield f"- [{'x' if gate.done else ' '}] {_text(gate.text)} *({_text(gate.source)}; `{gate.id}`)*"
    for missing in step.missing:
        yield f"- [ ] Look up {_text(missing.what)}: {_text(missing.where)}"
    for file in step.files:
        yield f"- [ ] {_text(file.path)}: {_text(file.what)}"
    if step.changes:
        yield "- [ ] Publish:"
        yield from ("", "| name | type | before | after |", "|---|---|---|---|")
        yield from map(_row, step.changes)
        yield ""
    for line in step.declare:
        yield f"- [ ] Declare {_text(line)}"
    for command in step.verify:
        yield f"- [ ] Verify: {_code(command)}"
    if step.wait.cautious_seconds:
        yield f"- [ ] Wait {waited(step.wait, is_cautious)}: {_text(step.wait.because)}"
    yield f"- Back: {_text(step.back.how)}{seen_after(step.back)}. {stop_here(step.safe).capitalize()}."


def _row(change: SetChange) -> str:
    return f"| {_code(dotless(change.name))} | {change.type} | {_set(change.before)} | {_set(change.after)} |"


def _set(held: RecordSet | None) -> str:
    if held is None or not held.values:
        return "none"
    return "<br>".join((*map(_code, held.values), f"TTL {held.seconds}"))


def _standing(planned: Planned) -> Iterator[str]:
    if planned.standing:
        yield ""
        yield "## Wrong before the plan begins"
        yield ""
    for finding in planned.standing:
        position = finding.span.source.position(finding.span.start)
        yield f"- {_text(finding.span.source.path)} line {position.line}: {_text(finding.message)} ({finding.rule})"


def _text(text: str) -> str:
    """Text from somebody's file that stays text; code spans in our own sentences stay code."""
    plain = shown(text).replace("&", "&amp;").replace("<", "&lt;")
    parts = plain.split("`")
    if len(parts) % 2 == 0:
        return "".join(f"\\{each}" if each in "\\`*_[]|" else each for each in plain)
    for place in range(0, len(parts), 2):
        parts[place] = "".join(f"\\{each}" if each in "\\*_[]|" else each for each in parts[place])
    return "`".join(part.replace("|", "\\|") if place % 2 else part for place, part in enumerate(parts))


def _code(text: str) -> str:
    """Text as code, also within a table."""
    plain = shown(text).replace("|", "\\|")
    fence = "`"
    while fence in plain:
        fence += "`"
    pad = " " if "`" in plain else ""
    return f"{fence}{pad}{plain}{pad}{fence}"
