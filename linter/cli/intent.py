"""`mailzone senders` and `mailzone records`: what is declared about mail, and what the records make of it."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator

from linter.facts.facts import Facts
from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.required import Required, required
from linter.facts.mail.senders import FAILS
from linter.facts.spf.tree import SpfTrees
from linter.intent.model import Mail
from linter.records.text.fault import nearest, quoted
from linter.records.text.name import is_under, to_ascii
from linter.report.domain import Domains
from linter.report.sender_words import NameReport
from linter.run.crashes import Crashes
from linter.run.given_estates import given_facts
from linter.run.refused import Refused
from linter.source.file import Unreadable

from .domains import described_domain, domains_of, entries_of, name_report
from .faults import refused, say_kept
from .outputs import Output, outputs, write_report
from .streams import columns_of

_NOTHING = "nothing is declared about mail: `systems:` and `mail:` in .mailzone.yaml say who receives and sends"


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
            raise Refused(_NOTHING)
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

        return [senders_json(reports)] if out.name == "json" else senders_text(reports, _columns(out.file))
    from linter.report.pages import flow_html, flow_markdown, flow_mermaid

    return {"markdown": flow_markdown, "html": flow_html, "mermaid": flow_mermaid}[out.name](domains)


def _columns(file: str) -> int:
    return 100 if file else columns_of(sys.stdout, os.environ)


def records(options: argparse.Namespace) -> int:
    """Run `mailzone records`; the exit status, as its help says."""
    try:
        wanted = outputs(options.format, ("text", "yaml", "json", "markdown", "html", "mermaid"))
        domain = f"{to_ascii(options.domain.lower())[0].removesuffix('.')}."
        crashes = Crashes()
        facts, mail = _declared(options, domain, crashes)
        needed = required(facts, mail)
    except (Refused, Unreadable) as error:
        return refused(error)
    say_kept(crashes)
    unwritten = []
    for out in wanted:
        if not write_report(_records_lines(facts, mail, needed, out), out):
            unwritten.append(out)
    lacking = any(
        record.state in ("missing", "differs") or (record.state == "unknown" and record.hint and not record.values)
        for record in needed
    )
    return 2 if unwritten or crashes.is_any else int(lacking)


def _declared(options: argparse.Namespace, domain: str, crashes: Crashes) -> tuple[Facts, Mail]:
    """The zone that a domain lies in, and what is declared for it. Raises Refused where nothing is."""
    known: list[str] = []
    is_any = False
    for facts in given_facts(options):
        is_any = is_any or facts.intent is not None
        for mail in entries_of(facts, crashes):
            known.append(mail.name.text)
            if mail.name.text == domain:
                return facts, mail
        inherited = None
        if facts.intent is not None and is_under(domain, facts.zone.name):
            with crashes.kept("reading what is declared", facts.zone.sources[0].path, facts.zone.name):
                inherited = declared_mail(facts).of(domain)
        if inherited is not None:
            return facts, inherited
    say_kept(crashes)
    if not is_any:
        raise Refused(_NOTHING)
    near = nearest(domain, tuple(known))
    meant = f"; did you mean {quoted(near.rstrip('.'))}?" if near else ""
    raise Refused(f"nothing is declared for {quoted(options.domain)} under `mail:`{meant}")


def _records_lines(facts: Facts, mail: Mail, needed: tuple[Required, ...], out: Output) -> Iterable[str]:
    from linter.report.required_tables import required_json, required_text, required_yaml

    domain, zone = mail.name.text, facts.zone.name
    if out.name == "json":
        return [required_json(domain, needed)]
    if out.name == "yaml":
        return required_yaml(zone, needed)
    if out.name == "text":
        return required_text(domain, needed, _columns(out.file))
    from linter.report.pages import flow_mermaid, records_html, records_markdown

    described = described_domain(facts, mail, True, SpfTrees(facts.resolver, facts.parsers.spf))
    if out.name == "mermaid":
        return flow_mermaid(Domains((described,)))
    return (records_html if out.name == "html" else records_markdown)(described, zone, needed)
