"""What `senders`, `records` and `spf` show as Markdown, as one HTML page and as Mermaid."""

from collections.abc import Iterable, Iterator, Sequence

from linter.facts.mail.required import Required
from linter.facts.spf.cost import SpfTree, uncounted
from linter.facts.spf.limits import MAX_LOOKUPS
from linter.records.text.name import dotless

from .domain import Domain, Domains
from .domain_html import domain_html, spf_html
from .graph import flow_graph, spf_graph
from .manual_steps import steps_html, steps_markdown
from .markdown_text import code, fenced, folded, inline
from .mermaid import mermaid_lines
from .page import html_code, html_message, html_table, html_text, page
from .required_tables import MARKS, Paste, Told, required_yaml
from .sender_tables import senders_markdown
from .spf_tree_text import counted_rows, lookup_range, row_remarks
from .svg import svg_lines

_MOST_TERMS = 300

_LOOKS = {"present": "good", "missing": "error"}
"""How a page shows the states of a record; others are warnings."""


def flow_mermaid(domains: Domains) -> Iterator[str]:
    """The mail flow of an estate."""
    return mermaid_lines(flow_graph(domains.held))


def flow_markdown(domains: Domains) -> Iterator[str]:
    """The sender matrix, and the mail flow below it."""
    yield from senders_markdown(domain.report for domain in domains.held if domain.is_declared)
    yield ""
    yield from folded("Mail flow", fenced("mermaid", flow_mermaid(domains)))


def flow_html(domains: Domains) -> Iterator[str]:
    """Every domain of an estate."""
    return page("mailzone: who sends and who receives", _domains(domains))


def _domains(domains: Domains) -> Iterator[str]:
    yield "<h1>Who sends and who receives</h1>"
    if domains.more:
        yield f"<p>{domains.more} more domains are not described here</p>"
    for domain in domains.held:
        yield f"<section><h2>{html_text(domain.name)}</h2>"
        yield from domain_html(domain)
        yield "</section>"


def spf_mermaid(tree: SpfTree) -> Iterator[str]:
    """An SPF tree with its costs."""
    return mermaid_lines(spf_graph(tree))


def spf_markdown(
    tree: SpfTree, problems: Sequence[str], trace: Iterable[str] = (), steps: Sequence[str] = ()
) -> Iterator[str]:
    """An SPF tree as a table, what is wrong with it, and the picture.

    `trace` are the lines of an evaluation, `steps` those to fewer lookups.
    """
    yield f"### SPF of {code(dotless(tree.name))}"
    yield ""
    if tree.spf is None:
        yield inline(f"no SPF record ({tree.status})")
    else:
        yield code(tree.spf.text)
        yield ""
        counted = lookup_range(tree.lookups, tree.is_open)
        yield f"{counted} of at most {MAX_LOOKUPS} lookups, {tree.most_voids} of them void"
    unknown = uncounted(tree)
    if unknown:
        yield ""
        yield f"Not counted (record unknown): {', '.join(map(code, unknown[:20]))}"
    if problems:
        yield ""
        yield from (f"- ❌ {inline(problem)}" for problem in problems)
    if steps:
        yield ""
        yield from (f"- ✂️ {inline(step)}" for step in steps)
    if tree.terms:
        yield ""
        yield from _spf_table(tree)
    told = list(trace)
    if told:
        yield ""
        yield from folded("Evaluation", fenced("", told))
    yield ""
    yield from folded("The tree", fenced("mermaid", spf_mermaid(tree)))


def _spf_table(tree: SpfTree) -> Iterator[str]:
    yield "| cost | total | term | |"
    yield "|---:|---:|---|---|"
    for number, (row, cost, total) in enumerate(counted_rows(tree)):
        if number == _MOST_TERMS:
            yield "| | | … | |"
            return
        indent = "&nbsp;" * 4 * min(row.depth, 12)
        cells = (cost, total, f"{indent}{code(row.term.text)}")
        yield f"| {' | '.join(cells)} | {inline('; '.join(row_remarks(row)))} |"


