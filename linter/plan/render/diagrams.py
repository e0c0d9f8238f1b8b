"""A plan as Mermaid diagrams: the steps over time, and the ways of mail before and after each stage."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from linter.plan.estate import View
from linter.plan.model import CAUTIOUS
from linter.plan.planned import Planned, StagePlan
from linter.records.text.name import dotless

from .calendar import dated


def plan_mermaid(planned: Planned, today: date) -> Iterator[str]:
    """All diagrams, one after the other, with a comment before each."""
    yield "%% steps over time"
    yield from gantt(planned, today)
    for stage in planned.stages:
        if stage.steps:
            yield f"%% mail before and after {_plain(stage.name)}"
            yield from flow(stage)


def gantt(planned: Planned, today: date) -> Iterator[str]:
    """The steps with their waits, by stage."""
    yield "gantt"
    yield f"  title {_plain(planned.plan.title)}"
    yield "  dateFormat YYYY-MM-DDTHH:mm"
    stage = ""
    is_cautious = planned.plan.safety == CAUTIOUS
    for each in dated(planned, today):
        if each.stage != stage:
            stage = each.stage
            yield f"  section {_plain(stage)}"
        seconds = max(60, each.step.wait.of(is_cautious))
        yield f"  {each.step.id} {_plain(each.step.title)} :{_stamp(each.begin)}, {max(1, seconds // 60)}m"


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


def flow(stage: StagePlan) -> Iterator[str]:
    """Who receives and sends for the names of a stage, before it and after it."""
    yield "flowchart LR"
    for number, (title, view) in enumerate(
        (("before", stage.steps[0].moments[0]), ("after", stage.steps[-1].moments[-1]))
    ):
        yield f"  subgraph {title}"
        yield from (f"    {line}" for line in _edges(view, _names(stage), f"v{number}"))
        yield "  end"


def _names(stage: StagePlan) -> list[str]:
    found = {row.name for step in stage.steps for row in step.senders}
    found |= {change.name for step in stage.steps for change in step.changes if change.type == "MX"}
    return sorted(found)


def _edges(view: View, names: Iterable[str], lead: str) -> Iterator[str]:
    for number, name in enumerate(names):
        mail = view.entries.get(name)
        if mail is None:
            continue
        node = f"{lead}n{number}"
        yield f'{node}["{_plain(dotless(name))}"]'
        hops = [word.text for word in (mail.behind, mail.receives) if word is not None]
        at = node
        for hop in hops:
            yield f'{at} -->|receives| {lead}s_{_id(hop)}["{_plain(hop)}"]'
            at = f"{lead}s_{_id(hop)}"
        for split in mail.splits:
            yield f'{at} -->|some mailboxes| {lead}s_{_id(split.to.text)}["{_plain(split.to.text)}"]'
        for word in mail.sends or ():
            yield f'{lead}s_{_id(word.text)}["{_plain(word.text)}"] -.->|sends| {node}'


def _id(text: str) -> str:
    return "".join(each if each.isascii() and each.isalnum() else f"u{ord(each):x}" for each in text)


def _plain(text: str) -> str:
    """Text that means nothing to Mermaid, in the middle of a line."""
    kept = "".join(each if each.isprintable() and each not in '"#;:<>[]{}|`%' else " " for each in text)
    return " ".join(kept.split()) or "-"
