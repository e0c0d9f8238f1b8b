"""`mailzone records`: what declared mail lacks, as a list, as a diff, or written into the zone's files."""

import argparse
import sys
from collections.abc import Iterable, Sequence

from linter.facts.facts import Facts
from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.manual_steps import manual_steps
from linter.facts.mail.required import Required, required
from linter.facts.spf.tree import SpfTrees
from linter.finding import Finding
from linter.intent.model import Mail
from linter.records.text.fault import nearest, quoted
from linter.records.text.name import dotless, is_under, to_ascii
from linter.report.domain import Domains
from linter.report.place import where
from linter.report.required_tables import Paste, Told
from linter.report.shown import shown
from linter.report.unified_diff import diff_lines
from linter.run.crashes import Crashes
from linter.run.given_estates import GivenZone, given_estates, given_zones
from linter.run.record_edits import Edits, check_says, record_edits
from linter.run.refused import Refused
from linter.run.zone_documents import documents_to_edit, names_held
from linter.source.file import Unreadable

from .domains import described_domain, entries_of
from .faults import refused, say_kept
from .intent import NOTHING_DECLARED, columns_for
from .outputs import STANDARD_OUTPUT, Output, outputs, write_file, write_report
from .streams import say, write_lines

FORMATS = ("text", "yaml", "json", "markdown", "html", "mermaid")
_MOST_FINDINGS = 10


def records(options: argparse.Namespace) -> int:
    """Run the command; the exit status, as its help says."""
    try:
        is_list = bool(options.format) or not options.diff
        wanted = outputs(options.format, FORMATS, STANDARD_OUTPUT if options.diff else None) if is_list else ()
        domain = f"{to_ascii(options.domain.lower())[0].removesuffix('.')}."
        crashes = Crashes()
        if options.diff or options.write:
            return _change(options, domain, wanted, crashes)
        zone, mail = _declared(options, domain, crashes)
        needed = required(zone.facts, mail)
    except (Refused, Unreadable) as error:
        return refused(error)
    say_kept(crashes)
    unwritten = _report(zone, mail, needed, wanted, options.all)
    return 2 if unwritten or crashes.is_any else int(any(record.is_lacking for record in needed))


def _report(zone: GivenZone, mail: Mail, needed: tuple[Required, ...], wanted: Iterable[Output], is_all: bool) -> bool:
    """Write the reports; whether one could not be written."""
    listed = needed if is_all else tuple(record for record in needed if record.is_lacking)
    told = Told(needed, listed, manual_steps(declared_mail(zone.facts), mail))
    unwritten = [out for out in wanted if not write_report(_lines(zone, mail, told, out), out)]
    return bool(unwritten)


def _change(options: argparse.Namespace, domain: str, wanted: Iterable[Output], crashes: Crashes) -> int:
    """Show or write what the files lack. Raises Refused, Unreadable."""
    if options.write and "-" in options.paths:
        raise Refused("standard input cannot be written; `--diff` shows what would change")
    zone, _ = _declared(options, domain, crashes)
    edits = record_edits(zone, lambda zone: _needed(zone.facts, domain), options)
    findings = check_says(edits.zone, edits.texts, options)
    if options.diff:
        write_lines(_diff(edits), sys.stdout)
    for path, (_, text) in edits.texts.items() if options.write else ():
        write_file(path, text, own=True)
        say(shown(f"{path}: written"))
    _say_rest(edits, findings, options.diff)
    say_kept(crashes)
    mail = _entry(edits.zone.facts, domain)
    unwritten = mail is not None and _report(edits.zone, mail, edits.needed, wanted, options.all)
    is_left = any(record.is_lacking for record in edits.needed) or any(each.severity == "error" for each in findings)
    return 2 if unwritten or crashes.is_any else int(is_left or bool(options.diff and edits.texts))


def _say_rest(edits: Edits, findings: Sequence[Finding], is_diff: bool) -> None:
    """What is not in the files, and what `mailzone check` will find in them."""
    for each in edits.unwritten:
        say(shown(f"not written: {each.type} of {quoted(dotless(each.name), 80)}: {each.why}"))
    for record in edits.needed if is_diff else ():
        if record.is_lacking and not record.values:
            say(shown(f"to look up: {record.type} of {quoted(dotless(record.name), 80)}: {record.hint}"))
    for finding in findings[:_MOST_FINDINGS]:
        place = where(finding.span)
        say(shown(f"`mailzone check` then finds {place}: {finding.severity}[{finding.rule}]: {finding.message}"))
    if len(findings) > _MOST_FINDINGS:
        say(f"… and {len(findings) - _MOST_FINDINGS} more")


