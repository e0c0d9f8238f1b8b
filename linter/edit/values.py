"""Edits inside one record: its TTL, and the first value in which it differs from what it shall hold."""

from linter.source.tree import Alias, Mapping, Node, Scalar, Sequence, unalias
from linter.zone.model import Record, Value
from linter.zone.presented import presented
from linter.zone.shape import SINGLE_TYPES

from .change import CannotEdit, Change, Edit
from .extent import column, dash_of, is_first_in_line, is_flow, line_past, line_start, past
from .style import Style
from .written import (
    fields_of,
    indented,
    is_mapping,
    listed,
    published_as,
    replaced_scalar,
    value_lines,
    values_lines,
)


def record_edits(record: Record, change: Change, style: Style) -> list[Edit]:
    """The edits of the next step towards the change; none where the record is as it shall be. Raises CannotEdit."""
    if not record.complete:
        raise CannotEdit("part of the record cannot be read")
    if change.ttl is not None and record.ttl != change.ttl:
        return [_ttl(record, change.ttl)]
    held = [presented(value) for value in record.values]
    wanted = list(change.values)
    lost = []
    for row, text in enumerate(held):
        if text in wanted:
            wanted.remove(text)
        else:
            lost.append(row)
    if not lost and not wanted:
        return []
    if record.type in SINGLE_TYPES and len(change.values) > 1:
        raise CannotEdit(f"a {record.type} has one value")
    place = _Values(record, style)
    if lost and wanted:
        return place.replaced(lost[0], wanted[0])
    return place.added(wanted[0], [text for text in held if text is not None]) if wanted else place.removed(lost[0])


def _field(record: Record, *names: str) -> tuple[Node, Node] | None:
    """The key and value of a record's own field. Raises CannotEdit where it comes through a merge key."""
    found = None
    for row, (key, value) in enumerate(zip(record.node.keys, record.node.values, strict=True)):
        plain = unalias(key)[0]
        if isinstance(plain, Scalar) and plain.text in names:
            if record.node.vias and record.node.vias[row] is not None:
                raise CannotEdit(f"`{plain.text}` comes through a merge key, which other records may share")
            found = (key, value)
    return found


def _ttl(record: Record, ttl: int) -> Edit:
    found = _field(record, "ttl")
    if found is not None:
        return Edit(found[1].start, past(found[1]), str(ttl))
    kind = _field(record, "type")
    if kind is None:
        raise CannotEdit("the record has no own `type`")
    text, start = record.source.text, kind[0].start
    if is_flow(record.node):
        return Edit(start, start, f"ttl: {ttl}, ")
    newline = "\r\n" if "\r\n" in text else "\n"
    return Edit(start, start, f"ttl: {ttl}{newline}{' ' * column(text, start)}")


