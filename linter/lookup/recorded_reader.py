"""A file of recorded answers, from YAML to answers; everything that does not fit is a fault with its place."""

import re

from linter.finding import RECORDING, Witness
from linter.records.text.fault import Fault, nearest, one_of, quoted
from linter.records.text.presentation import name_of
from linter.source.frozen import Frozen
from linter.source.offsets import part_of
from linter.source.plain import key_text
from linter.source.scalar_type import type_of, value_of
from linter.source.text import Source, SourceFault, Span
from linter.source.tree import Mapping, Node, Scalar, Sequence, located, unalias
from linter.source.yaml_reader import read_yaml
from linter.zone.shape import KNOWN_TYPES

from .answer import FOUND, NO_DATA, NO_NAME, SERVFAIL, STATUSES, TIMEOUT, UNKNOWN, Answer, Data, Status
from .canonical_lock import read_canonical
from .recorded import Compared, Known, Recording, Written
from .recorded_value import read_wholly

KIND = "answers"
NAME_STATUSES = (NO_NAME, NO_DATA, SERVFAIL, TIMEOUT)
TYPE_STATUSES = (NO_DATA, SERVFAIL, TIMEOUT)
_TOP = ("version", "complete", "answers", "compared")
_FIELDS = ("ttl", "seen", "values", "status")
_OF_STATUS = ("status", "seen")
_NUMBERED_TYPE = re.compile("TYPE[0-9]{1,5}", re.ASCII)
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CONFLICT = re.compile("^(?:<{7} .*|={7}|>{7} .*)$", re.MULTILINE)
"""The lines that git puts around two versions; YAML has other words for them."""


class _Value(Frozen):
    data: Data
    span: Span
    written: str


def read_recording(source: Source, fault: SourceFault | None = None, kind: str = RECORDING) -> Recording:
    """Read a file whose text is at hand; `fault` is what was wrong with getting that text.

    What has a fault is unknown in the recording, also in a complete one. `kind` is what its answers are as witnesses.
    """
    if fault:
        return Recording({}, False, (fault,))
    return read_canonical(source, kind=kind) or _read_compared(source, kind) or read_any(source, kind)


def _read_compared(source: Source, kind: str) -> Recording | None:
    """A recording of a comparison in the form we write: its answers line by line; None for any other."""
    place = source.text.find("\ncompared:\n")
    if place < 0:
        return None
    answers = read_canonical(source, place + 1, kind)
    if answers is None:
        return None
    tree = read_yaml(Source(source.path, source.text[place + 1 :]))
    root = unalias(tree.root)[0] if tree.root is not None else None
    if tree.faults or not isinstance(root, Mapping) or len(root.values) != 1:
        return None
    from .compared_reader import read_compared

    compared, faults = read_compared(root.values[0], _answers)
    if faults:  # the reader that knows their places tells of them
        return None
    return answers._replace(compared=compared)


def read_any(source: Source, kind: str = RECORDING) -> Recording:
    """Read a file in whatever form, by way of its YAML."""
    marker = _CONFLICT.search(source.text)
    if marker is not None:
        span = Span(source, marker.start(), marker.end())
        message = "a merge conflict of git is not resolved here"
        return Recording({}, False, (SourceFault(span, KIND, message, "keep one side, then run again"),))
    tree = read_yaml(source)
    reader = _Reader(kind)
    if tree.root is not None:
        reader.document(tree.root)
    elif not tree.faults:
        reader.complain(Span(source, 0, 0), "the file is empty; expected `answers` and names below it")
    complete = reader.complete and not tree.faults
    faults = (*tree.faults, *reader.faults)
    return Recording(reader.names, complete, faults, source.path, reader.written, reader.compared, source, kind)


def _answers(node: Node) -> tuple[dict[str, Known], dict[tuple[str, str], Written], list[SourceFault]]:
    """Answers that stand elsewhere than below the top."""
    reader = _Reader()
    reader.answers(node)
    return reader.names, reader.written, reader.faults


