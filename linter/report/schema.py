"""The JSON Schema of what `-f json` prints, whatever the command; and of each line of `-f jsonl`."""

from typing import Any, get_args

from linter.facts.mail.flow import ELSEWHERE, LOOPS, NO_ROUTE, NO_WAY, NOT_KNOWN, OPEN
from linter.facts.mail.in_place import State
from linter.facts.spf.check import RESULTS
from linter.finding import DECLARED, FACT, LIVE, LOCK, PACK, RECORDING, SEVERITIES, SNAPSHOT
from linter.source.schema_head import schema_head

_TEXT: dict[str, Any] = {"type": "string"}
_MAYBE_TEXT: dict[str, Any] = {"type": ["string", "null"]}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
_PLACE: dict[str, Any] = {"type": "integer", "minimum": 1}
_MAYBE: dict[str, Any] = {"type": ["boolean", "null"]}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_VERSION: dict[str, Any] = {"const": 1}


def report_schema() -> dict[str, Any]:
    """The schema; `$defs` has the documents by the commands that print them."""
    documents = ("findings", "spf", "senders", "records", "rules", "review")
    return {
        **schema_head("report", "What `mailzone` prints with `-f json`; `-f jsonl` prints a `finding` on each line"),
        "oneOf": [{"$ref": f"#/$defs/{each}"} for each in documents],
        "$defs": {
            "findings": _findings(),
            "finding": _finding(),
            "evidence": _evidence(),
            "spf": _spf(),
            "spf-record": _spf_record(),
            "evaluation": _evaluation(),
            "question": _question(),
            "lookups": _object(
                min=_COUNT,
                max={"anyOf": [{"type": "null"}, _COUNT], "description": "null where a record is not known"},
            ),
            "senders": _object(version=_VERSION, names=_list(_name())),
            "records": _object(version=_VERSION, domain=_TEXT, records=_list(_record()), steps=_list(_step())),
            "rules": _object(version=_VERSION, rules=_list(_rule())),
            "review": _review(),
        },
    }


def _object(optional: tuple[str, ...] = (), description: str = "", **properties: Any) -> dict[str, Any]:
    """An object of exactly these properties, all of which are there but for the optional ones."""
    shape = {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }
    return {"description": description, **shape} if description else shape


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _findings() -> dict[str, Any]:
    return _object(
        ("unknown",),
        "of `check`, `compare` and `lock --check`; `unknown` is of `compare`: the sets that no server answered for",
        version=_VERSION,
        tool=_object(name={"const": "mailzone"}, version=_TEXT),
        summary=_summary(),
        findings=_list(_ref("finding")),
        problems=_list(_object(message=_TEXT, path=_TEXT, zone=_MAYBE_TEXT, rule=_MAYBE_TEXT)),
        unknown=_list(
            _object(path=_MAYBE_TEXT, zone=_MAYBE_TEXT, name=_MAYBE_TEXT, type=_MAYBE_TEXT, reason=_MAYBE_TEXT)
        ),
    )


def _summary() -> dict[str, Any]:
    return _object(
        ("unknown", "fixed"),
        files=_COUNT,
        zones=_COUNT,
        records=_COUNT,
        error=_COUNT,
        warning=_COUNT,
        info=_COUNT,
        skipped=_COUNT,
        fixed={**_COUNT, "description": "findings that are gone because `check --fix` has fixed them"},
        suppressed=_object(
            ("since",),
            "findings that do not count, by what holds them back; `since` is what a revision had already",
            baseline=_COUNT,
            ignored=_COUNT,
            overridden=_COUNT,
            since=_COUNT,
        ),
        configurations=_TEXTS,
        profile=_TEXT,
        errors_off=_COUNT,
        errors_lowered=_COUNT,
        unknown=_COUNT,
    )


def _finding() -> dict[str, Any]:
    return _object(
        description="lines and columns count from 1 in code points, ends lie past the last character",
        rule=_TEXT,
        severity={"enum": list(SEVERITIES)},
        message=_TEXT,
        help=_TEXT,
        path={**_TEXT, "description": "as it was given"},
        line=_PLACE,
        column=_PLACE,
        end_line=_PLACE,
        end_column=_PLACE,
        zone=_MAYBE_TEXT,
        name=_MAYBE_TEXT,
        type=_MAYBE_TEXT,
        reference=_TEXT,
        related=_list(_object(path=_TEXT, line=_PLACE, column=_PLACE, message=_TEXT)),
        fix={"anyOf": [{"type": "null"}, _fix()]},
        fingerprint={
            "type": "string",
            "pattern": "^[0-9a-f]{16}$",
            "description": "the same as long as the fault is, wherever its line or file moves within the estate",
        },
        evidence=_list(_ref("evidence")),
    )


