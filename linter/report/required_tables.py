"""The records that declared mail asks for, as text, as octoDNS YAML to paste, and as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence

from linter.facts.mail.manual_steps import Step
from linter.facts.mail.required import OWN_KEY, Required
from linter.records.text.name import dotless, is_under
from linter.source.frozen import Frozen
from linter.source.scalar_type import implicit_type
from linter.source.typed import Any

from .manual_steps import steps_comments, steps_json, steps_text
from .sender_tables import folded
from .shown import shown, width

MARKS = {"present": "ok", "missing": "missing", "differs": "differs", "elsewhere": "elsewhere"}
"""What a table calls the states of a record; others by their own names."""


class Told(Frozen):
    """What a report tells of a domain: all that it `needed`, the `records` of these to be shown, and the `steps`."""

    needed: tuple[Required, ...]
    records: tuple[Required, ...]
    steps: tuple[Step, ...] = ()


class Paste(Frozen):
    """Where a piece of YAML is to be pasted: `taken` are the absolute names that the zone's files have already.

    `indent` is the column of their names; with `is_flow` these are in braces, between which no lines can be pasted.
    """

    zone: str
    taken: frozenset[str] = frozenset()
    indent: int = 0
    is_flow: bool = False


def required_text(domain: str, told: Told, columns: int) -> Iterator[str]:
    """A line for each record: whether it is there, its name and type, who needs it; below, what to publish.

    On a narrow screen who needs it has a line of its own.
    """
    yield from folded(shown(f"{dotless(domain)}: {_count(told.needed)}"), columns)
    records = told.records
    sizes = [
        max((width(shown(cell)) for cell in column), default=0) for column in zip(*map(_cells, records), strict=True)
    ]
    is_wide = 2 + sum(sizes) + 2 * (len(sizes) - 1) > columns
    for record in records:
        cells = [shown(cell) for cell in _cells(record)]
        padded = [f"{cell}{' ' * (size - width(cell))}" for cell, size in zip(cells, sizes, strict=True)]
        *row, system = padded
        yield f"  {'  '.join(row if is_wide else padded)}".rstrip()
        if is_wide and system.strip():
            yield f"      for:  {system.rstrip()}"
        if record.state != "present":
            yield from _details(record, columns)
    yield from steps_text(told.steps, columns)


def _cells(record: Required) -> tuple[str, str, str, str]:
    return MARKS.get(record.state, record.state), record.type, dotless(record.name), record.system


def _details(record: Required, columns: int) -> Iterator[str]:
    """What stands there and what should; values are never folded, for somebody will copy them."""
    for found in record.found[:4]:
        yield f"      is:   {shown(found)}"
    if record.state != "elsewhere":
        for value in record.values:
            yield f"      want: {shown(value)}"
        if record.hint:
            yield from folded(f"      {shown(_to_look_up(record))}", columns)


def _to_look_up(record: Required) -> str:
    """What somebody has to find out, and where."""
    if record.purpose in ("send", "policy") or record.values:
        return f"{'first' if record.found and not record.values else 'look up'}: {record.hint}"
    return f"want: {record.hint if record.hint == OWN_KEY else f'what the vendor shows ({record.hint})'}"


def _count(records: Sequence[Required]) -> str:
    there = sum(1 for record in records if record.state == "present")
    unknown = sum(1 for record in records if record.state in ("unknown", "elsewhere") and not record.is_lacking)
    are = "is" if there == 1 else "are"
    more = f"; {unknown} not known here" if unknown else ""
    return f"{there} of {len(records)} record{'s' * (len(records) != 1)} that the declared mail needs {are} there{more}"


def required_yaml(place: Paste, told: Told) -> Iterator[str]:
    """What is to be added to a zone file, as far as it can be told: pasted at its end, no key is there twice.

    What belongs into entries that are there is a comment, as is what has to be looked up and what is right already.
    """
    names: dict[str, dict[str, list[Required]]] = {}
    for record in told.records:
        if is_under(record.name, place.zone):
            names.setdefault(record.name, {}).setdefault(record.type, []).append(record)
        elif record.is_lacking:
            what = " and ".join(record.values) or record.hint
            yield shown(f"# in another zone: {record.type} {dotless(record.name)}: {what}")
    lead = " " * place.indent
    for name, kinds in names.items():
        yield from _comments(kinds)
        known = {kind: found for kind, held in kinds.items() if (found := _values(kind, held))}
        lacking = {kind for kind, held in kinds.items() if any(each.is_lacking for each in held)}
        key = yaml_key(relative_name(name, place.zone))
        missing = {kind: known[kind] for kind in known if kind in lacking}
        there = {kind: known[kind] for kind in known if kind not in lacking}
        if there:
            yield f"# there already, at {key}:"
            yield from (f"#{line}" for line in _entry_lines(there))
        if missing and (name in place.taken or place.is_flow):
            yield f"# {key} is in the file: its entry is to hold"
            yield from (f"#{line}" for line in _entry_lines(missing))
        elif missing:
            yield f"{lead}{key}:"
            yield from (f"{lead}{line}" for line in _entry_lines(missing))
    yield from steps_comments(told.steps)


def _entry_lines(known: dict[str, list[str]]) -> Iterator[str]:
    for kind, values in known.items():
        yield f"  - type: {kind}"
        if len(values) == 1 or kind == "CNAME":
            yield f"    value: {values[0]}"
        else:
            yield "    values:"
            yield from (f"      - {value}" for value in values)


def _comments(kinds: dict[str, list[Required]]) -> Iterator[str]:
    """What somebody has to look up before the piece is complete."""
    for kind, records in kinds.items():
        for record in records:
            place = f"{kind} {dotless(record.name)}"
            if record.state == "elsewhere" and not record.found:
                yield shown(f"# elsewhere: {place}, by an alias")
            elif not _wanted(record):
                yield shown(f"# to look up: {place}{f' ({record.hint})' if record.hint else ''}")
            elif record.state != "present" and record.hint:
                yield shown(f"# to look up: {place}: {record.hint}")


def _wanted(record: Required) -> tuple[str, ...]:
    """What to publish; what is right already, or somebody else's to say, is kept as it stands."""
    if record.state == "elsewhere":
        return record.found
    return record.found if record.state == "present" and record.found else record.values


