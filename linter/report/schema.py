"""The JSON Schema of what `-f json` prints, whatever the command; and of each line of `-f jsonl`."""

from linter.facts.mail.flow import ELSEWHERE, LOOPS, NO_ROUTE, NO_WAY, NOT_KNOWN, OPEN
from linter.facts.mail.requirement import State
from linter.facts.spf.check import RESULTS
from linter.finding import DECLARED, FACT, LIVE, LOCK, PACK, RECORDING, SEVERITIES, SNAPSHOT
from linter.source.schema_head import schema_head
from linter.source.typed import Any, get_args

from .plan_schema import plan_report
from .providers_schema import vendor, vendors
from .schema_shapes import (
    COUNT,
    FLAG,
    MAYBE,
    MAYBE_PLACE,
    MAYBE_TEXT,
    PLACE,
    TEXT,
    TEXTS,
    VERSION,
    WHEN,
    a_list,
    a_row,
    a_wait,
    an_object,
    or_null,
    ref,
)


def report_schema() -> dict[str, Any]:
    """The schema; `$defs` has the documents by the commands that print them."""
    documents = ("findings", "spf", "senders", "records", "rules", "review", "plan", "providers", "provider")
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
            "lookups": an_object(
                min=COUNT,
                max={"anyOf": [{"type": "null"}, COUNT], "description": "null where a record is not known"},
            ),
            "senders": an_object(version=VERSION, names=a_list(_name())),
            "records": an_object(version=VERSION, domain=TEXT, records=a_list(_record()), steps=a_list(_step())),
            "rules": an_object(version=VERSION, rules=a_list(_rule())),
            "review": _review(),
            "plan": plan_report(),
            "providers": vendors(),
            "provider": vendor(),
        },
    }


def _findings() -> dict[str, Any]:
    return an_object(
        ("unknown",),
        "of `check`, `compare` and `lock --check`; `unknown` is of `compare`: the sets that no server answered for",
        version=VERSION,
        tool=an_object(name={"const": "mailzone"}, version=TEXT),
        summary=_summary(),
        findings=a_list(ref("finding")),
        problems=a_list(an_object(message=TEXT, path=TEXT, zone=MAYBE_TEXT, rule=MAYBE_TEXT)),
        unknown=a_list(
            an_object(path=MAYBE_TEXT, zone=MAYBE_TEXT, name=MAYBE_TEXT, type=MAYBE_TEXT, reason=MAYBE_TEXT)
        ),
    )


def _summary() -> dict[str, Any]:
    return an_object(
        ("unknown", "fixed"),
        files=COUNT,
        zones=COUNT,
        records=COUNT,
        error=COUNT,
        warning=COUNT,
        info=COUNT,
        skipped=COUNT,
        fixed={**COUNT, "description": "findings that are gone because `check --fix` has fixed them"},
        suppressed=an_object(
            ("since",),
            "findings that do not count, by what holds them back; `since` is what a revision had already",
            baseline=COUNT,
            ignored=COUNT,
            overridden=COUNT,
            since=COUNT,
        ),
        configurations=TEXTS,
        profile=TEXT,
        errors_off=COUNT,
        errors_lowered=COUNT,
        unknown=COUNT,
    )


def _finding() -> dict[str, Any]:
    return an_object(
        description="lines and columns count from 1 in code points, ends lie past the last character",
        rule=TEXT,
        severity={"enum": list(SEVERITIES)},
        message=TEXT,
        help=TEXT,
        path={**TEXT, "description": "as it was given"},
        line=PLACE,
        column=PLACE,
        end_line=PLACE,
        end_column=PLACE,
        zone=MAYBE_TEXT,
        name=MAYBE_TEXT,
        type=MAYBE_TEXT,
        reference=TEXT,
        related=a_list(an_object(path=TEXT, line=PLACE, column=PLACE, message=TEXT)),
        fix=or_null(_fix()),
        fingerprint={
            "type": "string",
            "pattern": "^[0-9a-f]{16}$",
            "description": "the same as long as the fault is, wherever its line or file moves within the estate",
        },
        evidence=a_list(ref("evidence")),
    )


