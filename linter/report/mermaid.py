"""Pictures as Mermaid, which GitHub and GitLab draw in Markdown."""

from collections.abc import Iterator

from .graph import BAD, OPEN_END, Arrow, Graph
from .shown import shown

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .-_,")
_ARROWS = {OPEN_END: "-.->", BAD: "--x"}
_STYLES = (
    f"classDef {OPEN_END} stroke-dasharray: 5 5",
    f"classDef {BAD} stroke:#c00,stroke-width:2px",
)


def mermaid_lines(graph: Graph) -> Iterator[str]:
    """The picture, line by line: what is not known is dashed, what is at fault red and ends in a cross."""
    yield "flowchart LR"
    names = {box.key: f"n{number}" for number, box in enumerate(graph.boxes)}
    for box in graph.boxes:
        text = "<br/>".join(_escaped(line) for line in box.lines if line)
        yield f'  {names[box.key]}["{text}"]'
    for arrow in graph.arrows:
        yield f"  {names[arrow.start]} {_arrow(arrow)} {names[arrow.end]}"
    if graph.more:
        yield f'  more["and {graph.more} more"]'
    for look, style in zip((OPEN_END, BAD), _STYLES, strict=True):
        held = [names[box.key] for box in graph.boxes if box.look == look]
        if held:
            yield f"  {style}"
            yield f"  class {','.join(held)} {look}"


def _arrow(arrow: Arrow) -> str:
    drawn = _ARROWS.get(arrow.look, "-->")
    return f'{drawn}|"{_escaped(arrow.label)}"|' if arrow.label else drawn


def _escaped(text: str) -> str:
    """Text from a stranger's file that stays text in a quoted label: everything but letters by its code point."""
    told = shown(text)
    return "".join(each if each in _PLAIN or not each.isascii() else f"#{ord(each)};" for each in told)
