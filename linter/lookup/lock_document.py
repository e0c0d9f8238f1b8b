"""The lock as a document: what is recorded of each name and type, taken from its YAML and written back."""

from collections.abc import Iterable, Mapping

from linter.records.hosts import host_value
from linter.records.text.fault import Fault
from linter.records.text.name import dotless
from linter.records.text.presentation import name_of, octets_of, written_name, written_text
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern
from linter.source.text import escaped
from linter.source.typed import TypeAlias

from .answer import FOUND, NO_DATA, NO_NAME, UNKNOWN, Answer, Data, Status
from .recorded import Known, Recording, Written
from .recorded_value import NAME_TYPES, read_value

Pair: TypeAlias = tuple[str, str]
"""A name, absolute and lower case, and a record type; "" for all types of the name."""

HEADER = "# What DNS said of names that lie in other people's zones; written by `mailzone lock`."
_PLAIN_KEY = Pattern(r"[a-z_][a-z0-9_-]*(?:\.[a-z0-9_-]+)+")
_CASELESS_TYPES = ("AAAA", "SRV", "TLSA")


class Entry(Frozen):
    """What is recorded of one pair: a status, and for "found" the values in presentation format, in a fixed order.

    `ttl` is what was said with the values, in seconds; `seen` the day of that, of a status as of values, "" for none.
    """

    status: Status
    values: tuple[str, ...] = ()
    ttl: int | None = None
    seen: str = ""

    def says_same(self, other: "Entry") -> bool:
        """Whether both say the same of DNS; when that was seen, and what was left of the TTL, is no difference.

        Neither is the serial of an SOA, which every change of a zone makes another.
        """
        if self.status != other.status:
            return False
        return self.values == other.values or tuple(map(_rest, self.values)) == tuple(map(_rest, other.values))


def _rest(value: str) -> str:
    """An SOA without its serial (RFC 1035 section 3.3.13); any other value as it is."""
    fields = value.split(" ")
    if len(fields) != 7 or not all(field.isascii() and field.isdigit() for field in fields[2:]):
        return value
    return " ".join((*fields[:2], *fields[3:]))


Entries: TypeAlias = Mapping[Pair, Entry]


def entry_of(kind: str, written: Iterable[str], ttl: int | None, seen: str) -> Entry | Fault:
    """An entry for values in presentation format, whatever their order and notation; a fault of one of them."""
    values: dict[str, None] = {}
    for each in written:
        value = _canonical(kind, each)
        if isinstance(value, Fault):
            return value
        values[value] = None
    if kind in ("CNAME", "DNAME") and len(values) > 1:
        return Fault(0, 0, "presentation", f"{len(values)} values; a name is an alias of one other name")
    return Entry(FOUND, tuple(sorted(values, key=_order)), ttl, seen) if values else Entry(NO_DATA, seen=seen)


def _canonical(kind: str, written: str) -> str | Fault:
    """The one notation of a value."""
    if kind in ("TXT", "SPF"):
        octets = octets_of(written)
        return octets if isinstance(octets, Fault) else written_text(octets)
    if kind in NAME_TYPES:
        name = name_of(written)
        return name if isinstance(name, Fault) else written_name(name)
    if kind == "MX":
        host = host_value.parse(written, host_value.MX)
        return host.faults[0] if host.faults else host_value.to_text(host)
    read = read_value(kind, written)
    if isinstance(read, Fault):
        return read
    if kind == "SRV":
        return str(read)
    return written.lower() if kind in _CASELESS_TYPES else written


def _order(value: str) -> tuple[int, str]:
    """Values by the number they begin with, as preferences are, then as text."""
    number = value.partition(" ")[0]
    return (int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0, value)


def entries_of(recording: Recording) -> dict[Pair, Entry]:
    """What a file records."""
    entries: dict[Pair, Entry] = {}
    for name, known in recording.names.items():
        if known.status and known.status != UNKNOWN:
            entries[name, ""] = Entry(known.status, seen=known.seen)
        for kind, answer in known.types.items():
            held = recording.written.get((name, kind), Written())
            entry = (
                entry_of(kind, held.values, held.ttl, held.seen)
                if answer.status == FOUND
                else Entry(answer.status, seen=held.seen)
            )
            if isinstance(entry, Entry) and entry.status != UNKNOWN:
                entries[name, kind] = entry
    return entries


def merged(old: Entries, new: Entries) -> dict[Pair, Entry]:
    """The new entries, and the old ones of names and types that the new ones say nothing about."""
    renewed = {name for name, _ in new}
    whole = {name for name, kind in (*old, *new) if not kind and name in renewed}
    return {pair: entry for pair, entry in old.items() if pair[0] not in whole} | dict(new)


