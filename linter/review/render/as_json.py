"""A review as one JSON document, version 1 of its shape."""

import json

from linter.finding import Finding
from linter.plan.render.as_json import sender
from linter.report.fingerprint import marked
from linter.report.json_format import finding_entry
from linter.review.model import AddressChange, Change, Place, Review, SplitStep, Widened
from linter.source.typed import Any

from .sentences import NOTHING, verdict

_MOST_NETWORKS = 1_000


def review_json(review: Review, status: int) -> str:
    """The document; null stands for what is not there."""
    document: dict[str, Any] = {
        "version": 1,
        "base": review.base,
        "head": review.head,
        "verdict": verdict(review),
        "nothing": verdict(review) == NOTHING,
        "refused": bool(review.apart),
        "status": status,
        "names": list(review.names),
        "systems": list(review.systems),
        "held": review.held or None,
        "changes": [_change(change) for change in review.changes],
        "senders": [_sender(row) for row in review.senders],
        "addresses": {each.name: _addresses(each) for each in review.addresses},
        "steps": [each._asdict() for each in review.apart],
        "split": [_split(step) for step in review.split],
        "findings": {"new": _findings(review.new), "fixed": _findings(review.fixed)},
        "suppressions": [_widened(each) for each in review.widened],
        "unknown": list(review.unknown),
        "notes": list(review.notes),
        "problems": [{"path": path, "message": reason} for path, reason in review.problems],
    }
    return json.dumps(document, indent=2, ensure_ascii=True)


def _place(place: Place | None) -> dict[str, Any]:
    return {"path": place.path if place else None, "line": place.line if place else None}


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "name": change.name,
        "before": change.before,
        "after": change.after,
        "message": change.message,
        "severity": change.severity,
        **_place(change.place),
    }


def _sender(row: Any) -> dict[str, Any]:
    return {
        "name": row.name,
        "system": row.system,
        "declared": row.is_declared,
        "verdict": row.verdict,
        "before": sender(row.before),
        "after": sender(row.after),
    }


def _addresses(each: AddressChange) -> dict[str, Any]:
    return {
        "added": list(each.added[:_MOST_NETWORKS]),
        "removed": list(each.removed[:_MOST_NETWORKS]),
        "added_ipv4": each.came,
        "removed_ipv4": each.went,
        "known": each.is_known,
        "unknown": list(each.unknown),
        "source": each.origin or None,
        "lookups": {
            "before": each.before._asdict() if each.before is not None else None,
            "after": each.after._asdict() if each.after is not None else None,
        },
    }


def _split(step: SplitStep) -> dict[str, Any]:
    pieces = [
        {"name": piece.name, "type": piece.type, "what": piece.what, **_place(piece.place)} for piece in step.pieces
    ]
    return {"phase": step.phase, "title": step.title, "changes": pieces, "wait": step.wait._asdict()}


def _findings(found: tuple[Finding, ...]) -> list[dict[str, Any]]:
    return [finding_entry(finding, mark) for finding, mark in marked(found)]


def _widened(each: Widened) -> dict[str, Any]:
    return {"kind": each.kind, "message": each.message, **_place(each.place)}
