"""Which characters of a file a node takes up, and the lines around them."""

from linter.source.tree import Alias, Mapping, Node, Scalar, Sequence

from .change import CannotEdit


def is_flow(node: Mapping | Sequence) -> bool:
    """Whether a collection is written in brackets."""
    return node.source.text[node.start : node.start + 1] in ("{", "[")


def past(node: Node) -> int:
    """The offset behind the last character of a node; a block collection ends with its last child.

    libyaml has block collections and block scalars end where the next token begins, comments between included.
    """
    text = node.source.text
    if isinstance(node, Scalar):
        if node.style in ("|", ">"):
            return node.start + len(text[node.start : node.end].rstrip())
        return node.end
    if isinstance(node, Alias) or is_flow(node):
        return node.end
    ends = [node.start]
    if isinstance(node, Sequence):
        ends += (past(item) for item in node.items)
    else:
        vias = node.vias or (None,) * len(node.keys)
        for key, value, via in zip(node.keys, node.values, vias, strict=True):
            if via is None:
                ends += (past(key), past(value))
            elif via.source is node.source:
                ends.append(via.end)
    return max(ends)


def line_start(text: str, offset: int) -> int:
    """Where the line of an offset begins."""
    return text.rfind("\n", 0, offset) + 1


def line_past(text: str, offset: int) -> int:
    """Where the line of an offset ends, its line end included."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def column(text: str, offset: int) -> int:
    """How many characters stand before an offset in its line."""
    return offset - line_start(text, offset)


def dash_of(sequence: Sequence, row: int) -> int:
    """The offset of the dash of an item of a block sequence. Raises CannotEdit where none begins a line before it."""
    if not row:
        return sequence.start
    text, end = sequence.source.text, sequence.items[row].start
    place = line_past(text, past(sequence.items[row - 1]))
    while place <= end and place < len(text):
        line = text[place : line_past(text, place)]
        if line.lstrip(" ").startswith("-"):
            return place + len(line) - len(line.lstrip(" "))
        place += len(line)
    raise CannotEdit("the list is written in a form that the editor does not know")


def is_first_in_line(text: str, offset: int) -> bool:
    """Whether only blanks stand before an offset in its line."""
    return not text[line_start(text, offset) : offset].strip(" ")
