"""A lock as `mailzone lock` writes it, read line by line: in a seventh of the time of YAML with places, and the same.

Whatever is not exactly in that form is left to the reader of YAML, which knows every form and explains every fault.
"""

import re

from linter.finding import RECORDING, Witness
from linter.records.text.fault import Fault
from linter.records.text.name import MAX_NAME
from linter.records.text.presentation import name_of
from linter.source.text import Source, Span
from linter.zone.shape import KNOWN_TYPES

from .answer import FOUND, NO_NAME, STATUSES, Answer
from .recorded import Known, Recording, Written
from .recorded_value import read_value

_TEXT = r'"((?:[ !#-\[\]-~]|\\["\\])*)"'
"""A double-quoted scalar of printable ASCII; of YAML's escapes those of the quote and the backslash."""
_TTL, _SEEN = "(0|[1-9][0-9]{0,9})", "([0-9]{4}-[0-9]{2}-[0-9]{2})"
_DATED = rf"\{{status: (nxdomain|nodata|servfail|timeout), seen: {_SEEN}\}}"
_NAME = re.compile(
    rf"  ([a-z_][a-z0-9_-]{{,62}}(?:\.[a-z0-9_-]{{1,63}})+):(?: (?:(nxdomain|nodata|servfail|timeout)|{_DATED}))?"
)
_LINE = re.compile(rf"    ([A-Z0-9]{{1,10}}): \{{(?:ttl: {_TTL}, )?(?:seen: {_SEEN}, )?values: \[{_TEXT}\]\}}")
_STATUS = re.compile(rf"    ([A-Z0-9]{{1,10}}):(?: (?:(nodata|servfail|timeout)|{_DATED}))?")
_HEAD = re.compile(rf"(?:      ttl: {_TTL}\n)?(?:      seen: {_SEEN}\n)?      values:\n")
_ITEM = re.compile(rf"        - {_TEXT}\n")
_ESCAPE = re.compile(r'\\(["\\])')
_new = tuple.__new__
_START = re.compile(r"(?:# [ -~]*\n)?version: 1\nanswers:\n")


def read_canonical(source: Source, end: int = -1, kind: str = RECORDING) -> Recording | None:
    """The recording, of the text up to an offset; None where that is not in the form that is written."""
    start = _START.match(source.text)
    return _Reader(source, len(source.text) if end < 0 else end, kind).read(start.end()) if start else None


class _Reader:
    """The state of one reading; each step gives the offset behind what it read, or -1 for another form."""

    def __init__(self, source: Source, end: int, kind: str) -> None:
        self._source, self._end, self._kind = source, end, kind
        self._witnesses: dict[str, tuple[Witness, ...]] = {}
        self._text = source.text
        self._names: dict[str, Known] = {}
        self._written: dict[tuple[str, str], Written] = {}
        self._name = ""
        self._types: dict[str, Answer] = {}

    def read(self, place: int) -> Recording | None:
        """All names from an offset on."""
        text, end = self._text, self._end
        while 0 <= place < end:
            place = self._type(place) if text.startswith("    ", place) else self._begin(place)
        if place < 0 or not self._names or (self._name and not self._types):
            return None
        return Recording(self._names, False, (), self._source.path, self._written, {}, self._source, self._kind)

    def _begin(self, place: int) -> int:
        """The line of a name."""
        found = _NAME.match(self._text, place)
        if found is None or not self._text.startswith("\n", found.end()) or (self._name and not self._types):
            return -1
        key, bare, dated, seen = found.groups()
        status = bare or dated
        name = f"{key}." if len(key) < MAX_NAME else name_of(key)  # what the pattern matches can only be too long
        if isinstance(name, Fault) or name in self._names:
            return -1
        self._name, self._types = ("" if status else name), {}
        self._names[name] = _new(Known, (status or "", self._types, self._witness(seen or "")))
        return found.end() + 1

    def _type(self, place: int) -> int:
        """What stands at one type of the name."""
        text = self._text
        found = _LINE.match(text, place)
        if found is not None:
            kind, ttl, seen, raw = found.groups()
            begin, end = found.span(4)
            return self._take(kind, ttl, seen, [(raw, begin - 1, end + 1)], found.end())
        head = _STATUS.match(text, place)
        if head is None or not text.startswith("\n", head.end()):
            return -1
        if head[2] or head[3]:
            return self._say(head, head.end())
        fields = _HEAD.match(text, head.end() + 1)
        if fields is None:
            return -1
        items, place = [], fields.end()
        while (item := _ITEM.match(text, place)) is not None:
            items.append((item[1], item.start(1) - 1, item.end(1) + 1))
            place = item.end()
        return self._take(head[1], fields[1], fields[2], items, place - 1)

    def _say(self, head: re.Match[str], end: int) -> int:
        """The status of one type."""
        kind, bare, dated, seen = head.groups()
        status = bare or dated
        if status == NO_NAME:
            return -1
        if dated:
            self._written[self._name, kind] = _new(Written, (None, seen or "", ()))
        return self._keep(kind, Answer(STATUSES[status], (), (), self._name, (), self._witness(seen or "")), end)

    def _witness(self, seen: str) -> tuple[Witness, ...]:
        """The file with a day, one value for all answers of that day."""
        if seen not in self._witnesses:
            self._witnesses[seen] = (Witness(self._kind, self._source.path, seen),)
        return self._witnesses[seen]

    def _take(self, kind: str, ttl: str | None, seen: str | None, items: list[tuple[str, int, int]], end: int) -> int:
        """The values of one type."""
        if not items or (kind == "CNAME" and len(items) > 1):
            return -1
        source, data, spans, texts = self._source, [], [], []
        for raw, start, stop in items:
            text = _ESCAPE.sub(r"\1", raw) if "\\" in raw else raw
            # Without quotes and backslashes a TXT value is what is written.
            value = text if kind == "TXT" and text is raw else read_value(kind, text)
            if isinstance(value, Fault):
                return -1
            texts.append(text)
            data.append(value)
            spans.append(_new(Span, (source, start, stop, None)))
        witnesses = self._witness(seen or "")
        self._written[self._name, kind] = _new(Written, (int(ttl) if ttl else None, seen or "", tuple(texts)))
        return self._keep(kind, _new(Answer, (FOUND, tuple(data), tuple(spans), self._name, (), witnesses)), end)

    def _keep(self, kind: str, answer: Answer, end: int) -> int:
        if not self._name or kind in self._types or kind not in KNOWN_TYPES or not self._text.startswith("\n", end):
            return -1
        self._types[kind] = answer
        return end + 1
