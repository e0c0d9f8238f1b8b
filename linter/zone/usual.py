"""A zone written the usual way, cut into records by their shape: no tree is made of what one expression can read.

That is octoDNS's form as it writes zones itself: a name, and below it a record or a list of them, each with `ttl`,
`type`, and `value` or `values`. Names that are written otherwise are read as a tree each, and where that cannot be done
for some names alone, the whole file is. A property test holds both readings against each other.
"""

import re

from linter.source.frozen import Frozen
from linter.source.pattern import Pattern
from linter.source.scalar_type import implicit_type
from linter.source.text import Source, SourceFault
from linter.source.tree import Mapping, Sequence
from linter.source.typed import TypeAlias

from .shape import KNOWN_TYPES

Entry: TypeAlias = re.Match[str] | Mapping
"""A record by its shape, or some names as a tree."""

Field: TypeAlias = tuple[int, int, str, int, str]
"""A field of a value: the places of the dash before it (-1 for none) and of its key, the key; its value alike."""

_SCALAR = r"(?:[\w.][^:# \n]*+(?:[: ](?=[^# \n])[^:# \n]*+)*+|'[^'\n]*+'|\"[^\"\\\n]*+\")"
"""Text without quotes, in which no colon, hash or blank has a meaning to YAML; else in quotes and without escapes."""
_NUMBER = "[0-9]{1,9}+"
# To compile an expression takes longer than to read a file with it: a part that stands twice is named, if possible.
_RECORD = Pattern(
    # PyYAML writes an empty name as `? ''`, and a colon before what it holds.
    r"(?:(?P<name>[\w.][\w.-]{0,255}+|'[^'\n]{0,255}+'):\n|\? (?P<empty>'')\n: )?"
    r"(?P<deep> *+)(?P<dash>- )?+(?(dash)|(?<= ))"
    rf"(?:ttl: (?P<ttl>{_NUMBER})\n(?(empty)  )(?P=deep)(?(dash)  ))?"
    r"type: (?P<type>[A-Z]++)(?P<below>\n(?(empty)  )(?P=deep)(?(dash)  ))"
    rf"(?(ttl)|(?:ttl: (?P<later>{_NUMBER})(?P=below))?)"
    # One value behind `value`, or lines with values or their fields; each begins as the first, with or without a dash.
    r"value(?P<many>s)?:(?=(?P<lead>(?P=below) *+)(?P<mark>- )?+)?+"
    rf"(?P<held>(?:(?(lead)(?P=lead)(?(mark)(?:- |  ))(?:[a-z_]{{1,32}}+: )?+|(?<=e:) ){_SCALAR})++)"
    rf"(?(ttl)|(?(later)|(?:(?P=below)ttl: (?P<last>{_NUMBER}))?))(?:\n|\Z)"
)
_NEXT_NAME = Pattern(r"\n(?=[^ #\n:-])")
_INSIDE = frozenset(" -:")
"""What a line begins with that belongs to the name before it."""
_ITEM = frozenset(" -")
_NO_NAME = frozenset(" -:#\n")
_OF_OTHER_FORMS = frozenset({"zone", "records"})
"""Names that make a file, or all of its records, something else."""
_MOST_KNOWN = 2048
_LONGEST_KNOWN = 512
_known_fields: dict[str, tuple[Field, ...] | None] = {}
"""Values of several fields that were read before: many zones have the same mail servers and the same CAA records."""
_MOST_ODD = 8
"""Names at the begin of a file that are not written the usual way, before no more are looked at."""


class Usual(Frozen):
    """The names of a file in their order."""

    source: Source
    entries: tuple[Entry, ...]


def usual(source: Source) -> Usual | None:
    """The names of a file that is a zone beyond doubt and without a fault in its form; None for any other."""
    if not source.is_plain:
        return None
    cut = _Cut(source)
    try:
        return Usual(source, tuple(cut.entries)) if cut.all() else None
    except _Otherwise:
        return None


def record_tree(source: Source, record: re.Match[str]) -> Mapping:
    """One record as a tree."""
    from linter.source.block_reader import read_part
    from linter.source.merge import Mappings

    root = read_part(source, Mappings(source, []), record.start(), place_behind(source.text, record.end()))
    held = root.values[0] if isinstance(root, Mapping) else root
    read = held.items[0] if isinstance(held, Sequence) else held
    if not isinstance(read, Mapping):
        raise ValueError(f"no record in {record[0]!r}")
    return read


def fields_in(held: str) -> tuple[Field, ...] | None:
    """The fields of values as they stand below `values` or `value`; None where a key is missing or stands twice."""
    if held in _known_fields:
        return _known_fields[held]
    fields = _split(held)
    if len(_known_fields) >= _MOST_KNOWN:
        _known_fields.clear()
    if len(held) <= _LONGEST_KNOWN:
        _known_fields[held] = fields
    return fields


