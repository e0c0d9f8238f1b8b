"""One HTML page that needs nothing but itself: no script, no font and no picture from anywhere; fit for print."""

from collections.abc import Iterable, Iterator
from html import escape

from .shown import shown

_MOST_CHARACTERS = 1500
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """\
:root{color-scheme:light dark;--ink:#1c1f23;--paper:#fff;--pale:#f3f4f6;--line:#c9ced6;--soft:#555c66;
--error:#b3140c;--warning:#8a5200;--info:#0b5cad;--good:#1a6e2e}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--paper:#16181b;--pale:#22262b;--line:#454c56;--soft:#a3abb6;
--error:#ff8a80;--warning:#f5b754;--info:#82b7ff;--good:#7fd492}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif;overflow-wrap:break-word}
h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.25rem;margin:0}h3{font-size:1rem;margin:1rem 0 .3rem}
a{color:var(--info)}code,pre,svg{font-family:ui-monospace,"DejaVu Sans Mono",monospace}
code{font-size:.92em}
pre{overflow-x:auto;background:var(--pale);padding:.5rem .7rem;border-radius:4px;font-size:.85rem;line-height:1.4;
overflow-wrap:normal;margin:.4rem 0}
section{border-top:1px solid var(--line);margin-top:1.5rem;padding-top:1rem}
nav ul{columns:16rem;padding-left:1.2rem;margin:.3rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.6rem 0}
dt{color:var(--soft)}dd{margin:0;min-width:0}
@media (max-width:34rem){dl{grid-template-columns:1fr}dt{margin-top:.3rem}}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-size:.9rem}td,th{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0;
border-bottom:1px solid var(--line);max-width:40rem}
td.number{text-align:right}
.finding{border-left:3px solid var(--line);padding-left:.8rem;margin:1rem 0}.finding p{margin:.2rem 0}
.finding.error{border-color:var(--error)}.finding.warning{border-color:var(--warning)}
.finding.info{border-color:var(--info)}
b.error{color:var(--error)}b.warning{color:var(--warning)}b.info{color:var(--info)}b.good{color:var(--good)}
.soft{color:var(--soft)}
svg{display:block;margin:.5rem 0}svg text{font-size:12px;fill:var(--ink)}svg .head{font-weight:700}
svg .label{fill:var(--soft);font-size:11px;paint-order:stroke;stroke:var(--paper);stroke-width:3px}
@media (min-width:60rem){svg{max-width:100%;height:auto}}
svg .box{fill:var(--pale);stroke:var(--line)}svg .way{fill:none;stroke:var(--soft)}
svg .unknown{stroke-dasharray:5 4}svg .box.bad,svg .way.bad{stroke:var(--error);stroke-width:2}
@media print{:root{color-scheme:light;--ink:#000;--paper:#fff;--pale:#f6f6f6;--line:#999;--soft:#333;
--error:#900;--warning:#640;--info:#036;--good:#050}
body{max-width:none;padding:0;font-size:10pt}nav{display:none}a{color:inherit;text-decoration:none}
.wide,pre{overflow:visible}pre{white-space:pre-wrap;overflow-wrap:anywhere}svg{max-width:100%;height:auto}
.finding,svg,tr{break-inside:avoid}h2,h3{break-after:avoid}}"""


def page(title: str, body: Iterable[str]) -> Iterator[str]:
    """The page, line by line; `title` is text, `body` HTML."""
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield f"<title>{html_text(title)}</title>"
    yield f"<style>\n{_STYLE}\n</style>"
    yield "</head>"
    yield "<body>"
    yield from body
    yield "</body>"
    yield "</html>"


def html_text(text: str) -> str:
    """Text from a stranger's file for content or a quoted attribute; what is not printable is shown as an escape."""
    return escape(shown(text))


def html_code(text: str) -> str:
    """A value as code, cut where it is longer than anybody reads."""
    cut = text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"
    return f"<code>{html_text(cut)}</code>"


def html_message(text: str) -> str:
    """A message: what is in backticks becomes code."""
    parts = shown(text).split("`")
    if len(parts) % 2 == 0:  # a backtick too many says nothing about what is code
        return html_text(text)
    return "".join(html_code(part) if number % 2 else html_text(part) for number, part in enumerate(parts))


def html_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table in a box of its own that scrolls where it is too wide; titles and cells are HTML."""
    titles = list(head)
    yield '<div class="wide"><table>'
    if any(titles):
        yield f"<thead><tr>{''.join(f'<th>{title}</th>' for title in titles)}</tr></thead>"
    yield "<tbody>"
    for row in rows:
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
    yield "</tbody></table></div>"
