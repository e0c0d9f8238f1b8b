"""Steps outside DNS, numbered, each with the place where it is done and who says so."""

from collections.abc import Iterator, Sequence

from linter.facts.mail.manual_steps import Step
from linter.source.typed import Any

from .markdown_text import inline
from .page import html_text
from .sender_tables import folded
from .shown import shown

TITLE = "outside DNS, in this order:"


def steps_text(steps: Sequence[Step], columns: int) -> Iterator[str]:
    """A block for the terminal; nothing where there is no step."""
    if steps:
        yield ""
        yield TITLE
    for number, step in enumerate(steps, 1):
        head = f"{number:>3}. "
        lines = [f"{shown(_what(step))}", *(shown(line) for line in _below(step))]
        for row, line in enumerate(lines):
            first, *more = folded(line, max(20, columns - len(head)))
            yield f"{head if not row else ' ' * len(head)}{first}"
            yield from (f"{' ' * len(head)}{each}" for each in more)


def steps_comments(steps: Sequence[Step]) -> Iterator[str]:
    """The same as comments of a zone file."""
    if steps:
        yield f"# {TITLE}"
    for number, step in enumerate(steps, 1):
        yield shown(f"# {number}. {'; '.join((_what(step), *_below(step)))}")


def steps_markdown(steps: Sequence[Step]) -> Iterator[str]:
    """A numbered list."""
    if steps:
        yield f"#### {TITLE.capitalize().replace('dns', 'DNS')}"
        yield ""
    for number, step in enumerate(steps, 1):
        yield f"{number}. {inline('; '.join((_what(step), *_below(step))))}"
    if steps:
        yield ""


def steps_html(steps: Sequence[Step]) -> Iterator[str]:
    """The same for a page."""
    if steps:
        yield f"<h2>{html_text(TITLE.capitalize().replace('dns', 'DNS').rstrip(':'))}</h2><ol>"
        for step in steps:
            yield f"<li>{'<br>'.join(map(html_text, (_what(step), *_below(step))))}</li>"
        yield "</ol>"


def steps_json(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "system": step.system.replace("`", ""),
            "what": step.what,
            "where": step.where,
            "when": step.when,
            "source": step.evidence.source,
            "seen": step.evidence.seen,
            "confirmed": step.evidence.confirmed,
        }
        for step in steps
    ]


def _what(step: Step) -> str:
    return f"{step.system.replace('`', '')}: {step.what}"


def _below(step: Step) -> tuple[str, str]:
    sure = "" if step.evidence.confirmed else ", not confirmed"
    return f"at: {step.where}", f"source: {step.evidence.source} ({step.evidence.seen}{sure})"
