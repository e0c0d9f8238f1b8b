"""One mail domain as HTML: who receives, who sends, the policy, the SPF tree, and the mail flow as a picture."""

from collections.abc import Iterable, Iterator

from linter.facts.mail.senders import FAILS, PASSES, Sender
from linter.facts.spf.cost import SpfTree, uncounted
from linter.facts.spf.limits import MAX_LOOKUPS
from linter.lookup.answer import FOUND
from linter.records.text.name import dotless

from .domain import Domain, policy_words
from .graph import flow_graph
from .page import html_code, html_message, html_table, html_text
from .sender_words import dkim_word, outcome, remarks, spf_word, way
from .spf_tree_text import counted_rows, lookup_range, row_remarks
from .svg import svg_lines

_VERDICTS = {PASSES: "good", FAILS: "error"}
_MOST_TERMS = 300


def domain_html(domain: Domain) -> Iterator[str]:
    """All of it, without a heading."""
    yield "<dl>"
    yield f"<dt>receives</dt><dd>{_receives(domain)}</dd>"
    yield f"<dt>sends</dt><dd>{_sends(domain)}</dd>"
    yield f"<dt>policy</dt><dd>{html_text(policy_words(domain.governing))}{_record(domain)}</dd>"
    yield f"<dt>SPF</dt><dd>{_spf(domain)}</dd>"
    yield "</dl>"
    yield '<div class="wide">'
    yield from svg_lines(flow_graph([domain]), f"mail flow of {domain.name}")
    yield "</div>"
    if domain.report.senders:
        yield from html_table(("sender", "SPF", "DKIM", "DMARC"), map(_sender, domain.report.senders))
    notes = list(remarks(domain.report))
    if notes:
        yield f"<ul>{''.join(f'<li>{html_message(note)}</li>' for note in notes)}</ul>"
    if domain.tree.spf is not None:
        yield "<h3>SPF tree</h3>"
        yield from spf_html(domain.tree, domain.problems)


def _receives(domain: Domain) -> str:
    if domain.is_null:
        return "no mail (null MX)"
    declared = f"{html_text(way(domain.report))}; MX: " if domain.is_declared else ""
    hosts = [
        f"{html_code(each.host)}{f' ({html_text(each.owner)})' if each.owner else ''}" for each in domain.receivers
    ]
    status = domain.report.flow.answer.status
    found = ", ".join(hosts) or ("nothing" if domain.report.flow.answer.is_empty else html_text(f"unknown ({status})"))
    return f"{declared}{found}"


def _sends(domain: Domain) -> str:
    if domain.report.mail.is_none:
        return "no mail, as declared"
    if domain.report.senders:
        return html_text(", ".join(sender.needs.name for sender in domain.report.senders))
    told = [f"{html_code(each.term)}{f' ({html_text(each.owner)})' if each.owner else ''}" for each in domain.guesses]
    if told:
        return f"not declared; SPF authorises {', '.join(told)}"
    return "no sender, as SPF says" if domain.tree.spf is not None else "not declared, and no SPF record says it"


def _record(domain: Domain) -> str:
    return f"<br>{html_code(domain.governing.text)}" if domain.governing.text else ""


def _spf(domain: Domain) -> str:
    tree = domain.tree
    if tree.spf is None:
        return html_text(f"no record ({tree.status})")
    counted = lookup_range(tree.lookups, tree.is_open)
    return f"{html_code(tree.spf.text)}<br>{counted} of at most {MAX_LOOKUPS} lookups"


def _sender(sender: Sender) -> Iterator[str]:
    yield html_text(sender.needs.name)
    yield html_text(spf_word(sender))
    yield html_text(dkim_word(sender))
    yield f'<b class="{_VERDICTS.get(sender.verdict, "soft")}">{html_text(outcome(sender))}</b>'


def spf_html(tree: SpfTree, problems: Iterable[str]) -> Iterator[str]:
    """The tree as a table, each term with its cost, and below it what is wrong."""
    found: list[tuple[str, ...]] = []
    more = 0
    for row, cost, total in counted_rows(tree):
        if len(found) >= _MOST_TERMS:
            more += 1
            continue
        indent = "&nbsp;" * 4 * min(row.depth, 12)
        told = html_text("; ".join(row_remarks(row)))
        found.append((cost, total, f"{indent}{html_code(row.term.text)}", told))
    yield from html_table(("cost", "total", "term", ""), found)
    if more:
        yield f"<p>and {more} more terms</p>"
    unknown = uncounted(tree)
    if unknown and tree.status == FOUND:
        names = ", ".join(html_code(dotless(name)) for name in unknown[:20])
        yield f"<p>Not counted (record unknown): {names}</p>"
    for problem in problems:
        yield f'<p><b class="error">problem</b> {html_message(problem)}</p>'
