"""The sender matrix as text, as Markdown and as JSON."""

import json
from collections.abc import Iterable, Iterator

from linter.facts.mail.senders import Sender
from linter.source.typed import Any

from .markdown_text import inline
from .sender_words import NameReport, dkim_word, outcome, policy, remarks, spf_word, way, when_forwarded
from .shown import opening, shown, width

_HEAD = ("sender", "SPF", "DKIM", "DMARC")


def senders_text(reports: Iterable[NameReport], columns: int) -> Iterator[str]:
    """A block for each name; a row that is too wide for the screen is folded behind the sender."""
    for number, report in enumerate(reports):
        if number:
            yield ""
        about = ", ".join(part for part in (f"receives: {way(report)}", policy(report)) if part)
        yield shown(f"{report.name} ({about})")
        yield from _table([_HEAD, *map(_cells, report.senders)], columns) if report.senders else ()
        for remark in remarks(report):
            yield from folded(f"  - {shown(remark)}", columns)


def _cells(sender: Sender) -> tuple[str, ...]:
    return sender.needs.name, spf_word(sender), dkim_word(sender), f"{outcome(sender)}{when_forwarded(sender)}"


def _table(rows: list[tuple[str, ...]], columns: int) -> Iterator[str]:
    cells = [[opening(row[0]), *(shown(cell) for cell in row[1:])] for row in rows]
    sizes = [max(width(row[place]) for row in cells) for place in range(len(_HEAD))]
    is_wide = 2 + sum(sizes) + 2 * (len(sizes) - 1) > columns
    for row in cells:
        padded = [f"{cell}{' ' * (size - width(cell))}" for cell, size in zip(row, sizes, strict=True)]
        if is_wide:
            yield f"  {row[0]}"
            yield f"    {'  '.join(padded[1:])}".rstrip()
        else:
            yield f"  {'  '.join(padded)}".rstrip()


def folded(text: str, columns: int) -> Iterator[str]:
    """A line broken at blanks where it is wider than the screen."""
    indent = len(text) - len(text.lstrip(" -"))
    line, is_fresh = text[:indent], True
    for word in text[indent:].split(" "):
        if not is_fresh and width(line) + 1 + width(word) > columns:
            yield line
            line, is_fresh = " " * indent, True
        line, is_fresh = f"{line}{opening(word)}" if is_fresh else f"{line} {word}", False
    yield line


def senders_markdown(reports: Iterable[NameReport]) -> Iterator[str]:
    """One table, for a pull request or a page."""
    yield "| name | sender | SPF | DKIM | DMARC |"
    yield "|---|---|---|---|---|"
    notes = []
    for report in reports:
        for sender in report.senders:
            verdict = f"{outcome(sender)}{when_forwarded(sender)} ({policy(report)})"
            cells = [report.name, sender.needs.name, spf_word(sender), dkim_word(sender), verdict]
            yield f"| {' | '.join(map(inline, cells))} |"
        notes += [f"- {inline(report.name)}: {inline(remark)}" for remark in remarks(report)]
    if notes:
        yield ""
        yield from notes


def senders_json(reports: Iterable[NameReport]) -> str:
    """The document: null stands for what is not known."""
    return json.dumps({"version": 1, "names": [_name(report) for report in reports]}, indent=2)


def _name(report: NameReport) -> dict[str, Any]:
    mail, flow = report.mail, report.flow
    return {
        "name": mail.name.text,
        "mail": not mail.is_none,
        "receives": mail.receives.text if mail.receives else None,
        "behind": mail.behind.text if mail.behind else None,
        "split": [
            {
                "to": route.split.to.text,
                "through": route.split.through.text if route.split.through else None,
                "route": route.state,
            }
            for route in flow.routes
        ],
        "mx": {"status": flow.answer.status, "hosts": [host.name for host in flow.hosts]},
        "undeclared": list(report.undeclared),
        "senders": [_row(sender) for sender in report.senders],
    }


def _row(sender: Sender) -> dict[str, Any]:
    spf, signing, record = sender.spf, sender.signing, sender.governing.record
    return {
        "system": sender.needs.name,
        "provider": sender.needs.vendor.key if sender.needs.vendor else None,
        "spf": spf
        and {
            "domain": spf.domain,
            "result": spf.state,
            "aligned": sender.spf_aligned,
            "uncovered": list(spf.uncovered),
        },
        "dkim": {
            "domain": signing.domain,
            "state": signing.state,
            "aligned": sender.dkim_aligned,
            "selectors": [
                {"name": key.name, "published": key.is_there, "testing": key.is_testing} for key in signing.keys
            ],
        },
        "dmarc": {
            "verdict": sender.verdict,
            "policy": sender.policy,
            "outcome": outcome(sender),
            "forwarded": sender.forwarded,
            "policy_rfc7489": sender.older_policy,
            "testing": record.t if record is not None else False,
            "pct": record.pct if record is not None else None,
        },
    }
