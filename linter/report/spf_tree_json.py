"""The tree of an SPF record, and an evaluation of it, as one JSON document."""

import json
from collections.abc import Sequence

from linter.facts.spf.cost import NONE, ONE, Lookups, SpfTree, TreeTerm
from linter.facts.spf.trace import Asked, Evaluated, Evaluation, Outcome
from linter.source.text import Span
from linter.source.typed import Any

from .spf_tree_text import MOST_LEVELS, is_open, presented


def spf_json(
    tree: SpfTree,
    unknown: Sequence[str],
    problems: Sequence[str],
    outcome: Outcome | None,
    steps: Sequence[str] = (),
) -> str:
    """The document. `shorter`, where it is there, are steps to fewer lookups in words.

    `result`, `reason`, `trace` and, where there is one, `explanation` are there with an outcome.

    `void_lookups` is the worse of the two IP versions of clients. `otherwise`, where it is there, says which receivers
    come to another result. `result` is null where it depends on names that are not known; these are then in
    `unknown`. A `max` of lookups is null where a record that is not known adds to it. `trace` says in `domain` whose
    record was evaluated: that of MAIL FROM, else of HELO.
    """
    document: dict[str, Any] = {
        "domain": tree.name,
        "record": tree.spf.text if tree.spf else None,
        "lookups": _lookups(tree.lookups, tree.is_open),
        "void_lookups": tree.most_voids,
        "void_lookups_ipv4": tree.voids4,
        "void_lookups_ipv6": tree.voids6,
        "unknown": list(dict.fromkeys((*unknown, *(outcome.unknown if outcome else ())))),
        "problems": list(problems),
        "tree": _record(tree, NONE, False, {id(tree)}, 0),
    }
    if steps:
        document["shorter"] = list(steps)
    if outcome is not None:
        document |= {"result": outcome.result, "reason": outcome.reason, "trace": _evaluation(outcome.trace)}
        if outcome.otherwise:
            document["otherwise"] = outcome.otherwise
        if outcome.explanation:
            document["explanation"] = outcome.explanation
    return json.dumps(document, indent=2, ensure_ascii=True)


def _source(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"path": span.source.path, "line": span.source.position(span.start).line}


def _lookups(lookups: Lookups, is_more: bool) -> dict[str, int | None]:
    return {"min": lookups.min, "max": None if is_more else lookups.max}


def _record(tree: SpfTree, base: Lookups, is_more: bool, drawn: set[int], depth: int) -> dict[str, Any]:
    """One record; `is_more` is whether what was counted before it is known in part only.

    Its terms are left out where it stands in the document before, or very deep (`omitted`).
    """
    found: dict[str, Any] = {
        "name": tree.name,
        "status": tree.status,
        "record": tree.spf.text if tree.spf else None,
        "source": _source(tree.span),
        "origin": tree.origin or None,
        "lookups": _lookups(tree.lookups, tree.is_open),
        "void_lookups": tree.most_voids,
        "void_lookups_ipv4": tree.voids4,
        "void_lookups_ipv6": tree.voids6,
    }
    if depth and (id(tree) in drawn or depth > MOST_LEVELS):
        return found | {"omitted": bool(tree.terms)}
    drawn.add(id(tree))
    terms = []
    for term in tree.terms:
        terms.append(_term(term, base, is_more, drawn, depth))
        is_more = is_more or is_open(term)
    return found | {"terms": terms}


def _term(term: TreeTerm, base: Lookups, is_more: bool, drawn: set[int], depth: int) -> dict[str, Any]:
    start = base.plus(Lookups(term.total.min - term.lookups.min, term.total.max - term.lookups.max)).plus(ONE)
    return {
        "term": term.text,
        "state": term.state,
        "lookups": _lookups(term.lookups, is_open(term)),
        "total": _lookups(base.plus(term.total), is_more or is_open(term)),
        "targets": list(term.targets),
        "void": list(dict.fromkeys((*term.voids4, *term.voids6))),
        "void_ipv4": list(term.voids4),
        "void_ipv6": list(term.voids6),
        "unknown": list(term.unknown),
        "mail_hosts": term.hosts,
        "records": [_record(below, start, is_more, drawn, depth + 1) for below in term.below],
    }


def _evaluation(evaluation: Evaluation) -> dict[str, Any]:
    """One record as it was evaluated. Recursion is safe: an evaluation follows at most ten records."""
    return {
        "domain": f"{evaluation.domain.lower()}.",
        "result": evaluation.result,
        "record": evaluation.spf.text if evaluation.spf else None,
        "asked": [_asked(asked) for asked in evaluation.asked],
        "terms": [_evaluated(term) for term in evaluation.terms],
    }


def _evaluated(term: Evaluated) -> dict[str, Any]:
    return {
        "term": term.text,
        "cost": term.cost,
        "total": term.total,
        "void_lookups": term.voids,
        "outcome": term.outcome,
        "note": term.note,
        "asked": [_asked(asked) for asked in term.asked],
        "record": _evaluation(term.inner) if term.inner else None,
    }


def _asked(asked: Asked) -> dict[str, Any]:
    return {
        "name": asked.name,
        "type": asked.kind,
        "status": asked.answer.status,
        "values": presented(asked.answer),
        "void": asked.is_void,
    }