class _Values:
    """The values of one record as they are written."""

    def __init__(self, record: Record, style: Style) -> None:
        found = _field(record, "value", "values")
        if found is None:
            raise CannotEdit("the record has no own value")
        self.record, self.style = record, style
        self.key, self.node = found
        self.text = record.source.text
        plain = unalias(self.node)[0]
        self.items: tuple[Node, ...] = plain.items if isinstance(plain, Sequence) else (self.node,)
        self.list = self.node if isinstance(self.node, Sequence) else None
        if isinstance(plain, Sequence) and self.list is None:
            raise CannotEdit("the values come through an alias, which other records may share")
        if len(self.items) != len(record.values):
            raise CannotEdit("part of the record cannot be read")

    def replaced(self, row: int, wanted: str) -> list[Edit]:
        """One value in the place of another."""
        item, value = self.items[row], self.record.values[row]
        kind = self.record.type
        in_flow = is_flow(self.record.node) or (self.list is not None and is_flow(self.list))
        if isinstance(item, Alias):  # only this use of it is to change
            if is_mapping(kind):
                return [Edit(item.start, item.end, value_lines(kind, wanted, self.style, True)[0])]
            return [Edit(item.start, item.end, value_lines(kind, wanted, self.style, in_flow)[0])]
        if isinstance(item, Scalar):
            text = published_as(wanted, self.style) if kind == "TXT" else wanted
            if kind == "TXT" and ";" in wanted and isinstance(item, Scalar):
                text = _as_before(item, wanted, text)
            return [Edit(item.start, past(item), replaced_scalar(item, text, in_flow))]
        if not isinstance(item, Mapping):
            raise CannotEdit("a value is a list")
        return list(self._fields(item, value, wanted))

    def _fields(self, item: Mapping, value: Value, wanted: str) -> list[Edit]:
        """The fields in which a value differs."""
        held = presented(value)
        new = fields_of(self.record.type, wanted, self.style)
        old = fields_of(self.record.type, held or "", self.style)
        names = {"value": "exchange", "priority": "preference"} if self.record.type == "MX" else {}
        new, old = ({names.get(key, key): text for key, text in each.items()} for each in (new, old))
        if any(item.vias):
            raise CannotEdit("a value comes through a merge key, which other records may share")
        edits = []
        for key, node in zip(item.keys, item.values, strict=True):
            plain = unalias(key)[0]
            name = names.get(plain.text, plain.text) if isinstance(plain, Scalar) else ""
            if name in new and new[name] != old.get(name):
                if not isinstance(node, Scalar):
                    raise CannotEdit("a value comes through an alias, which other records may share")
                text = new[name] if new[name].isdigit() and not node.style else replaced_scalar(node, new[name], True)
                edits.append(Edit(node.start, past(node), text))
        return edits

    def added(self, wanted: str, held: list[str]) -> list[Edit]:
        """One value more."""
        kind, style = self.record.type, self.style
        if self.list is None:
            return [self._listed((*held, wanted))]
        if is_flow(self.list):
            end = past(self.items[-1])
            return [Edit(end, end, f", {value_lines(kind, wanted, style, True)[0]}")]
        like = style._replace(in_flow=isinstance(self.items[0], Mapping) and is_flow(self.items[0]))
        dash = column(self.text, dash_of(self.list, 0))
        lines = indented(listed(value_lines(kind, wanted, like)), dash)
        return [inserted_after(self.text, past(self.items[-1]), lines, style.newline)]

    def _listed(self, values: tuple[str, ...]) -> Edit:
        """`value:` becomes `values:`."""
        kind, start = self.record.type, self.key.start
        if is_flow(self.record.node):
            items = [value_lines(kind, value, self.style, True)[0] for value in values]
            return Edit(start, past(self.node), f"values: [{', '.join(items)}]")
        lines = values_lines(kind, values, self.style)
        indent = f"{self.style.newline}{' ' * column(self.text, start)}"
        return Edit(start, past(self.node), indent.join(lines))

    def removed(self, row: int) -> list[Edit]:
        """One value less; a record keeps at least one."""
        if self.list is None or len(self.items) < 2:
            raise CannotEdit("the record has no other value")
        return [removed_item(self.list, row)]


def _as_before(item: Scalar, wanted: str, text: str) -> str:
    """A value with its semicolons as in the one whose place it takes."""
    if "\\;" in item.text:
        return wanted.replace(";", "\\;")
    return wanted if ";" in item.text else text


def inserted_after(text: str, offset: int, lines: list[str], newline: str) -> Edit:
    """Lines behind the line that holds an offset."""
    place = line_past(text, offset)
    body = newline.join(lines)
    if place == len(text) and not text.endswith("\n"):
        return Edit(place, place, f"{newline}{body}")
    return Edit(place, place, f"{body}{newline}")


def removed_item(sequence: Sequence, row: int) -> Edit:
    """An item of a list that has others, with its own lines or its comma."""
    text, items = sequence.source.text, sequence.items
    if is_flow(sequence):
        if row + 1 < len(items):
            return Edit(items[row].start, items[row + 1].start, "")
        return Edit(past(items[row - 1]), past(items[row]), "")
    dash = dash_of(sequence, row)
    if is_first_in_line(text, dash):
        return Edit(line_start(text, dash), line_past(text, past(items[row])), "")
    if row + 1 < len(items):  # the first one, behind a `: `
        return Edit(dash, dash_of(sequence, row + 1), "")
    raise CannotEdit("the list is written in a form that the editor does not know")
