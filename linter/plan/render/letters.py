"""What to write to those whom a stage concerns: users, the old host, the vendor."""

from collections.abc import Iterator

from linter.plan.planned import Gate, Planned, StagePlan
from linter.records.text.name import dotless
from linter.report.shown import shown

_TO = (
    ("users-", "To the users"),
    ("remote-", "To the old host"),
    ("old-silent-", "To the old host"),
    ("mailboxes-", "To the new vendor"),
    ("gateway-", "To the new vendor"),
    ("dkim-", "To the new vendor"),
)


def plan_letters(planned: Planned) -> Iterator[str]:
    """One letter for each who is concerned, by stage."""
    for stage in planned.stages:
        for to in dict.fromkeys(to for _, to in _TO):
            held = [gate for gate in _gates(stage) if any(gate.id.startswith(lead) for lead, who in _TO if who == to)]
            if held:
                yield from _letter(planned, stage, to, held)


def _gates(stage: StagePlan) -> list[Gate]:
    return [gate for step in stage.steps for gate in step.gates]


def _letter(planned: Planned, stage: StagePlan, to: str, gates: list[Gate]) -> Iterator[str]:
    yield shown(f"{to}: {planned.plan.title}, {stage.name}")
    yield ""
    if to == "To the users":
        names = sorted({dotless(change.name) for step in stage.steps for change in step.changes if change.type == "MX"})
        about = ", ".join(names) or stage.name
        who = f" This concerns {', '.join(stage.people)}." if stage.people else ""
        yield shown(f"Mail for {about} moves to another server.{who} Your address stays as it is.")
        yield "Leave your mail program as it is until we write again: then you get a new server and a new password."
        yield "What you have sent and received comes with you."
    else:
        yield "Please do the following, and tell us when it is done:"
        for gate in gates:
            yield shown(f"- {gate.text}")
    yield ""