def spf_page(
    tree: SpfTree, problems: Sequence[str], trace: Iterable[str] = (), steps: Sequence[str] = ()
) -> Iterator[str]:
    """An SPF tree as a page; as for Markdown."""
    return page(f"SPF of {dotless(tree.name)}", _spf(tree, problems, list(trace), steps))


def _spf(tree: SpfTree, problems: Sequence[str], trace: Sequence[str], steps: Sequence[str]) -> Iterator[str]:
    name = dotless(tree.name)
    yield f"<h1>SPF of {html_text(name)}</h1>"
    if tree.spf is None:
        yield f"<p>{html_text(f'no SPF record ({tree.status})')}</p>"
    else:
        yield f"<p>{html_code(tree.spf.text)}</p>"
        counted = lookup_range(tree.lookups, tree.is_open)
        yield f"<p>{counted} of at most {MAX_LOOKUPS} lookups, {tree.most_voids} of them void</p>"
    yield '<div class="wide">'
    yield from svg_lines(spf_graph(tree), f"SPF tree of {name}")
    yield "</div>"
    yield from spf_html(tree, problems)
    if steps:
        listed = "".join(f"<li>{html_message(step)}</li>" for step in steps)
        yield f"<h2>Fewer lookups</h2><ul>{listed}</ul>"
    if trace:
        told = "\n".join(map(html_text, trace))
        yield f"<h2>Evaluation</h2><pre>{told}</pre>"


def records_markdown(domain: Domain, place: Paste, told: Told) -> Iterator[str]:
    """The records that a domain needs as a table, as YAML to paste, and what is to be done outside DNS."""
    yield f"### {code(domain.name)}: {_there(told.needed)}"
    yield ""
    yield "| | type | name | value | for |"
    yield "|---|---|---|---|---|"
    for record in told.records:
        cells = (MARKS.get(record.state, record.state), record.type, code(dotless(record.name)))
        values = "<br>".join(map(code, _values(record))) or inline(record.hint)
        yield f"| {' | '.join(cells)} | {values} | {inline(record.system)} |"
    yield ""
    yield from steps_markdown(told.steps)
    yield from folded("As YAML", fenced("yaml", required_yaml(place, told._replace(steps=()))))
    yield ""
    yield from folded("Mail flow", fenced("mermaid", mermaid_lines(flow_graph([domain]))))


def records_html(domain: Domain, place: Paste, told: Told) -> Iterator[str]:
    """The records that a domain needs as a page."""
    return page(f"mailzone: records of {domain.name}", _records(domain, place, told))


def _records(domain: Domain, place: Paste, told: Told) -> Iterator[str]:
    yield f"<h1>{html_text(domain.name)}: {_there(told.needed)}</h1>"
    table = (
        (
            f'<b class="{_LOOKS.get(record.state, "warning")}">{html_text(MARKS.get(record.state, record.state))}</b>',
            html_text(record.type),
            html_code(dotless(record.name)),
            "<br>".join(map(html_code, _values(record))) or html_message(record.hint),
            html_text(record.system),
        )
        for record in told.records
    )
    yield from html_table(("", "type", "name", "value", "for"), table)
    yield from steps_html(told.steps)
    piece = "\n".join(map(html_text, required_yaml(place, told._replace(steps=()))))
    yield f"<h2>As YAML</h2><pre>{piece}</pre>"
    yield f"<section><h2>{html_text(domain.name)}</h2>"
    yield from domain_html(domain)
    yield "</section>"


def _values(record: Required) -> tuple[str, ...]:
    """What is to be published, or what is there."""
    return record.found if record.state == "present" else record.values or record.found


def _there(records: Sequence[Required]) -> str:
    there = sum(1 for record in records if record.state == "present")
    return f"{there} of {len(records)} needed records are there"
