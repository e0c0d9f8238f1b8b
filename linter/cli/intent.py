"""`mailzone senders`: what is declared about mail, and what the records make of it."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator

from linter.facts.mail.senders import FAILS
from linter.records.text.fault import quoted
from linter.report.domain import Domains
from linter.report.sender_words import NameReport
from linter.run.crashes import Crashes
from linter.run.given_estates import given_facts
from linter.run.refused import Refused
from linter.source.file import Unreadable

from .domains import domains_of, entries_of, name_report
from .faults import refused, say_kept
from .outputs import Output, outputs, write_report
from .streams import columns_of

NOTHING_DECLARED = (
    "nothing is declared about mail: `systems:` and `mail:` in .mailzone.yaml say who receives and sends;"
    " `mailzone init` drafts them"
)


def senders(options: argparse.Namespace) -> int:
    """Run `mailzone senders`; the exit status, as its help says."""
    try:
        wanted = outputs(options.format, ("text", "markdown", "json", "html", "mermaid"))
        crashes = Crashes()
        reports = tuple(_reports(options, crashes))
        names = {out.name for out in wanted}
        domains = Domains() if names <= {"text", "json"} else domains_of(options, crashes)
        # A picture shows what the records say, also where nothing is declared.
        if not reports and not crashes.is_any and (not domains.held or not names <= {"html", "mermaid"}):
            raise Refused(NOTHING_DECLARED)
    except (Refused, Unreadable) as error:
        return refused(error)
    say_kept(crashes)
    unwritten = [out for out in wanted if not write_report(_senders_lines(reports, domains, out), out)]
    fails = any(sender.verdict == FAILS for report in reports for sender in report.senders)
    return 2 if unwritten or crashes.is_any else int(fails)


def _reports(options: argparse.Namespace, crashes: Crashes) -> Iterator[NameReport]:
    for facts in given_facts(options):
        for mail in entries_of(facts, crashes):
            with crashes.kept(
                f"the row of {quoted(mail.name.text.removesuffix('.'), 80)}",
                mail.name.span.source.path,
                facts.zone.name,
            ):
                yield name_report(facts, mail)


def _senders_lines(reports: tuple[NameReport, ...], domains: Domains, out: Output) -> Iterable[str]:
    if out.name in ("text", "json"):
        from linter.report.sender_tables import senders_json, senders_text

        return [senders_json(reports)] if out.name == "json" else senders_text(reports, columns_for(out.file))
    from linter.report.pages import flow_html, flow_markdown, flow_mermaid

    return {"markdown": flow_markdown, "html": flow_html, "mermaid": flow_mermaid}[out.name](domains)


def columns_for(file: str) -> int:
    """The width to write for: that of standard output, or of a file."""
    return 100 if file else columns_of(sys.stdout, os.environ)
