"""The lines of README that quote the results, between two marks."""

import re
from pathlib import Path

from benchmarks.results import Results
from benchmarks.table import figure

_BETWEEN = re.compile(r"(<!-- bench -->\n).*?(<!-- /bench -->)", re.DOTALL)
_QUOTED = (
    ("one zone file", "bare Python", "1"),
    ("one zone file", "yamllint", "1"),
    ("405 zones as in real repositories", "CSafeLoader", "1"),
    ("405 zones as in real repositories", "octodns-validate", "1"),
    ("200 zones of 50 sets of mail, 12 findings each", "CSafeLoader", "1"),
    ("one zone of 20,000 sets", "CSafeLoader", "1"),
    ("10,000 zones as in real repositories", "CSafeLoader", "1"),
    ("one changed file of 10,000 zones", "the same file alone", "1"),
)


def quoted(results: Results) -> str:
    """The lines, from the numbers of one run."""
    lines = ["| work, `-j 1` | CPU | in units of |", "|---|---:|---|"]
    for work, against, jobs in _QUOTED:
        lines.append(f"| {work} | {figure(results.row(work, against, jobs).ratio.cpu.median)} | {against} |")
    exponents = ", ".join(f"{found.of} {found.exponent:.2f}" for found in results.growth)
    peak = results.row("10,000 zones as in real repositories", "CSafeLoader").ratio.megabytes
    told = f"Measured on {results.date} at commit `{results.commit}`; 10,000 zones need {peak:.0f} MB. Cost grows with"
    lines += ["", told, f"these exponents: {exponents}."]
    return "\n".join(lines) + "\n"


def renewed(readme: str, results: Results) -> str:
    """The text of README with the lines as these results have them."""
    return _BETWEEN.sub(lambda marks: f"{marks[1]}{quoted(results)}{marks[2]}", readme)


def renew(path: Path, results: Results) -> None:
    """Write README anew."""
    path.write_text(renewed(path.read_text(encoding="utf-8"), results), encoding="utf-8")