def _evidence() -> dict[str, Any]:
    return _object(
        (),
        "whose word it rests on: the files, recorded answers, what vendors published or say, servers, a demand",
        kind={"enum": [DECLARED, LOCK, RECORDING, SNAPSHOT, FACT, LIVE, PACK]},
        source={**_TEXT, "description": "the file, the server, the pack with its reason, or who said so"},
        seen={**_MAYBE_TEXT, "description": "the day, or the month or year of it"},
        confirmed={"type": "boolean", "description": "whether it was read in the words of whom it is about"},
    )


def _fix() -> dict[str, Any]:
    edit = _object(path=_TEXT, start=_COUNT, end=_COUNT, text=_TEXT)
    return _object(
        ("why",),
        "edits in code points of a file's text, a byte order mark not counted, that this finding alone is gone with; "
        "those that are not safe change what is served, and `why` says how",
        safe={"type": "boolean"},
        why=_TEXT,
        edits=_list(edit),
    )


def _spf() -> dict[str, Any]:
    return _object(
        ("shorter", "result", "reason", "trace", "otherwise", "explanation"),
        "of `spf`; `shorter` is there with `--shorten`, the others that are not required with `--ip`",
        domain=_TEXT,
        record=_MAYBE_TEXT,
        lookups=_ref("lookups"),
        void_lookups=_COUNT,
        void_lookups_ipv4=_COUNT,
        void_lookups_ipv6=_COUNT,
        unknown=_TEXTS,
        problems=_TEXTS,
        tree=_ref("spf-record"),
        shorter=_TEXTS,
        result={"enum": [*RESULTS, None]},
        reason=_TEXT,
        trace=_ref("evaluation"),
        otherwise=_TEXT,
        explanation=_TEXT,
    )


def _spf_record() -> dict[str, Any]:
    term = _object(
        term=_TEXT,
        state=_TEXT,
        lookups=_ref("lookups"),
        total=_ref("lookups"),
        targets=_TEXTS,
        void=_TEXTS,
        void_ipv4=_TEXTS,
        void_ipv6=_TEXTS,
        unknown=_TEXTS,
        mail_hosts=_COUNT,
        records=_list(_ref("spf-record")),
    )
    return _object(
        ("terms", "omitted"),
        "one record; `omitted` instead of `terms` says whether it has terms shown elsewhere, or too deep",
        name=_TEXT,
        status=_TEXT,
        record=_MAYBE_TEXT,
        source={"anyOf": [{"type": "null"}, _object(path=_TEXT, line=_PLACE)]},
        origin=_MAYBE_TEXT,
        lookups=_ref("lookups"),
        void_lookups=_COUNT,
        void_lookups_ipv4=_COUNT,
        void_lookups_ipv6=_COUNT,
        terms=_list(term),
        omitted={"type": "boolean"},
    )


def _evaluation() -> dict[str, Any]:
    term = _object(
        term=_TEXT,
        cost=_COUNT,
        total=_COUNT,
        void_lookups=_COUNT,
        outcome=_TEXT,
        note=_TEXT,
        asked=_list(_ref("question")),
        record={"anyOf": [{"type": "null"}, _ref("evaluation")]},
    )
    return _object(
        description="one record as a receiver evaluates it",
        domain=_TEXT,
        result=_MAYBE_TEXT,
        record=_MAYBE_TEXT,
        asked=_list(_ref("question")),
        terms=_list(term),
    )


def _question() -> dict[str, Any]:
    return _object(name=_TEXT, type=_TEXT, status=_TEXT, values=_TEXTS, void={"type": "boolean"})


def _name() -> dict[str, Any]:
    routes = {"enum": [OPEN, NO_ROUTE, NO_WAY, LOOPS, ELSEWHERE, NOT_KNOWN]}
    selector = _object(name=_TEXT, published=_MAYBE, testing={"type": "boolean"})
    sender = _object(
        system=_TEXT,
        provider=_MAYBE_TEXT,
        spf={"anyOf": [{"type": "null"}, _object(domain=_TEXT, result=_TEXT, aligned=_MAYBE, uncovered=_TEXTS)]},
        dkim=_object(domain=_TEXT, state=_TEXT, aligned=_MAYBE, selectors=_list(selector)),
        dmarc=_object(
            verdict=_TEXT,
            policy=_TEXT,
            outcome=_TEXT,
            forwarded=_TEXT,
            policy_rfc7489=_TEXT,
            testing={"type": "boolean"},
            pct={"type": ["integer", "null"]},
        ),
    )
    return _object(
        description="one declared name of `senders`; null is unknown",
        name=_TEXT,
        mail={"type": "boolean"},
        receives=_MAYBE_TEXT,
        behind=_MAYBE_TEXT,
        split=_list(_object(to=_TEXT, through=_MAYBE_TEXT, route=routes)),
        mx=_object(status=_TEXT, hosts=_TEXTS),
        undeclared=_TEXTS,
        senders=_list(sender),
    )