def relative_name(name: str, zone: str) -> str:
    """A name as a file of its zone has it."""
    return "" if name == zone else name.removesuffix(f".{zone}")


def yaml_key(name: str) -> str:
    """A relative name as a key of YAML."""
    plain = name and (name[0].isalpha() or name[0] == "_") and implicit_type(name) == "str"
    return name if plain else f"'{name}'"


def _values(kind: str, records: Iterable[Required]) -> list[str]:
    """The values of one set as YAML, each once; what stands there already is kept, also beside what is asked for."""
    held = tuple(records)
    wanted = [value for record in held for value in _wanted(record)]
    texts = dict.fromkeys((*wanted, *(value for record in held for value in record.beside if wanted)))
    return [yaml_value(kind, text) for text in texts]


def yaml_value(kind: str, text: str) -> str:
    """A value as octoDNS has it, in YAML."""
    words = text.split()
    if kind == "MX":
        return f"{{preference: {words[0]}, exchange: {words[1]}}}"
    if kind == "SRV":
        return f"{{priority: {words[0]}, weight: {words[1]}, port: {words[2]}, target: {words[3]}}}"
    if kind == "TXT":
        escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace("'", "''")
        return f"'{shown(escaped)}'"
    return text


def required_json(domain: str, told: Told) -> str:
    """The document."""
    document = {
        "version": 1,
        "domain": domain,
        "records": [_entry(each) for each in told.records],
        "steps": steps_json(told.steps),
    }
    return json.dumps(document, indent=2)


def _entry(record: Required) -> dict[str, Any]:
    return {
        "name": record.name,
        "type": record.type,
        "purpose": record.purpose,
        "system": record.system,
        "state": record.state,
        "values": list(record.values),
        "found": list(record.found),
        "hint": record.hint,
    }
