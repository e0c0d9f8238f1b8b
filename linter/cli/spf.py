"""`mailzone spf`: the tree of an SPF record with the cost of every term, and what a receiver makes of it."""

import argparse
from collections.abc import Iterable

from linter.facts.spf.check import RESULTS, Client, check_host
from linter.facts.spf.cost import SEVERAL
from linter.facts.spf.expand import is_domain
from linter.facts.spf.problems import problems
from linter.facts.spf.trace import Outcome
from linter.facts.spf.tree import SpfTree, SpfTrees, uncounted
from linter.facts.texts import Parsers
from linter.lookup.answer import FOUND, UNKNOWN, Resolver
from linter.records.text.fault import nearest, one_of, quoted
from linter.records.text.name import is_under, to_ascii
from linter.report.shown import shown
from linter.run.given_estates import resolver_for
from linter.run.refused import Refused
from linter.source.file import Unreadable
from linter.source.frozen import Frozen

from .clock import Clock
from .faults import refused
from .outputs import outputs, write_report
from .streams import say

FORMATS = ("text", "json", "markdown", "html", "mermaid")


class _Report(Frozen):
    tree: SpfTree
    unknown: tuple[str, ...]
    problems: list[str]
    client: Client | None
    outcome: Outcome | None
    steps: list[str]
    """What --shorten says; nothing without it."""


def spf(options: argparse.Namespace, clock: Clock) -> int:
    """Run the command; the exit status, as its help says."""
    try:
        wanted = outputs(options.format, FORMATS)
        domain = f"{to_ascii(options.domain.lower())[0].removesuffix('.')}."
        client = _client(options, domain, clock)
        expected = _expected(options)
        if client is None and not is_domain(domain):
            raise Refused(f"{quoted(options.domain)} is not a domain name that can have an SPF record")
        report = _report(domain, client, resolver_for(domain, options))
        if options.shorten:
            report = report._replace(steps=_steps(report.tree, options))
    except (Refused, Unreadable) as error:
        return refused(error)
    unwritten = [output for output in wanted if not write_report(_lines(report, output.name), output)]
    if report.outcome is None and report.tree.status not in (FOUND, SEVERAL):
        _say_why(report.tree)
    return 2 if unwritten else _status(report) if expected is None else _as_expected(report, expected)


def _expected(options: argparse.Namespace) -> str | None:
    """The result that the command is to have; None without --expect. Raises Refused."""
    if options.expect is None:
        return None
    word = str(options.expect).lower()
    if word not in RESULTS:
        near = nearest(word, RESULTS)
        meant = f"; did you mean `{near}`?" if near else ""
        raise Refused(f"--expect: {quoted(options.expect)} is not a result; expected one of {one_of(RESULTS)}{meant}")
    if options.ip is None:
        raise Refused("`--expect` is the result for a client; give its address with `--ip`")
    return word


def _client(options: argparse.Namespace, domain: str, clock: Clock) -> Client | None:
    """The client that the options describe; None without --ip."""
    from linter.facts.spf.questions import address_of

    if options.ip is None:
        if options.sender is not None or options.helo is not None:
            raise Refused("`--sender` and `--helo` describe a client; give its address with `--ip`")
        return None
    try:
        address_of(options.ip)
    except ValueError as error:
        raise Refused(f"--ip: {error}") from error
    bare = domain.removesuffix(".")
    sender = f"postmaster@{bare}" if options.sender is None else options.sender
    return Client(options.ip, sender, bare if options.helo is None else options.helo, time=clock.seconds)


def _report(domain: str, client: Client | None, resolver: Resolver) -> _Report:
    parsers = Parsers()
    trees = SpfTrees(resolver, parsers.spf)
    tree = trees.at(domain)
    outcome = check_host(client, _evaluated(client, domain), resolver, parsers.spf) if client else None
    return _Report(tree, uncounted(tree), list(problems(tree, trees)), client, outcome, [])


def _steps(tree: SpfTree, options: argparse.Namespace) -> list[str]:
    """How the record gets by with fewer lookups, as far as the zones and what is declared about mail can tell."""
    from linter.facts.mail.idle_terms import known_terms
    from linter.facts.spf.shorter import UNDECLARED, shorter
    from linter.facts.spf.shorter_words import step_by_step
    from linter.run.given_estates import given_facts

    if tree.spf is None:
        return []
    holding = [facts for facts in given_facts(options) if is_under(tree.name, facts.zone.name)]
    facts = max(holding, key=lambda each: len(each.zone.name), default=None)
    parse = Parsers().spf
    if facts is None:
        found = shorter(tree, resolver_for(tree.name, options), parse, lambda name: None, UNDECLARED, 0)
    else:
        known = known_terms(facts, tree.name)
        found = shorter(tree, facts.resolver, parse, facts.zone_at, known, 0)
    told = list(step_by_step(found, tree.name, tree.is_open)) if found is not None else []
    return told or ["nothing is known that could be left out"]


def _evaluated(client: Client, domain: str) -> str:
    """The domain whose record a receiver evaluates: that of MAIL FROM, else of HELO (RFC 7208 section 2.4)."""
    named = client.sender.rpartition("@")[2] if client.sender else client.helo
    if not named or ("@" not in client.sender and client.sender):
        return domain
    return f"{to_ascii(named.lower())[0].removesuffix('.')}."


def _lines(report: _Report, name: str) -> Iterable[str]:
    tree, unknown, found, client, outcome, steps = report
    if name == "json":
        from linter.report.spf_tree_json import spf_json

        return [spf_json(tree, unknown, found, outcome, steps)]
    from linter.report.spf_tree_text import trace_text, tree_text

    trace = list(trace_text(outcome, client, tree.name)) if outcome is not None and client is not None else []
    if name == "text":
        told = ["", *(shown(f"shorter: {step}") for step in steps)] if steps else []
        return [*tree_text(tree, unknown, found), *told, *([""] if trace else []), *trace]
    from linter.report.pages import spf_markdown, spf_mermaid, spf_page

    if name == "mermaid":
        return spf_mermaid(tree)
    return (spf_page if name == "html" else spf_markdown)(tree, found, trace, steps)


def _say_why(tree: SpfTree) -> None:
    """Why there is no tree, on standard error."""
    name = shown(quoted(tree.name, 80))
    if tree.status == UNKNOWN:
        say(f"it is unknown whether {name} has an SPF record; name the file of its zone, or give --answers")
    else:
        say(f"{name} has no SPF record to count ({tree.status})")


def _status(report: _Report) -> int:
    if report.outcome is not None:
        return 1 if report.outcome.result in (None, "permerror", "temperror") else 0
    if report.tree.status not in (FOUND, SEVERAL):
        return 2
    return 1 if report.problems else 0


def _as_expected(report: _Report, expected: str) -> int:
    result = report.outcome.result if report.outcome is not None else None
    if result != expected:
        say(f"the result is {result or 'unknown'}, not {expected}")
    return int(result != expected)
