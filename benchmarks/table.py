"""The results as a Markdown page."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from benchmarks.results import Growth, Results, Row

_HEADINGS = {
    "cold": "One file, and commands that read none",
    "grammars": "Grammars alone, over texts that all differ",
    "estates": "Whole estates",
    "again": "Again, after a change or none",
    "live": "Comparison with name servers",
}
_NOTES = {
    "live": "dnsperf asks the very same questions, once each; mailzone asks again for what was lost, reads the files, "
    "compares, and reports.",
    "again": "Every run but a rerun begins with an empty cache, if there is one.",
}


def markdown(results: Results) -> str:
    """All ratios, group by group, and what grows."""
    return "\n".join([*_preamble(results), *_groups(results.rows), *_growth(results.growth), *_end(results)]) + "\n"


def figure(number: float) -> str:
    """A ratio with as many digits as mean something."""
    return f"{number:.2f}" if number < 10 else f"{number:.1f}" if number < 100 else f"{number:.0f}"


def _preamble(results: Results) -> Iterator[str]:
    versions = ", ".join(f"{name} {version}" for name, version in results.versions.items())
    machine = results.machine
    yield "# What mailzone costs"
    yield ""
    yield f"Of {results.date}, commit `{results.commit}`, by `make bench` on {machine['cores']} cores."
    yield f"Peers: {versions}; Python {machine['python']}."
    yield ""
    yield "Ratios, never times: below 1 mailzone needs less. CPU is user and system time with all child processes, the"
    yield "median of runs in turn with the least and the greatest; wall time and peak memory of the largest process are"
    yield "medians. Before anything was timed, every answer was compared with what was put into the workload."


def _groups(rows: Sequence[Row]) -> Iterator[str]:
    for group, found in groupby(rows, key=lambda row: row.group):
        yield from ("", f"## {_HEADINGS[group]}", "")
        if group in _NOTES:
            yield from (_NOTES[group], "")
        yield "| work | `-j` | in units of | CPU | least to greatest | wall | memory | MB | runs |"
        yield "|---|---|---|---:|---:|---:|---:|---:|---:|"
        yield from map(_row, found)


def _row(row: Row) -> str:
    ratio = row.ratio
    memory, megabytes = (figure(ratio.memory), f"{ratio.megabytes:.0f}") if ratio.megabytes else ("", "")
    between = f"{figure(ratio.cpu.least)} to {figure(ratio.cpu.greatest)}"
    cells = (row.work, row.jobs, row.against, figure(ratio.cpu.median), between, figure(ratio.wall), memory, megabytes)
    return f"| {' | '.join(cells)} | {ratio.runs} |"


def _growth(growth: Sequence[Growth]) -> Iterator[str]:
    yield from (
        "",
        "## Growth",
        "",
        "CPU time in units of the smallest, `-j 1`. The exponent is of the last three sizes,",
    )
    yield from ("without what all cost alike.", "", "| work | sizes | cost | exponent |", "|---|---|---|---:|")
    for found in growth:
        sizes = ", ".join(f"{size:,}" for size in found.costs)
        costs = ", ".join(figure(cost) for cost in found.costs.values())
        yield f"| {found.work} | {sizes} {found.of} | {costs} | {found.exponent:.2f} |"


def _end(results: Results) -> Iterator[str]:
    for reason in results.left_out:
        yield from ("", f"Left out: {reason}.")
    yield from ("", "## Workloads", "", "Made by `benchmarks/workloads.py`; the sums are of their octets.", "")
    yield from ("| workload | sum |", "|---|---|")
    yield from (f"| {name} | `{digest}` |" for name, digest in results.digests.items())