def _diff(edits: Edits) -> Iterable[str]:
    """A unified diff of all files; what is not to be printed is only escaped where somebody looks at it."""
    is_terminal = sys.stdout.isatty()
    for path, (old, new) in edits.texts.items():
        yield from map(shown, diff_lines(path, old, new)) if is_terminal else diff_lines(path, old, new)


def _needed(facts: Facts, domain: str) -> tuple[Required, ...]:
    mail = _entry(facts, domain)
    return required(facts, mail) if mail is not None else ()


def _entry(facts: Facts, domain: str) -> Mail | None:
    """What is declared for a domain of a zone."""
    declared = declared_mail(facts)
    own = next((mail for mail in declared.entries if mail.name.text == domain), None)
    return own if own is not None else declared.of(domain)


def _declared(options: argparse.Namespace, domain: str, crashes: Crashes) -> tuple[GivenZone, Mail]:
    """The zone that a domain lies in, and what is declared for it. Raises Refused where nothing is."""
    known: list[str] = []
    is_any = False
    for zone in given_zones(options):
        facts = zone.facts
        is_any = is_any or facts.intent is not None
        for mail in entries_of(facts, crashes):
            known.append(mail.name.text)
            if mail.name.text == domain:
                _refuse_envelope(facts, mail, domain)
                return zone, mail
        inherited = None
        if facts.intent is not None and is_under(domain, facts.zone.name):
            with crashes.kept("reading what is declared", facts.zone.sources[0].path, facts.zone.name):
                inherited = declared_mail(facts).of(domain)
        if inherited is not None:
            _refuse_envelope(facts, inherited, domain)
            return zone, inherited
    say_kept(crashes)
    _refuse_absent(options, domain)
    if not is_any:
        raise Refused(NOTHING_DECLARED)
    near = nearest(domain, tuple(known))
    meant = f"; did you mean {quoted(dotless(near))}?" if near else ""
    raise Refused(f"nothing is declared for {quoted(options.domain)} under `mail:`{meant}")


def _refuse_envelope(facts: Facts, mail: Mail, domain: str) -> None:
    """A name without mail of its own may be the MAIL FROM domain of somebody: what it needs is told there."""
    if mail.is_none and declared_mail(facts).expects(domain):
        bare = quoted(dotless(domain))
        raise Refused(f"{bare} serves mail of another name, `mailzone records` of which lists what it needs")


def _refuse_absent(options: argparse.Namespace, domain: str) -> None:
    """Raises Refused where a domain is declared, and no file holds its zone."""
    for given in given_estates(options, None):
        intent = given.settings.intent
        mail = intent.of(domain) if intent is not None else None
        if mail is not None:
            position = mail.name.span.source.position(mail.name.span.start)
            place = f"{mail.name.span.source.path}:{position.line}"
            raise Refused(
                f"{quoted(dotless(domain))} is declared in {place}, but no file here holds its zone; name that "
                "file, or add it to `zones`"
            )


def _lines(zone: GivenZone, mail: Mail, told: Told, out: Output) -> Iterable[str]:
    from linter.report.required_tables import required_json, required_text, required_yaml

    facts, domain = zone.facts, mail.name.text
    if out.name == "json":
        return [required_json(domain, told)]
    if out.name == "text":
        return required_text(domain, told, columns_for(out.file))
    held = names_held(document for document, _ in documents_to_edit(zone.given.estate, zone.files))
    place = Paste(facts.zone.name, held.names, held.indent, held.is_flow)
    if out.name == "yaml":
        return required_yaml(place, told)
    from linter.report.pages import flow_mermaid, records_html, records_markdown

    described = described_domain(facts, mail, True, SpfTrees(facts.resolver, facts.parsers.spf))
    if out.name == "mermaid":
        return flow_mermaid(Domains((described,)))
    return (records_html if out.name == "html" else records_markdown)(described, place, told)