class _Reader:
    """The state of one reading."""

    def __init__(self, kind: str = RECORDING) -> None:
        self.kind = kind
        self.names: dict[str, Known] = {}
        self.complete = False
        self.faults: list[SourceFault] = []
        self.written: dict[tuple[str, str], Written] = {}
        self.compared: dict[str, Compared] = {}
        self._first: dict[str, Span] = {}

    def complain(self, span: Span, message: str, way_out: str = "") -> None:
        """Note a fault."""
        self.faults.append(SourceFault(span, KIND, message, way_out))

    def document(self, root: Node) -> None:
        """The whole file."""
        top = self._entries(root, "`version`, `complete` and `answers`")
        for key, value in top:
            name = key_text(key)
            if name == "version":
                self._version(value)
            elif name == "complete":
                self._complete(value)
            elif name == "answers":
                self.answers(value)
            elif name == "compared":
                from .compared_reader import read_compared  # only comparisons write it

                self.compared, faults = read_compared(value, _answers)
                self.faults.extend(faults)
            else:
                self._unknown_word(key, name, _TOP)
        if isinstance(unalias(root)[0], Mapping) and "answers" not in [key_text(key) for key, _ in top]:
            self.complain(_beginning(located(root)), "`answers` is missing", "put the names below `answers:`")

    def answers(self, node: Node) -> None:
        """Names with what is recorded of each."""
        for key, value in self._entries(node, "names, each with its answers"):
            self._name(key, value)

    def _entries(self, node: Node, wanted: str) -> list[tuple[Node, Node]]:
        """The entries of a mapping; anything else is a fault."""
        plain, _ = unalias(node)
        if isinstance(plain, Mapping):
            return list(zip(plain.keys, plain.values, strict=True))
        self.complain(located(node), f"{_shown(node)} is here; expected {wanted}")
        return []

    def _version(self, node: Node) -> None:
        plain, _ = unalias(node)
        if not isinstance(plain, Scalar) or plain.text != "1":
            self.complain(located(node), f"{_shown(node)} is not a version of this format; expected `1`")

    def _complete(self, node: Node) -> None:
        plain, _ = unalias(node)
        value = value_of(plain) if isinstance(plain, Scalar) else None
        if isinstance(value, bool):
            self.complete = value
        else:
            self.complain(located(node), f"{_shown(node)} is here; expected `true` or `false`")

    def _unknown_word(self, node: Node, word: str, known: tuple[str, ...], what: str = "unknown") -> None:
        near = nearest(word, list(known))
        meant = f"; did you mean `{near}`?" if near else ""
        self.complain(located(node), f"{_shown(node)} is {what}; expected one of {one_of(known)}{meant}")

    def _name(self, key: Node, value: Node) -> None:
        """One name and what is recorded about it."""
        name = name_of(key_text(key))
        if isinstance(name, Fault):
            self._bad_text(key, name)
            return
        if name in self._first:
            first = (self._first[name], "the first one")
            fault = SourceFault(located(key), KIND, f"{_shown(key)} occurs twice", "", (first,))
            self.faults.append(fault)
            return
        self._first[name] = located(key)
        plain, _ = unalias(value)
        if isinstance(plain, Mapping) and _is_dated_status(plain):
            status, seen = self._dated_status(plain, NAME_STATUSES, "not a status of a name")
            self.names[name] = Known(status, {}, self._witnesses(plain.source, seen))
        elif isinstance(plain, Mapping):
            self.names[name] = Known("", self._types(name, plain), self._witnesses(plain.source))
        elif isinstance(plain, Scalar) and plain.text in NAME_STATUSES:
            self.names[name] = Known(STATUSES[plain.text], {}, self._witnesses(plain.source))
        else:
            self.names[name] = Known(UNKNOWN, {}, self._witnesses(key.span.source))
            if isinstance(plain, Scalar) and type_of(plain) != "null":
                self._unknown_word(value, plain.text, NAME_STATUSES, "not a status of a name")
            else:
                wanted = f"record types, or one of {one_of(NAME_STATUSES)}"
                self.complain(located(value), f"{_shown(value)} is here; expected {wanted}")

    def _types(self, name: str, mapping: Mapping) -> dict[str, Answer]:
        """The answers for the types of one name."""
        answers: dict[str, Answer] = {}
        for key, value in zip(mapping.keys, mapping.values, strict=True):
            kind = key_text(key)
            if kind not in KNOWN_TYPES and not _NUMBERED_TYPE.fullmatch(kind):
                near = nearest(kind, [each.lower() for each in sorted(KNOWN_TYPES)]).upper()
                meant = f"; did you mean `{near}`?" if near else "; expected one such as `A`, `MX` or `TXT`"
                self.complain(located(key), f"{_shown(key)} is not a record type{meant}")
            else:
                answer = self._answer(name, kind, value)
                told = answer.witnesses or self._witnesses(key.span.source)
                answers[kind] = answer._replace(witnesses=told)
        return answers

    def _witnesses(self, source: Source, seen: str = "") -> tuple[Witness, ...]:
        return (Witness(self.kind, source.path, seen),)

    def _dated_status(self, mapping: Mapping, known: tuple[str, ...], what: str) -> tuple[Status, str]:
        """The form `{status, seen}`: both; of a status that is none, "unknown"."""
        status: Status = UNKNOWN
        seen = ""
        for key, value in zip(mapping.keys, mapping.values, strict=True):
            plain, field = unalias(value)[0], key_text(key)
            if field == "seen":
                seen = self._day(value)
            elif field != "status":
                self._unknown_word(key, field, _OF_STATUS)
            elif isinstance(plain, Scalar) and plain.text in known:
                status = STATUSES[plain.text]
            elif isinstance(plain, Scalar):
                self._unknown_word(value, plain.text, known, what)
            else:
                self.complain(located(value), f"{_shown(value)} is here; expected one of {one_of(known)}")
        return status, seen

    def _day(self, node: Node) -> str:
        plain, _ = unalias(node)
        if isinstance(plain, Scalar) and _DATE.fullmatch(plain.text):
            return plain.text
        self.complain(located(node), f"{_shown(node)} is not a date; expected one such as `2026-11-23`")
        return ""

    def _answer(self, name: str, kind: str, node: Node) -> Answer:
        """What is recorded for one type: a status word, a list of values, or a mapping that holds one."""
        plain, _ = unalias(node)
        if isinstance(plain, Mapping):
            return self._dated(name, kind, plain)
        if isinstance(plain, Sequence):
            return self._values(name, kind, plain)
        if plain.text in TYPE_STATUSES:
            return Answer(STATUSES[plain.text], owner=name)
        if plain.text == NO_NAME:
            way_out = f"write `{name.removesuffix('.')}: {NO_NAME}` for the whole name, or `{NO_DATA}` for this type"
            self.complain(located(node), f"`{NO_NAME}` is said of a name, not of one of its types", way_out)
        elif plain.text.isalpha():
            self._unknown_word(node, plain.text, TYPE_STATUSES, "not a status of a type")
        else:
            wanted = f"a list of values, or one of {one_of(TYPE_STATUSES)}"
            self.complain(located(node), f"{_shown(node)} is here; expected {wanted}")
        return Answer(UNKNOWN, owner=name)

    def _dated(self, name: str, kind: str, mapping: Mapping) -> Answer:
        """The form `{ttl, seen, values}`, or `{status, seen}`."""
        if _is_dated_status(mapping):
            status, seen = self._dated_status(mapping, TYPE_STATUSES, "not a status of a type")
            self.written[name, kind] = Written(seen=seen)
            return Answer(status, owner=name, witnesses=self._witnesses(mapping.source, seen))
        answer: Answer | None = None
        seen, ttl = "", None
        for key, value in zip(mapping.keys, mapping.values, strict=True):
            plain, field = unalias(value)[0], key_text(key)
            if field == "values":
                if isinstance(plain, Sequence):
                    answer = self._values(name, kind, plain)
                else:
                    self.complain(located(value), f"{_shown(value)} is here; expected a list of values")
                    answer = Answer(UNKNOWN, owner=name)
            elif field == "ttl":
                number = value_of(plain) if isinstance(plain, Scalar) else None
                if isinstance(number, bool) or not isinstance(number, int) or number < 0:
                    self.complain(located(value), f"{_shown(value)} is not a TTL; expected a number of seconds")
                else:
                    ttl = number
            elif field == "seen":
                seen = self._day(value)
            else:
                self._unknown_word(key, field, _FIELDS)
        if answer is None:
            if all(key_text(key) in _FIELDS for key in mapping.keys):
                self.complain(_beginning(located(mapping)), "`values` is missing")
            answer = Answer(UNKNOWN, owner=name)
        if answer.status == FOUND:
            self.written[name, kind] = Written(ttl, seen, self.written[name, kind].values)
        return answer._replace(witnesses=self._witnesses(mapping.source, seen))

    def _values(self, name: str, kind: str, sequence: Sequence) -> Answer:
        found = [self._value(kind, item) for item in sequence.items]
        values = [value for value in found if value is not None]
        if kind == "CNAME" and len(found) > 1:
            self.complain(located(sequence), f"{len(found)} values; a name is an alias of one other name")
            return Answer(UNKNOWN, owner=name)
        if len(values) < len(found):
            return Answer(UNKNOWN, owner=name)
        data, spans = tuple(value.data for value in values), tuple(value.span for value in values)
        self.written[name, kind] = Written(values=tuple(value.written for value in values))
        return Answer(FOUND if values else NO_DATA, data, spans, name)

    def _value(self, kind: str, node: Node) -> _Value | None:
        """One value in presentation format."""
        plain, _ = unalias(node)
        if not isinstance(plain, Scalar) or (type_of(plain) == "null" and not plain.style):
            self.complain(located(node), f"{_shown(node)} is here; expected a value of type {kind}")
            return None
        read = read_wholly(kind, plain.text)
        if isinstance(read, list):
            for fault in read:
                self._bad_text(node, fault)
            return None
        return _Value(read, located(node), plain.text)

    def _bad_text(self, node: Node, fault: Fault) -> None:
        plain, use = unalias(node)
        if isinstance(plain, Scalar):  # a list as a key has been reported by the reader of YAML
            self.complain(part_of(plain, fault.start, fault.end, use), fault.message, fault.help)


def _is_dated_status(mapping: Mapping) -> bool:
    """Whether a mapping is a status with its day: it names one, and no values."""
    fields = [key_text(key) for key in mapping.keys]
    return "status" in fields and "values" not in fields


def _shown(node: Node) -> str:
    plain, _ = unalias(node)
    if isinstance(plain, Scalar):
        return quoted(plain.text) if plain.text else "nothing"
    return "a list" if isinstance(plain, Sequence) else "a mapping"


def _beginning(span: Span) -> Span:
    """The first line of a span: enough to find something that is missing in it."""
    first = span.text.splitlines()[:1]
    return span._replace(end=span.start + len(first[0]) if first else span.end)
