"""A plan as one HTML file that needs nothing else."""

from collections.abc import Iterator
from html import escape

from linter.plan.estate import RecordSet
from linter.plan.model import CAUTIOUS
from linter.plan.planned import Planned, SetChange, Step
from linter.plan.words import seen_after, span_of, stop_here, waited
from linter.records.text.name import dotless
from linter.report.shown import shown

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;"
    "background:#fff}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;"
    "vertical-align:top}code{font-size:.9em;overflow-wrap:anywhere}section{border-left:3px solid #46a;"
    "padding-left:1rem;margin:1.5rem 0}.no{border-color:#b22}"
    "@media(prefers-color-scheme:dark){body{color:#ddd;background:#161616}td,th{border-color:#555}}"
)


def plan_html(planned: Planned) -> Iterator[str]:
    """The lines of the file."""
    title = _text(planned.plan.title)
    yield "<!doctype html>"
    yield '<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    yield f"<title>{title}</title>"
    yield f"<style>{_STYLE}</style>"
    yield f"<h1>{title}</h1>"
    rfc, cautious = span_of(planned.seconds), span_of(planned.cautious_seconds)
    yield f"<p>{len(planned.steps)} steps. All waits together: {rfc} (rfc), {cautious} (cautious).</p>"
    if planned.refusals:
        yield '<section class="no"><h2>Must not be done so</h2><ul>'
        for refusal in planned.refusals:
            yield f"<li>{_text(refusal.message)} {_text(refusal.law)}<br>{_text(refusal.insert)}</li>"
        yield "</ul></section>"
    for stage in planned.stages:
        yield f"<h2>{_text(stage.name)}</h2>"
        for step in stage.steps:
            yield from _step(step, planned.plan.safety == CAUTIOUS)
        if stage.point_of_no_return:
            yield f"<p>Point of no return: step {stage.point_of_no_return}.</p>"
    yield "</html>"


def _step(step: Step, is_cautious: bool) -> Iterator[str]:
    yield f"<section><h3>{step.id} {_text(step.title)}</h3>"
    yield f"<p>{_text(step.reason)} {_text(', '.join(step.laws))}</p><ul>"
    for gate in step.gates:
        mark = " checked" if gate.done else ""
        said = f"{_text(gate.text)} <em>({_text(gate.source)}; {_text(gate.id)})</em>"
        yield f'<li><label><input type="checkbox"{mark}> {said}</label></li>'
    for missing in step.missing:
        yield f"<li>Look up {_text(missing.what)}: {_text(missing.where)}</li>"
    for file in step.files:
        yield f"<li>{_text(file.path)}: {_text(file.what)}</li>"
    yield "</ul>"
    if step.changes:
        yield "<table><tr><th>name<th>type<th>before<th>after</tr>"
        yield from map(_row, step.changes)
        yield "</table>"
    yield "<ul>"
    for line in step.declare:
        yield f"<li>Declare {_text(line)}</li>"
    for command in step.verify:
        yield f"<li>Verify: <code>{_text(command)}</code></li>"
    if step.wait.cautious_seconds:
        yield f"<li>Wait {waited(step.wait, is_cautious)}: {_text(step.wait.because)}</li>"
    yield f"<li>Back: {_text(step.back.how)}{seen_after(step.back)}. {stop_here(step.safe).capitalize()}.</li>"
    yield "</ul></section>"


def _row(change: SetChange) -> str:
    cells = (f"<code>{_text(dotless(change.name))}</code>", change.type, _set(change.before), _set(change.after))
    return f"<tr><td>{'<td>'.join(cells)}</tr>"


def _set(held: RecordSet | None) -> str:
    if held is None or not held.values:
        return "none"
    return "<br>".join((*(f"<code>{_text(value)}</code>" for value in held.values), f"TTL {held.seconds}"))


def _text(text: str) -> str:
    return escape(shown(text))