def _evidence() -> dict[str, Any]:
    return an_object(
        (),
        "whose word it rests on: the files, recorded answers, what vendors published or say, servers, a demand",
        kind={"enum": [DECLARED, LOCK, RECORDING, SNAPSHOT, FACT, LIVE, PACK]},
        source={**TEXT, "description": "the file, the server, the pack with its reason, or who said so"},
        seen={**MAYBE_TEXT, "description": "the day, or the month or year of it"},
        confirmed={"type": "boolean", "description": "whether it was read in the words of whom it is about"},
    )


def _fix() -> dict[str, Any]:
    edit = an_object(path=TEXT, start=COUNT, end=COUNT, text=TEXT)
    return an_object(
        ("why",),
        "edits in code points of a file's text, a byte order mark not counted, that this finding alone is gone with; "
        "those that are not safe change what is served, and `why` says how",
        safe=FLAG,
        why=TEXT,
        edits=a_list(edit),
    )


def _spf() -> dict[str, Any]:
    return an_object(
        ("shorter", "result", "reason", "trace", "otherwise", "explanation"),
        "of `spf`; `shorter` is there with `--shorten`, the others that are not required with `--ip`",
        domain=TEXT,
        record=MAYBE_TEXT,
        lookups=ref("lookups"),
        void_lookups=COUNT,
        void_lookups_ipv4=COUNT,
        void_lookups_ipv6=COUNT,
        unknown=TEXTS,
        problems=TEXTS,
        tree=ref("spf-record"),
        shorter=TEXTS,
        result={"enum": [*RESULTS, None]},
        reason=TEXT,
        trace=ref("evaluation"),
        otherwise=TEXT,
        explanation=TEXT,
    )


def _spf_record() -> dict[str, Any]:
    term = an_object(
        term=TEXT,
        state=TEXT,
        lookups=ref("lookups"),
        total=ref("lookups"),
        targets=TEXTS,
        void=TEXTS,
        void_ipv4=TEXTS,
        void_ipv6=TEXTS,
        unknown=TEXTS,
        mail_hosts=COUNT,
        records=a_list(ref("spf-record")),
    )
    return an_object(
        ("terms", "omitted"),
        "one record; `omitted` instead of `terms` says whether it has terms shown elsewhere, or too deep",
        name=TEXT,
        status=TEXT,
        record=MAYBE_TEXT,
        source=or_null(an_object(path=TEXT, line=PLACE)),
        origin=MAYBE_TEXT,
        lookups=ref("lookups"),
        void_lookups=COUNT,
        void_lookups_ipv4=COUNT,
        void_lookups_ipv6=COUNT,
        terms=a_list(term),
        omitted=FLAG,
    )


def _evaluation() -> dict[str, Any]:
    term = an_object(
        term=TEXT,
        cost=COUNT,
        total=COUNT,
        void_lookups=COUNT,
        outcome=TEXT,
        note=TEXT,
        asked=a_list(ref("question")),
        record=or_null(ref("evaluation")),
    )
    return an_object(
        description="one record as a receiver evaluates it",
        domain=TEXT,
        result=MAYBE_TEXT,
        record=MAYBE_TEXT,
        asked=a_list(ref("question")),
        terms=a_list(term),
    )


def _question() -> dict[str, Any]:
    return an_object(name=TEXT, type=TEXT, status=TEXT, values=TEXTS, void=FLAG)


def _name() -> dict[str, Any]:
    routes = {"enum": [OPEN, NO_ROUTE, NO_WAY, LOOPS, ELSEWHERE, NOT_KNOWN]}
    selector = an_object(name=TEXT, published=MAYBE, testing=FLAG)
    sender = an_object(
        system=TEXT,
        provider=MAYBE_TEXT,
        spf=or_null(an_object(domain=TEXT, result=TEXT, aligned=MAYBE, uncovered=TEXTS)),
        dkim=an_object(domain=TEXT, state=TEXT, aligned=MAYBE, selectors=a_list(selector)),
        dmarc=an_object(
            verdict=TEXT,
            policy=TEXT,
            outcome=TEXT,
            forwarded=TEXT,
            policy_rfc7489=TEXT,
            testing=FLAG,
            pct={"type": ["integer", "null"]},
        ),
    )
    return an_object(
        description="one declared name of `senders`; null is unknown",
        name=TEXT,
        mail=FLAG,
        receives=MAYBE_TEXT,
        behind=MAYBE_TEXT,
        split=a_list(an_object(to=TEXT, through=MAYBE_TEXT, route=routes)),
        mx=an_object(status=TEXT, hosts=TEXTS),
        undeclared=TEXTS,
        senders=a_list(sender),
    )