def _split(held: str) -> tuple[Field, ...] | None:
    """The same of what was not read before."""
    found: list[Field] = []
    keys: set[str] = set()
    place = 1
    for line in held[1:].split("\n"):
        bare = line.lstrip(" ")
        at, dash = place + len(line) - len(bare), -1
        if bare.startswith("- "):
            at, dash, bare = at + 2, at, bare[2:]
            keys.clear()
        key, colon, value = bare.partition(": ")
        if not colon or key in keys or key[0] in "'\"":
            return None
        keys.add(key)
        found.append((dash, at, key, at + len(key) + 2, value))
        place += len(line) + 1
    return tuple(found)


def place_behind(text: str, place: int) -> int:
    """Where the next that is neither blank nor comment begins, from the begin of a line on."""
    place = _past_gap(text, place)
    while text[place : place + 1] == " ":
        place += 1
    return place


class _Otherwise(Exception):
    """The file is to be read as a tree."""


class _Cut:
    """The state of one reading. `apart` is where names begin that are to be read as a tree, else -1."""

    def __init__(self, source: Source) -> None:
        self.source, self.text = source, source.text
        self.entries: list[Entry] = []
        self.seen: set[object] = set()
        self.apart = -1

    def all(self) -> bool:
        """Cut the whole text; whether it is a zone beyond doubt. Raises _Otherwise."""
        types: set[str] = set()
        text, size, by_shape, odd = self.text, len(self.text), 0, 0
        place = _past_gap(text, 0)
        if text.startswith("---\n", place):
            place = _past_gap(text, place + 4)
        if text[place : place + 1] in _INSIDE:
            return False
        match = _RECORD.match
        while place < size and odd <= _MOST_ODD + by_shape:
            first = match(text, place)
            behind = self._take(first, place) if first is not None else -1
            if first is not None and behind >= 0:
                by_shape += 1
                types.add(first["type"])
            else:
                odd += 1
                self.apart = place if self.apart < 0 else self.apart
                following = _NEXT_NAME.search(text, place)
                behind = following.end() if following is not None else size
            place = behind
        if place < size:
            return False
        if self.apart >= 0:
            self._read_apart(size)
        return 2 * by_shape >= len(self.seen) and not types.isdisjoint(KNOWN_TYPES) and not self.seen & _OF_OTHER_FORMS

    def _take(self, first: re.Match[str], place: int) -> int:
        """Take a name with its records, of which one is found; what is behind them, -1 where something is odd."""
        name, empty, dash, lead = first.group("name", "empty", "dash", "lead")
        is_named = empty is not None if name is None else name[0] == "'" or implicit_type(name) == "str"
        if not is_named or not (lead is None or _is_sound(first)):
            return -1
        text, behind = self.text, first.end()
        others = []
        if dash is not None:
            others = self._others(first)
            behind = others[-1].end() if others else behind
        if text[behind : behind + 1] in _NO_NAME:
            behind = _past_gap(text, behind)
            if text[behind : behind + 1] in _INSIDE:
                return -1
        if self.apart >= 0:
            self._read_apart(place)
        self._see(name.strip("'") if name is not None else "")
        self.entries.append(first)
        self.entries += others
        return behind

    def _others(self, first: re.Match[str]) -> list[re.Match[str]]:
        """The records of a list behind the first one, as far as they are written the usual way."""
        text, place, found = self.text, first.end(), []
        lead = f"{first['deep']}  " if first["empty"] else first["deep"]
        while text[place : place + 1] in _ITEM and (each := _RECORD.match(text, place)) is not None:
            deep, dash = each.group("deep", "dash")
            if deep != lead or dash is None or not _is_sound(each):
                break
            found.append(each)
            place = each.end()
        return found

    def _read_apart(self, end: int) -> None:
        """Read as a tree what was put off, up to a place. Raises _Otherwise."""
        from linter.source.block_reader import read_part  # files that have no such names need none of it
        from linter.source.merge import Mappings, identity

        faults: list[SourceFault] = []
        names = read_part(self.source, Mappings(self.source, faults), self.apart, end)
        if faults or not isinstance(names, Mapping) or "<<" in self.text[self.apart : end]:
            raise _Otherwise
        for key in names.keys:
            self._see(identity(key))
        self.entries.append(names)
        self.apart = -1

    def _see(self, name: object) -> None:
        """Take note of a name, which must not stand twice. Raises _Otherwise."""
        if name in self.seen:
            raise _Otherwise
        self.seen.add(name)


def _past_gap(text: str, place: int) -> int:
    """Where the next line that is neither blank nor comment begins, from the begin of a line on."""
    size = len(text)
    while place < size:
        end = text.find("\n", place)
        end = size if end < 0 else end
        bare = text[place:end].lstrip(" ")
        if bare and bare[0] != "#":
            break
        place = end + 1
    return min(place, size)


def _is_sound(record: re.Match[str]) -> bool:
    """Whether the values of a record are of one kind: one, some in a list, or such of several fields, no key twice."""
    lead = record["lead"]
    if lead is None:
        return True
    many, mark, held = record.group("many", "mark", "held")
    if (many is None) is not (mark is None) or (mark is None and lead == record["below"]):
        return False
    if ": " in held:
        return fields_in(held) is not None
    return held.count("\n") == held.count(f"{lead}- ")