def _record() -> dict[str, Any]:
    return _object(
        description="one record of `records`; `state` is present, missing, differs, elsewhere or unknown",
        name=_TEXT,
        type=_TEXT,
        purpose=_TEXT,
        system=_TEXT,
        state={"enum": list(get_args(State))},
        values=_TEXTS,
        found=_TEXTS,
        hint=_TEXT,
    )


def _step() -> dict[str, Any]:
    return _object(
        description="a step outside DNS, in the order of the list",
        system=_TEXT,
        what=_TEXT,
        where=_TEXT,
        when={"enum": ["first", "before-mx", "after-mx", "after-dkim", "last"]},
        source=_TEXT,
        seen=_TEXT,
        confirmed={"type": "boolean"},
    )


def _rule() -> dict[str, Any]:
    severity = {"enum": [*SEVERITIES, "off"]}
    return _object(
        ("others", "reference", "options", "aliases", "page"),
        "a rule; `others` are severities that a run gives in some cases, `page` is its manual in Markdown",
        name=_TEXT,
        family=_TEXT,
        severity=severity,
        summary=_TEXT,
        others=_list(_object(severity=severity, when=_TEXT)),
        reference=_TEXT,
        options={"type": "object"},
        aliases=_TEXTS,
        page=_TEXT,
    )


_SPOT: Any = {"path": _MAYBE_TEXT, "line": {"type": ["integer", "null"], "minimum": 1}}


def _review() -> dict[str, Any]:
    return _object(
        description="of `review`; `steps` is what must not be merged together, `refused` whether there is any, `split` "
        "the steps to do it in, `status` the exit status; null is what is not there",
        version=_VERSION,
        base=_TEXT,
        head=_TEXT,
        verdict=_TEXT,
        nothing={"type": "boolean"},
        refused={"type": "boolean"},
        status={"enum": [0, 1, 2]},
        names=_TEXTS,
        systems=_TEXTS,
        held=_MAYBE_TEXT,
        changes=_list(_change()),
        senders=_list(_changed_sender()),
        addresses={"type": "object", "additionalProperties": _changed_addresses()},
        steps=_list(_object(law=_TEXT, title=_TEXT, source=_TEXT, name=_TEXT, message=_TEXT, insert=_TEXT)),
        split=_list(_split_step()),
        findings=_object(new=_list(_ref("finding")), fixed=_list(_ref("finding"))),
        suppressions=_list(_object(kind=_TEXT, message=_TEXT, **_SPOT)),
        unknown=_TEXTS,
        notes=_TEXTS,
        problems=_list(_object(path=_TEXT, message=_TEXT)),
    )


def _change() -> dict[str, Any]:
    severity = {"enum": list(SEVERITIES)}
    return _object(kind=_TEXT, name=_TEXT, before=_TEXT, after=_TEXT, message=_TEXT, severity=severity, **_SPOT)


def _changed_sender() -> dict[str, Any]:
    row = _object(name=_TEXT, system=_TEXT, spf=_MAYBE_TEXT, dkim=_TEXT, dmarc=_TEXT, policy=_TEXT)
    verdict = {"enum": ["better", "worse", "other"]}
    return _object(name=_TEXT, system=_TEXT, declared={"type": "boolean"}, verdict=verdict, before=row, after=row)


def _changed_addresses() -> dict[str, Any]:
    networks: Any = {"added": _TEXTS, "removed": _TEXTS, "added_ipv4": _COUNT, "removed_ipv4": _COUNT}
    costs = {"anyOf": [{"type": "null"}, _ref("lookups")]}
    known: Any = {"known": {"type": "boolean"}, "unknown": _TEXTS, "source": _MAYBE_TEXT}
    return _object(**networks, **known, lookups=_object(before=costs, after=costs))


def _split_step() -> dict[str, Any]:
    changes = _list(_object(name=_TEXT, type=_TEXT, what=_TEXT, **_SPOT))
    wait = _object(seconds=_COUNT, cautious_seconds=_COUNT, because=_TEXT)
    return _object(phase=_TEXT, title=_TEXT, changes=changes, wait=wait)
