"""The results as one picture: bars of ratios with their spread, and lines of what grows, on logarithmic scales."""

import math
from collections.abc import Iterator
from html import escape

from benchmarks.results import Results, Row
from benchmarks.table import figure

_WIDE, _LEFT, _LINE = 960, 470, 20
_LOW, _HIGH = 0.01, 100.0
_LESS, _MORE, _INK, _FAINT = "#2a7f62", "#b4552d", "#222222", "#cccccc"
_COLOURS = ("#2a7f62", "#b4552d", "#3b5b92", "#8a6d1f")
_STYLE = f"text {{ font: 12px sans-serif; fill: {_INK} }}"


def svg(results: Results) -> str:
    """The picture, complete in itself."""
    rows = [row for row in results.rows if row.jobs != "auto"]
    bars_end = 60 + _LINE * len(rows)
    height = bars_end + 330
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {height}" role="img">',
        f"<title>What mailzone costs, {results.date}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect width="{_WIDE}" height="{height}" fill="#ffffff"/>',
        _text(
            10, 20, f"CPU in units of a peer, {results.date}, commit {results.commit}; left of 1 mailzone needs less"
        ),
        *_scale(40, bars_end),
        *(part for number, row in enumerate(rows) for part in _bar(row, 60 + _LINE * number)),
        *_lines(results, bars_end + 50),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _across(ratio: float) -> float:
    """Where a ratio is, from left to right."""
    share = math.log(min(max(ratio, _LOW), _HIGH) / _LOW) / math.log(_HIGH / _LOW)
    return _LEFT + share * (_WIDE - _LEFT - 60)


def _scale(top: float, bottom: float) -> Iterator[str]:
    for power in range(-2, 3):
        across = _across(10.0**power)
        yield _stroke(across, top, across, bottom, _INK if power == 0 else _FAINT)
        yield _text(across - 8, top - 4, f"{10.0**power:g}")


def _bar(row: Row, down: float) -> Iterator[str]:
    cpu = row.ratio.cpu
    left, right = sorted((_across(1), _across(cpu.median)))
    colour = _LESS if cpu.median <= 1 else _MORE
    jobs = f", -j {row.jobs}" if row.jobs else ""
    yield _text(10, down + 4, f"{row.work}{jobs} : {row.against}")
    yield f'<rect x="{left:.1f}" y="{down - 5}" width="{max(right - left, 1):.1f}" height="11" fill="{colour}"/>'
    yield _stroke(_across(cpu.least), down, _across(cpu.greatest), down, _INK)
    yield _text(_WIDE - 50, down + 4, figure(cpu.median))


def _lines(results: Results, top: float) -> Iterator[str]:
    """Cost over size, both in units of the smallest, so that what grows straight runs along the diagonal."""
    if not results.growth:
        return
    side = 200.0
    most = max(max(found.costs) / min(found.costs) for found in results.growth)
    yield _text(10, top, "growth: cost over size in units of the smallest; the grey line is exponent 1")
    yield _stroke(10, top + 20 + side, 10 + side * 2, top + 20, _FAINT)
    for number, found in enumerate(results.growth):
        first = min(found.costs)
        points = " ".join(
            f"{10 + side * 2 * _share(size / first, most):.1f},{top + 20 + side * (1 - _share(cost, most)):.1f}"
            for size, cost in found.costs.items()
        )
        yield f'<polyline points="{points}" fill="none" stroke="{_COLOURS[number % len(_COLOURS)]}" stroke-width="2"/>'
        label = f"{found.work}, {found.of}: exponent {found.exponent:.2f}"
        yield _text(_LEFT, top + 40 + 20 * number, label, _COLOURS[number % len(_COLOURS)])


def _share(multiple: float, most: float) -> float:
    return min(max(math.log(multiple) / math.log(most), 0.0), 1.0)


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def _text(across: float, down: float, words: str, colour: str = _INK) -> str:
    return f'<text x="{across:.1f}" y="{down:.1f}" style="fill: {colour}">{escape(words)}</text>'
