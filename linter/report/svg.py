"""Pictures as inline SVG: boxes in columns, no script, colours by the classes of the page."""

from collections import Counter
from collections.abc import Iterator
from html import escape

from linter.source.frozen import Frozen

from .graph import Arrow, Box, Graph
from .shown import shown, width

_CHARACTER = 7.4
_LINE = 17
_PADDING = 10
_GAP = 18
_CORRIDOR = 50
"""Pixels: of one character and one line of text, inside a box, between boxes, and between columns without labels."""


class _Placed(Frozen):
    """A box with its place in pixels."""

    box: Box
    x: float
    y: float
    wide: float
    high: float


def svg_lines(graph: Graph, title: str) -> Iterator[str]:
    """The picture, line by line; `title` says in words what it shows."""
    placed = _placed(graph)
    right = max((each.x + each.wide for each in placed.values()), default=0) + 2
    bottom = max((each.y + each.high for each in placed.values()), default=0) + (_LINE if graph.more else 0) + 4
    name = escape(shown(title))
    yield f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{name}" viewBox="0 0 {right:g} {bottom:g}"'
    yield f'  width="{right:g}" height="{bottom:g}">'
    yield f"<title>{name}</title>"
    meeting = Counter(arrow.end for arrow in graph.arrows)
    for arrow in graph.arrows:
        yield from _arrow(arrow, placed[arrow.start], placed[arrow.end], meeting[arrow.end] > 1)
    for each in placed.values():
        yield from _box(each)
    if graph.more:
        yield f'<text x="2" y="{bottom - 6:g}">and {graph.more} more</text>'
    yield "</svg>"


def _placed(graph: Graph) -> dict[str, _Placed]:
    """Every box where it belongs: columns from left to right, each centred."""
    columns: dict[int, list[Box]] = {}
    for box in graph.boxes:
        columns.setdefault(box.column, []).append(box)
    heights = {column: sum(map(_height, held)) + _GAP * (len(held) - 1) for column, held in columns.items()}
    tallest = max(heights.values(), default=0)
    named = {box.key: box.column for box in graph.boxes}
    corridors = dict.fromkeys(columns, _CORRIDOR)
    for arrow in graph.arrows:
        wide = _CORRIDOR + round(_CHARACTER * width(shown(arrow.label)))
        corridors[named[arrow.start]] = max(corridors[named[arrow.start]], wide)
    found: dict[str, _Placed] = {}
    x = 2.0
    for column in sorted(columns):
        y = 2 + (tallest - heights[column]) / 2
        widest = max(map(_width, columns[column]))
        for box in columns[column]:
            found[box.key] = _Placed(box, x, y, widest, _height(box))
            y += _height(box) + _GAP
        x += widest + corridors[column]
    return found


def _width(box: Box) -> float:
    return max((width(shown(line)) for line in box.lines), default=0) * _CHARACTER + 2 * _PADDING


def _height(box: Box) -> float:
    return max(1, sum(1 for line in box.lines if line)) * _LINE + 2 * _PADDING - 4


def _box(placed: _Placed) -> Iterator[str]:
    box = placed.box
    yield f'<rect class="box {box.look}" x="{placed.x:g}" y="{placed.y:g}" rx="4"'
    yield f'  width="{placed.wide:g}" height="{placed.high:g}"/>'
    for row, line in enumerate(line for line in box.lines if line):
        y = placed.y + _PADDING + _LINE * row + 10
        look = "" if row else ' class="head"'
        yield f'<text{look} x="{placed.x + _PADDING:g}" y="{y:g}">{escape(shown(line))}</text>'


def _arrow(arrow: Arrow, start: _Placed, end: _Placed, is_met: bool) -> Iterator[str]:
    """A curve from one box to the left of another; its label is at the end unless others end there too (`is_met`)."""
    x, y = start.x + start.wide, start.y + start.high / 2
    to_x, to_y = end.x, end.y + end.high / 2
    if to_x <= x:  # back to an earlier column: around below
        x, to_x = start.x + start.wide / 2, end.x + end.wide / 2
        y, to_y = start.y + start.high, end.y + end.high
        low = max(y, to_y) + _GAP
        way = f"M{x:g},{y:g} C{x:g},{low:g} {to_x:g},{low:g} {to_x:g},{to_y:g}"
        head = f"M{to_x - 4:g},{to_y + 8:g} L{to_x:g},{to_y:g} L{to_x + 4:g},{to_y + 8:g}"
    else:
        middle = (x + to_x) / 2
        way = f"M{x:g},{y:g} C{middle:g},{y:g} {middle:g},{to_y:g} {to_x:g},{to_y:g}"
        head = f"M{to_x - 8:g},{to_y - 4:g} L{to_x:g},{to_y:g} L{to_x - 8:g},{to_y + 4:g}"
    yield f'<path class="way {arrow.look}" d="{way}"/><path class="way" d="{head}"/>'
    if arrow.label:
        label = escape(shown(arrow.label))
        place = f'x="{x + 6:g}" y="{y - 5:g}"' if is_met else f'text-anchor="end" x="{to_x - 12:g}" y="{to_y - 5:g}"'
        yield f'<text class="label" {place}>{label}</text>'
