"""The page in a browser: no word on the console, nothing wider than the screen, and Mermaid that Mermaid can draw."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run, mailzone

__all__ = ["mailzone"]

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
MERMAID = Path(__file__).parents[2] / ".venv" / "npm" / "mermaid" / "dist" / "mermaid.min.js"
pytestmark = pytest.mark.skipif(not BROWSER, reason="there is no Chromium here; .ci/run installs it on Debian")

INTENT = """\
systems:
  web: {receives: [mx1.web.example, mx2.web.example], spf: 'include:_spf.web.example', dkim: [s1]}
  filter: {receives: [mx.filter.example]}
  m365: {provider: microsoft-365, tenant: t}
mail:
  example.com: {receives: web, behind: filter, split: [{to: m365, through: t.mail.onmicrosoft.com}], sends: [web, m365]}
  parked.example: none
"""
ZONE = (
    "'':\n  - type: MX\n    values:\n      - {preference: 10, exchange: mx.filter.example.}\n"
    "      - {preference: 20, exchange: 192.0.2.1}\n"
    "  - type: TXT\n    values:\n      - v=spf1 include:_spf.web.example include:<script>alert(1)</script> "
    f"a:{'x' * 5000} nclude:x -all\n"
    "_dmarc: {type: TXT, value: 'v=DMARC1; p=reject; rua=--><b>`id`'}\n"
)
MEASURE = """<script>onload = () => {
const inner = document.getElementById('f').contentDocument;
const small = [...inner.querySelectorAll('p, td, dd, li, pre')]
  .filter(each => parseFloat(getComputedStyle(each).fontSize) < 12).length;
document.title = JSON.stringify([inner.documentElement.scrollWidth, inner.querySelectorAll('dd').length, small])
}</script>"""
DRAW = """<script>onload = async () => {
mermaid.initialize({startOnLoad: false, securityLevel: 'strict'});
const told = [];
for (const [number, text] of drawn.entries()) {
  try { told.push((await mermaid.render('d' + number, text)).svg.includes('node')) }
  catch (error) { told.push(String(error)) }
}
document.title = JSON.stringify(told) }</script>"""


def chromium(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--enable-logging=stderr"]
    command += [f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=20000", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)


def console(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in done.stderr.splitlines() if "CONSOLE" in line]


@pytest.fixture
def page(mailzone: Run, tmp_path: Path) -> Path:
    """The report of a zone with everything in it."""
    (tmp_path / ".mailzone.yaml").write_text(INTENT)
    (tmp_path / "example.com.yaml").write_text(ZONE)
    (tmp_path / "parked.example.yaml").write_text("'': {type: TXT, value: v=spf1 -all}\n")
    assert mailzone("check", "-f", "html=report.html").status == 1
    return tmp_path / "report.html"


def test_the_console_is_silent_and_no_script_runs(page: Path, tmp_path: Path) -> None:
    done = chromium(tmp_path, "--dump-dom", page.as_uri())

    assert console(done) == []
    assert done.stdout.count("<svg") == 2
    assert "<script" not in done.stdout
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in done.stdout


@pytest.mark.parametrize("width", [400, 1300])
def test_nothing_is_wider_than_the_screen(page: Path, tmp_path: Path, width: int) -> None:
    frame = tmp_path / "frame.html"
    style = f"width:{width}px;height:900px;border:0"
    frame.write_text(f'<iframe id="f" style="{style}" srcdoc="{html.escape(page.read_text())}"></iframe>{MEASURE}')

    done = chromium(tmp_path, "--dump-dom", frame.as_uri())
    told = re.search("<title>(.*?)</title>", done.stdout)

    assert told is not None
    widest, described, small = json.loads(told[1])
    assert (widest <= width, described, small) == (True, 8, 0)


def test_it_can_be_printed(page: Path, tmp_path: Path) -> None:
    printed = tmp_path / "report.pdf"

    done = chromium(tmp_path, f"--print-to-pdf={printed}", page.as_uri())

    assert console(done) == []
    assert printed.read_bytes().startswith(b"%PDF-")


@pytest.mark.skipif(not MERMAID.exists(), reason=f"Mermaid is not at {MERMAID}; .ci/run puts it there")
def test_mermaid_draws_what_we_write(mailzone: Run, page: Path, tmp_path: Path) -> None:
    drawn = [
        mailzone("senders", "-f", "mermaid").out,
        mailzone("records", "example.com", "-f", "mermaid").out,
        mailzone("spf", "example.com", "-f", "mermaid").out,
    ]
    given = json.dumps(drawn).replace("<", "\\u003c")
    loaded = f'<script src="{MERMAID.as_uri()}"></script><script>const drawn = {given}</script>'
    (tmp_path / "draw.html").write_text(f"<body>{loaded}{DRAW}")

    done = chromium(tmp_path, "--dump-dom", (tmp_path / "draw.html").as_uri())
    told = re.search("<title>(.*?)</title>", done.stdout)

    assert told is not None
    assert json.loads(html.unescape(told[1])) == [True, True, True]
