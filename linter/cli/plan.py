"""`mailzone plan`: a plan's file to its steps, in one of several forms."""

import argparse
import os
import sys
from collections.abc import Iterable
from datetime import date

from linter.lookup.recorded import Recording
from linter.plan.planned import Planned
from linter.plan.reader import read_plan, zones_named
from linter.plan.steps import worked_out
from linter.records.text.fault import nearest, quoted
from linter.records.text.name import dotless, to_ascii
from linter.report.place import explained
from linter.report.shown import shown
from linter.run.configurations import named_files
from linter.run.estate import Estate
from linter.run.files import expand
from linter.run.parts import Part, groups, parts
from linter.run.planning import Planning
from linter.run.policy import Policy, policy_for
from linter.run.recordings import recording_at
from linter.run.refused import Refused
from linter.run.resolvers import Resolvers, lock_path
from linter.source.file import Unreadable, read_source
from linter.source.text import Source

from .clock import Clock
from .faults import refused
from .outputs import Output, outputs, write_report
from .plan_arguments import FORMATS
from .streams import say, write_lines


def plan(options: argparse.Namespace, clock: Clock) -> int:
    """Run the command; the exit status, as its help says."""
    try:
        wanted = outputs(options.format, FORMATS)
        if options.init:
            return _init(options)
        planned = _planned(options, clock)
        if options.write or options.branches:
            return _write(planned, options)
        if options.status:
            from .plan_status import status

            return status(planned, options)
    except (Refused, Unreadable) as error:
        return refused(error)
    if options.letters:
        from linter.plan.render.letters import plan_letters

        write_lines(plan_letters(planned), sys.stdout)
        return 0
    unwritten = [
        out for out in wanted if not write_report(_lines(planned, out.name, options.check, _today(clock)), out)
    ]
    return 2 if unwritten else int(options.check and bool(planned.refusals))


def _write(planned: Planned, options: argparse.Namespace) -> int:
    """Write folders or a branch, and say what was written and why no more. Raises Refused."""
    from linter.run.plan_files import CannotWrite, writable, write_branch, write_folders

    folder = os.path.dirname(options.plan)
    try:
        written = write_folders(planned, options.write, folder) if options.write else write_branch(planned, folder)
        for each in written:
            write_lines([shown(f"{each.place}: {each.step.id} {each.step.title}")], sys.stdout)
        left = planned.steps[len(writable(planned)) :]
    except CannotWrite as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"cannot write {error.filename or options.write}: {error.strerror}") from error
    if left:
        say(shown(f"step {left[0].id} lacks {left[0].missing[0].what}, so it and what follows are not written"))
    return 0


def _init(options: argparse.Namespace) -> int:
    """Write PLAN.yaml from the zones as they are. Raises Refused."""
    from linter.plan.draft import draft, fits
    from linter.plan.estate import Behaviour, View

    if os.path.lexists(options.plan):
        raise Refused(f"`{options.plan}` exists; name another file, or remove it")
    domain, on = (f"{to_ascii((text or '').lower())[0].strip('.')}." for text in (options.init, options.on))
    on = "" if on == "." else on
    to = _vendor(options.to or "")
    if not fits(domain, on):
        raise Refused(f"--on: {quoted(dotless(on))} is not a subdomain of {quoted(dotless(domain))}")
    world = world_of(options, Source(options.plan, ""))
    intent = world.declared()
    view = View(world, {}, Behaviour(intent, frozenset(), frozenset()))
    if not view.zone_of(domain):
        raise Refused(f"--init: {quoted(dotless(domain))} lies in none of the zones")
    lines = draft(view, intent, domain, to, on, options.people)
    if not write_report(lines, Output("yaml", options.plan)):
        return 2
    write_lines([shown(f"{options.plan}: written; `mailzone plan {options.plan}` works it out")], sys.stdout)
    return 0


def _vendor(name: str) -> str:
    """The key of the vendor that --to names, by whatever name people know it. Raises Refused."""
    from linter.facts.mail.vendor_view import key_meant, vendor_names

    if not name:
        raise Refused("--init needs `--to PROVIDER`, where to; `mailzone providers` lists them")
    key = key_meant(name)
    if not key:
        near = nearest(name.lower(), list(vendor_names()))
        meant = f"did you mean {quoted(near)}?" if near else "`mailzone providers` lists them"
        raise Refused(f"--to: {quoted(name)} is not a known provider; {meant}")
    return key


def _planned(options: argparse.Namespace, clock: Clock) -> Planned:
    source, fault = read_source(options.plan)
    if fault is not None:
        raise Refused(explained(fault))
    world = world_of(options, source)
    found, faults = read_plan(source, world.declared())
    if found is None:
        raise Refused(*map(explained, faults))
    return worked_out(found, world, _today(clock))


def _today(clock: Clock) -> date:
    return date.fromisoformat(clock.day)


def world_of(options: argparse.Namespace, source: Source) -> Planning:
    """The estate that a plan starts from, and what is known beyond it. Raises Refused."""
    folder = os.path.dirname(source.path)
    policy = policy_for(options, folder)
    settings = policy.settings
    globs, base = zones_named(source), folder
    if not globs:
        globs, base = settings.zones, settings.folder
    paths = list(expand(globs, base)) if globs else [folder or "."]
    if not paths:
        raise Refused(f"`zones` of {source.path if base == folder else settings.path} matches no file")
    found = named_files(paths)
    if found.problems:
        raise Refused(*(f"cannot read {path}: {reason}" for path, reason in found.problems))
    resolvers, held = Resolvers(options.answers), list(found.files)
    all_parts = [part for group in groups(options, found) for part in parts(group)]
    if not held:
        raise Refused(f"no zone file in {paths[0]}")

    def estates() -> Iterable[tuple[Estate, list[str]]]:
        for part in all_parts:
            yield part.estate(resolvers.of(settings, part.folder), resolvers.seen), part.files

    return Planning(estates, policy.rules, settings, _recordings(options, policy, all_parts))


def _recordings(options: argparse.Namespace, policy: Policy, parts_: list[Part]) -> list[Recording]:
    """The files of --answers and the locks, for what they say of zones themselves."""
    paths = dict.fromkeys((*options.answers, *(lock_path(policy.settings, part.folder) for part in parts_)))
    return [recording_at(path) for path in paths if os.path.isfile(path)]


def _lines(planned: Planned, form: str, is_check: bool, today: date) -> Iterable[str]:
    """A plan in one form; only that one is loaded."""
    if form == "json":
        from linter.plan.render.as_json import plan_json

        return [plan_json(planned)]
    if form == "markdown":
        from linter.plan.render.as_markdown import plan_markdown

        return plan_markdown(planned, today)
    if form == "mermaid":
        from linter.plan.render.diagrams import plan_mermaid

        return plan_mermaid(planned, today)
    if form == "html":
        from linter.plan.render.as_html import plan_html

        return plan_html(planned)
    if form == "ics":
        from linter.plan.render.as_ics import plan_ics

        return plan_ics(planned, today)
    from linter.plan.render.as_text import plan_text, refusals_text

    return refusals_text(planned) if is_check else plan_text(planned)
