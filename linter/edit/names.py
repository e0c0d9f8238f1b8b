"""Edits of the names of a file: a record that is new there, or one that goes."""

from linter.records.text.name import absolute, is_under, shown
from linter.source.plain import key_text
from linter.source.scalar_type import implicit_type
from linter.source.tree import Alias, Mapping, Node, Sequence, unalias
from linter.zone.document import Document
from linter.zone.model import Record

from .change import CannotEdit, Change, Edit
from .extent import column, dash_of, is_flow, line_past, line_start, past
from .style import Style, names_of, natural
from .values import inserted_after, removed_item
from .written import indented, listed, quoted_scalar, record_in_braces, record_lines


def added_edits(document: Document, change: Change, style: Style) -> list[Edit]:
    """A record set that the file does not have. Raises CannotEdit.

    A name with one record, which is not a list yet, first becomes one: that is a step of its own.
    """
    names = names_of(document)
    row = _row(names, change.name, document.zone)
    if row is None:
        return [_new_name(document, names, change, style)]
    key, value = names.keys[row], names.values[row]
    if isinstance(value, Alias) or (names.vias and names.vias[row] is not None):
        raise CannotEdit("the records of the name come through an alias, which other names may share")
    if isinstance(value, Mapping):
        return _as_list(key, value, style)
    if not isinstance(value, Sequence) or not value.items:
        raise CannotEdit("what the name holds is not a record")
    if is_flow(value):
        end = past(value.items[-1])
        return [Edit(end, end, f", {record_in_braces(change.type, change.values, change.ttl, style)}")]
    text = value.source.text
    lines = listed(record_lines(change.type, change.values, change.ttl, style))
    return [
        inserted_after(text, past(value), indented(lines, column(text, dash_of(value, 0))), style.newline),
    ]


def removed_edits(document: Document, record: Record) -> list[Edit]:
    """A record that goes, and with the last one its name. Raises CannotEdit."""
    names = names_of(document)
    row = next((row for row, key in enumerate(names.keys) if unalias(key)[0] is record.name_node), None)
    if row is None or (names.vias and names.vias[row] is not None):
        raise CannotEdit("the record comes through a merge key, which others may share")
    value = names.values[row]
    if isinstance(value, Sequence) and len(value.items) > 1:
        place = next((place for place, item in enumerate(value.items) if unalias(item)[0] is record.node), None)
        if place is None:
            raise CannotEdit("the record is not in the list of its name")
        return [removed_item(value, place)]
    return [_without_name(names, row)]


def _row(names: Mapping, name: str, zone: str) -> int | None:
    found = (row for row, key in enumerate(names.keys) if absolute(key_text(key), zone)[0] == name)
    return next(found, None)


def _as_list(key: Node, value: Mapping, style: Style) -> list[Edit]:
    """One record becomes the first of a list."""
    text = value.source.text
    if is_flow(value):
        between = text[past(key) : value.start]
        if between.strip(" :"):
            raise CannotEdit("the name is written in a form that the editor does not know")
        dash = f":{style.newline}{' ' * (column(text, key.start) + style.dash)}- "
        return [Edit(past(key), value.start, dash)]
    edits = [Edit(value.start, value.start, "- ")]
    place, end = line_past(text, value.start), past(value)
    while place < end:
        if text[place : line_past(text, place)].strip():
            edits.append(Edit(place, place, "  "))
        place = line_past(text, place)
    return edits


def _new_name(document: Document, names: Mapping, change: Change, style: Style) -> Edit:
    text, zone = document.source.text, document.zone
    if not is_under(change.name, zone):
        raise CannotEdit(f"{shown(change.name)} does not lie in {shown(zone)}")
    if names.source is not document.source:
        raise CannotEdit("the names come from an included file")
    relative = "" if change.name == zone else change.name.removesuffix(f".{zone}")
    if is_flow(names):
        end = past(names.values[-1]) if names.values else names.start + 1
        record = record_in_braces(change.type, change.values, change.ttl, style)
        return Edit(end, end, f"{', ' if names.values else ''}{_key(relative)}: {record}")
    indent = column(text, names.start)
    record_text = record_lines(change.type, change.values, change.ttl, style)
    inner = indented(listed(record_text), style.dash) if style.lists else indented(record_text, style.step)
    lines = indented([f"{_key(relative)}:", *inner], indent)
    later = _next_row(names, relative, style)
    if later is None:
        return inserted_after(text, past(names), ["", *lines] if style.gap else lines, style.newline)
    place = _before(text, names.keys[later])
    body = "".join(f"{line}{style.newline}" for line in lines)
    return Edit(place, place, f"{body}{style.newline}" if style.gap else body)


def _next_row(names: Mapping, relative: str, style: Style) -> int | None:
    """The first name that comes after a new one, where the file's names are in an order."""
    if style.order == "natural":
        return next((row for row, key in enumerate(names.keys) if natural(key_text(key)) > natural(relative)), None)
    if style.order == "plain":
        return next((row for row, key in enumerate(names.keys) if key_text(key) > relative), None)
    return None


def _before(text: str, key: Node) -> int:
    """The line of a name, or of the comment right above it, which belongs to it."""
    place = line_start(text, key.start)
    lead = text[place : key.start]
    if lead.strip(" ?"):
        raise CannotEdit("several names are in one line")
    while place > 0:
        above = line_start(text, place - 1)
        if not text[above:place].lstrip(" ").startswith("#"):
            break
        place = above
    return place


def _without_name(names: Mapping, row: int) -> Edit:
    """A name and all that it holds; the comments above it stay."""
    text, key, end = names.source.text, names.keys[row], past(names.values[row])
    if len(names.keys) == 1:
        raise CannotEdit("it is the only name of the file")
    if is_flow(names):
        if row + 1 < len(names.keys):
            return Edit(key.start, names.keys[row + 1].start, "")
        return Edit(past(names.values[row - 1]), end, "")
    start = line_start(text, key.start)
    if text[start : key.start].strip(" ?"):
        raise CannotEdit("several names are in one line")
    stop = line_past(text, end)
    blank_above = start and not text[line_start(text, start - 1) : start].strip()
    if blank_above and not text[stop : line_past(text, stop)].strip():
        stop = line_past(text, stop) if stop < len(text) else stop
    return Edit(start, stop, "")


def _key(relative: str) -> str:
    is_plain = relative and (relative[0].isalpha() or relative[0] == "_") and implicit_type(relative) == "str"
    return relative if is_plain and relative.isprintable() else quoted_scalar(relative, "'")
