"""`mailzone senders` and `mailzone records`: what is declared about mail, and what the records make of it."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator

from linter.facts.facts import Facts
from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.required import Required, required
from linter.facts.mail.senders import FAILS
from linter.intent.model import Mail
from linter.records.text.fault import nearest, quoted
from linter.records.text.name import is_under, to_ascii
from linter.report.sender_words import NameReport
from linter.run.crashes import Crashes
from linter.run.given_estates import given_facts
from linter.run.refused import Refused
from linter.source.file import Unreadable

from .faults import refused, say_kept
from .outputs import outputs, write_report
from .streams import columns_of

_NOTHING = "nothing is declared about mail here: `systems:` and `mail:` in .mailzone.yaml say who receives and sends"


def senders(options: argparse.Namespace) -> int:
    """Run `mailzone senders`; the exit status, as its help says."""
    try:
        wanted = outputs(options.format, ("text", "markdown", "json"))
        crashes = Crashes()
        reports = tuple(_reports(options, crashes))
        if not reports and not crashes.is_any:
            raise Refused(_NOTHING)
    except (Refused, Unreadable) as error:
        return refused(error)
    say_kept(crashes)
    unwritten = [out for out in wanted if not write_report(_senders_lines(reports, out.name, out.file), out)]
    fails = any(sender.verdict == FAILS for report in reports for sender in report.senders)
    return 2 if unwritten or crashes.is_any else int(fails)


def _reports(options: argparse.Namespace, crashes: Crashes) -> Iterator[NameReport]:
    for facts in given_facts(options):
        for mail in _entries(facts, crashes):
            with crashes.kept(
                f"the row of {quoted(mail.name.text.removesuffix('.'), 80)}",
                mail.name.span.source.path,
                facts.zone.name,
            ):
                yield _report(facts, mail)


def _entries(facts: Facts, crashes: Crashes) -> tuple[Mail, ...]:
    """What is declared for names of a zone, as far as that can be worked out."""
    if facts.intent is not None:
        with crashes.kept("reading what is declared", facts.zone.sources[0].path, facts.zone.name):
            return tuple(declared_mail(facts).entries)
    return ()


def _report(facts: Facts, mail: Mail) -> NameReport:
    rows = declared_mail(facts).senders(mail)
    known = {row.needs.name for row in rows}
    undeclared = tuple(word.text for word in mail.sends or () if word.text not in known)
    return NameReport(mail, declared_mail(facts).flow(mail), rows, undeclared)


def _senders_lines(reports: tuple[NameReport, ...], form: str, file: str) -> Iterable[str]:
    from linter.report.sender_tables import senders_json, senders_markdown, senders_text

    if form == "json":
        return [senders_json(reports)]
    if form == "markdown":
        return senders_markdown(reports)
    return senders_text(reports, _columns(file))


def _columns(file: str) -> int:
    return 100 if file else columns_of(sys.stdout, os.environ)


def records(options: argparse.Namespace) -> int:
    """Run `mailzone records`; the exit status, as its help says."""
    try:
        wanted = outputs(options.format, ("text", "yaml", "json"))
        domain = f"{to_ascii(options.domain.lower())[0].removesuffix('.')}."
        crashes = Crashes()
        zone, needed = _required(options, domain, crashes)
    except (Refused, Unreadable) as error:
        return refused(error)
    say_kept(crashes)
    unwritten = []
    for out in wanted:
        lines = _records_lines(domain, zone, needed, out.name, _columns(out.file))
        if not write_report(lines, out):
            unwritten.append(out)
    lacking = any(record.state in ("missing", "differs") for record in needed)
    return 2 if unwritten or crashes.is_any else int(lacking)


def _required(options: argparse.Namespace, domain: str, crashes: Crashes) -> tuple[str, tuple[Required, ...]]:
    """The zone that a domain lies in, and the records it needs. Raises Refused where nothing is declared for it."""
    known: list[str] = []
    is_any = False
    for facts in given_facts(options):
        is_any = is_any or facts.intent is not None
        for mail in _entries(facts, crashes):
            known.append(mail.name.text)
            if mail.name.text == domain:
                return facts.zone.name, required(facts, mail)
        inherited = None
        if facts.intent is not None and is_under(domain, facts.zone.name):
            with crashes.kept("reading what is declared", facts.zone.sources[0].path, facts.zone.name):
                inherited = declared_mail(facts).of(domain)
        if inherited is not None:
            return facts.zone.name, required(facts, inherited)
    say_kept(crashes)
    if not is_any:
        raise Refused(_NOTHING)
    near = nearest(domain, tuple(known))
    meant = f"; did you mean {quoted(near.rstrip('.'))}?" if near else ""
    raise Refused(f"nothing is declared for {quoted(options.domain)} under `mail:`{meant}")


def _records_lines(domain: str, zone: str, needed: tuple[Required, ...], form: str, columns: int) -> Iterable[str]:
    from linter.report.required_tables import required_json, required_text, required_yaml

    if form == "json":
        return [required_json(domain, needed)]
    return required_yaml(zone, needed) if form == "yaml" else required_text(domain, needed, columns)