def rebased(found: Entries, old: Entries, new: Entries) -> dict[Pair, Entry]:
    """The new entries, where somebody else has made `found` of the old ones in the meantime.

    What the new ones leave as it was is as it was found; what they change, add or take away is as they have it.
    """
    pairs = dict.fromkeys((*found, *new))
    sides = {pair: (found if new.get(pair) == old.get(pair) else new).get(pair) for pair in pairs}
    kept = {pair: entry for pair, entry in sides.items() if entry is not None}
    # Of one name either all is said at once, or each type by itself.
    ours = {name: kind == "" for name, kind in new}
    return {
        (name, kind): entry
        for (name, kind), entry in kept.items()
        if name not in ours or (kind == "") == ours[name] or not _has_other_form(kept, name, kind)
    }


def _has_other_form(entries: Entries, name: str, kind: str) -> bool:
    """Whether the name stands there as a whole, too, where this is one of its types, or the other way round."""
    if kind:
        return (name, "") in entries
    return any(other == name and each for other, each in entries)


def recording_of(entries: Entries) -> Recording:
    """The entries as a file that says the same would be read."""
    names: dict[str, Known] = {}
    for name, types in _by_name(entries).items():
        whole = _whole(types)
        if whole is not None:
            names[name] = Known(whole.status, {})
        else:
            names[name] = Known("", {kind: _answer(name, kind, entry) for kind, entry in types.items() if kind})
    return Recording(names, False, ())


def _answer(name: str, kind: str, entry: Entry) -> Answer:
    read = (read_value(kind, value) for value in entry.values)
    values: tuple[Data, ...] = tuple(value for value in read if not isinstance(value, Fault))
    # One type of a name cannot lack the name that another has.
    status = NO_DATA if entry.status == NO_NAME else entry.status
    return Answer(status, values, owner=name)


def _by_name(entries: Entries) -> dict[str, dict[str, Entry]]:
    names: dict[str, dict[str, Entry]] = {}
    for (name, kind), entry in entries.items():
        names.setdefault(name, {})[kind] = entry
    return names


def _whole(types: Mapping[str, Entry]) -> Entry | None:
    """What is said of the name as a whole: it does not exist, or what stands there for all of its types."""
    if all(entry.status == NO_NAME for entry in types.values()):
        return Entry(NO_NAME, seen=min((entry.seen for entry in types.values()), default=""))
    return types[""] if types.keys() == {""} else None


def lock_text(entries: Entries) -> str:
    """The file: names in alphabetical order, one line for each name, type, and value of several; ASCII only."""
    lines = [HEADER, "version: 1", "answers:" if entries else "answers: {}"]
    return "".join(f"{line}\n" for line in (*lines, *answer_lines(entries)))


def answer_lines(entries: Entries) -> list[str]:
    """The lines below `answers:`."""
    lines: list[str] = []
    for name, types in sorted(_by_name(entries).items()):
        whole = _whole(types)
        if whole is not None:
            lines.append(f"  {name_key(name)}: {_status(whole.status, whole.seen)}")
            continue
        lines.append(f"  {name_key(name)}:")
        for kind, entry in sorted(types.items()):
            if kind:
                lines += _type_lines(kind, entry)
    return lines


def name_key(name: str) -> str:
    """An absolute name as a key of the document."""
    key = dotless(name)
    return key if _PLAIN_KEY.fullmatch(key) else scalar(written_name(key))


def _type_lines(kind: str, entry: Entry) -> list[str]:
    if entry.status != FOUND:
        return [f"    {kind}: {_status(NO_DATA if entry.status == NO_NAME else entry.status, entry.seen)}"]
    fields = [] if entry.ttl is None else [f"ttl: {entry.ttl}"]
    fields += [f"seen: {entry.seen}"] if entry.seen else []
    if len(entry.values) == 1:
        return [f"    {kind}: {{{', '.join([*fields, f'values: [{scalar(entry.values[0])}]'])}}}"]
    values = [f"        - {scalar(value)}" for value in entry.values]
    return [f"    {kind}:", *(f"      {field}" for field in fields), "      values:", *values]


def _status(status: str, seen: str) -> str:
    return f"{{status: {status}, seen: {seen}}}" if seen else status


def scalar(text: str) -> str:
    """A text as a double-quoted YAML scalar of printable ASCII."""
    return '"' + "".join(_escaped(each) for each in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if " " <= character <= "~" else escaped(character)
