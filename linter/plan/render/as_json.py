"""A plan as JSON: the document that other programs read."""

import json

from linter.facts.mail.senders import Sender
from linter.plan.estate import RecordSet
from linter.plan.planned import Planned, Refusal, SetChange, Step
from linter.source.typed import Any


def plan_json(planned: Planned) -> str:
    """The document; null stands for no record set, and for what is not known."""
    stages = [
        {
            "name": stage.name,
            "people": list(stage.people),
            "point_of_no_return": stage.point_of_no_return or None,
            "steps": [_step(step) for step in stage.steps],
        }
        for stage in planned.stages
    ]
    document = {
        "version": 1,
        "title": planned.plan.title,
        "safety": planned.plan.safety,
        "stages": stages,
        "totals": {"seconds": planned.seconds, "cautious_seconds": planned.cautious_seconds},
        "refusals": [_refusal(refusal) for refusal in planned.refusals],
        "standing": [_standing(finding) for finding in planned.standing],
    }
    return json.dumps(document, indent=2)


def _step(step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "title": step.title,
        "laws": list(step.laws),
        "reason": step.reason,
        "due": step.due,
        "safe": step.safe,
        "changes": [_change(change) for change in step.changes],
        "files": [{"path": file.path, "what": file.what} for file in step.files],
        "declare": list(step.declare),
        "gates": [gate._asdict() for gate in step.gates],
        "missing": [missing._asdict() for missing in step.missing],
        "wait": step.wait._asdict(),
        "verify": list(step.verify),
        "back": step.back._asdict(),
        "senders": [sender(row) for row in step.senders],
    }


def _change(change: SetChange) -> dict[str, Any]:
    return {
        "zone": change.zone,
        "name": change.name,
        "type": change.type,
        "before": _set(change.before),
        "after": _set(change.after),
    }


def _set(held: RecordSet | None) -> dict[str, Any] | None:
    return None if held is None else {"ttl": held.seconds, "values": list(held.values)}


def sender(row: Sender) -> dict[str, Any]:
    """One row of the matrix."""
    return {
        "name": row.name,
        "system": row.needs.name,
        "spf": row.spf.state if row.spf is not None else None,
        "dkim": row.signing.state,
        "dmarc": row.verdict,
        "policy": row.policy,
    }


def _refusal(refusal: Refusal) -> dict[str, Any]:
    place: dict[str, Any] = {"path": None, "line": None, "column": None}
    if refusal.span is not None:
        position = refusal.span.source.position(refusal.span.start)
        place = {"path": refusal.span.source.path, "line": position.line, "column": position.column}
    return {"law": refusal.law, "message": refusal.message, **place, "insert": refusal.insert}


def _standing(finding: Any) -> dict[str, Any]:
    position = finding.span.source.position(finding.span.start)
    place = {"path": finding.span.source.path, "line": position.line, "column": position.column}
    return {"rule": finding.rule, "severity": finding.severity, "message": finding.message, **place}