def _record() -> dict[str, Any]:
    return an_object(
        description="one record of `records`; `state` is present, missing, differs, elsewhere or unknown",
        name=TEXT,
        type=TEXT,
        purpose=TEXT,
        system=TEXT,
        state={"enum": list(get_args(State))},
        values=TEXTS,
        found=TEXTS,
        hint=TEXT,
    )


def _step() -> dict[str, Any]:
    return an_object(
        description="a step outside DNS, in the order of the list",
        system=TEXT,
        what=TEXT,
        where=TEXT,
        when=WHEN,
        source=TEXT,
        seen=TEXT,
        confirmed=FLAG,
    )


def _rule() -> dict[str, Any]:
    severity = {"enum": [*SEVERITIES, "off"]}
    return an_object(
        ("others", "reference", "options", "aliases", "page"),
        "a rule; `others` are severities that a run gives in some cases, `page` is its manual in Markdown",
        name=TEXT,
        family=TEXT,
        severity=severity,
        summary=TEXT,
        others=a_list(an_object(severity=severity, when=TEXT)),
        reference=TEXT,
        options={"type": "object"},
        aliases=TEXTS,
        page=TEXT,
    )


_SPOT: Any = {"path": MAYBE_TEXT, "line": MAYBE_PLACE}


def _review() -> dict[str, Any]:
    return an_object(
        description="of `review`; `steps` is what must not be merged together, `refused` whether there is any, `split` "
        "the steps to do it in, `status` the exit status; null is what is not there",
        version=VERSION,
        base=TEXT,
        head=TEXT,
        verdict=TEXT,
        nothing=FLAG,
        refused=FLAG,
        status={"enum": [0, 1, 2]},
        names=TEXTS,
        systems=TEXTS,
        held=MAYBE_TEXT,
        changes=a_list(_change()),
        senders=a_list(_changed_sender()),
        addresses={"type": "object", "additionalProperties": _changed_addresses()},
        steps=a_list(an_object(law=TEXT, title=TEXT, source=TEXT, name=TEXT, message=TEXT, insert=TEXT)),
        split=a_list(_split_step()),
        findings=an_object(new=a_list(ref("finding")), fixed=a_list(ref("finding"))),
        suppressions=a_list(an_object(kind=TEXT, message=TEXT, **_SPOT)),
        unknown=TEXTS,
        notes=TEXTS,
        problems=a_list(an_object(path=TEXT, message=TEXT)),
    )


def _change() -> dict[str, Any]:
    severity = {"enum": list(SEVERITIES)}
    return an_object(kind=TEXT, name=TEXT, before=TEXT, after=TEXT, message=TEXT, severity=severity, **_SPOT)


def _changed_sender() -> dict[str, Any]:
    verdict = {"enum": ["better", "worse", "other"]}
    return an_object(name=TEXT, system=TEXT, declared=FLAG, verdict=verdict, before=a_row(), after=a_row())


def _changed_addresses() -> dict[str, Any]:
    networks: Any = {"added": TEXTS, "removed": TEXTS, "added_ipv4": COUNT, "removed_ipv4": COUNT}
    costs = or_null(ref("lookups"))
    known: Any = {"known": FLAG, "unknown": TEXTS, "source": MAYBE_TEXT}
    return an_object(**networks, **known, lookups=an_object(before=costs, after=costs))


def _split_step() -> dict[str, Any]:
    changes = a_list(an_object(name=TEXT, type=TEXT, what=TEXT, **_SPOT))
    return an_object(phase=TEXT, title=TEXT, changes=changes, wait=a_wait())
