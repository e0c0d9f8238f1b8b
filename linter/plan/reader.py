"""PLAN.yaml to a plan; everything that does not fit is a fault with its place."""

import os
from datetime import date, time

from linter.intent.model import Intent, Word
from linter.intent.overlay import overlay
from linter.records.text.fault import quoted
from linter.source.plain import entry_of, key_text
from linter.source.schema import explain
from linter.source.text import Source, SourceFault, Span
from linter.source.tree import Mapping, Node, Scalar, Sequence, located, unalias
from linter.source.typed import TypeAlias
from linter.source.yaml_reader import read_yaml

from .model import DAYS, PROPAGATION, RFC, Freeze, Plan, Stage, Window
from .shape import plan_schema

KIND = "plan"
_BEFORE_STAGES = (
    "what is declared before the first stage belongs in .mailzone.yaml or the zone, what changes in a stage"
)
Faults: TypeAlias = tuple[SourceFault, ...]


def read_plan(source: Source, base: Intent) -> tuple[Plan | None, Faults]:
    """The plan, None where it has a fault. `base` is what the zones and their configuration declare before it."""
    tree = read_yaml(source)
    if tree.root is None or tree.faults:
        empty = SourceFault(Span(source, 0, 0), KIND, "the plan is empty; expected `stages` and what they declare")
        return None, tree.faults or (empty,)
    root = unalias(tree.root)[0]
    present = [key_text(key) for key in root.keys] if isinstance(root, Mapping) else []
    way_out = _BEFORE_STAGES if {"systems", "mail"} & set(present) else ""
    faults = tuple(
        SourceFault(fault.span, KIND, fault.message, fault.help or way_out)
        for fault in explain(tree.root, plan_schema())
    )
    if faults or not isinstance(root, Mapping):
        return None, faults
    return _Reader(source, root).plan(base)


def zones_named(source: Source) -> tuple[str, ...]:
    """The globs under `zones:`, before anything else of the plan is read: they say what it starts from."""
    root = read_yaml(source).root
    plain = unalias(root)[0] if root is not None else None
    return tuple(word.text for word in _words(plain, "zones")) if isinstance(plain, Mapping) else ()


class _Reader:
    def __init__(self, source: Source, root: Mapping) -> None:
        self.source = source
        self.root = root
        self.faults: list[SourceFault] = []

    def plan(self, base: Intent) -> tuple[Plan | None, Faults]:
        """The plan and its faults."""
        base = self._with_values(base)
        plan = Plan(
            self.source,
            os.path.dirname(self.source.path),
            _text(self.root, "title") or os.path.basename(self.source.path),
            tuple(word.text for word in _words(self.root, "zones")),
            base,
            tuple(self._stages(base)),
            self._window(),
            tuple(freeze for word in _words(self.root, "freeze") if (freeze := self._freeze(word)) is not None),
            self._start(),
            int(_text(self.root, "propagation") or PROPAGATION),
            _text(self.root, "safety") or RFC,
        )
        return (None if self.faults else plan), tuple(self.faults)

    def _fault(self, span: Span, message: str, way_out: str = "") -> None:
        self.faults.append(SourceFault(span, KIND, message, way_out))

    def _with_values(self, base: Intent) -> Intent:
        """What the vendor shows, put into the systems that it is about; these may be declared by a stage alone."""
        entry = entry_of(self.root, "values")
        if entry is None:
            return base
        held = unalias(entry[1])[0]
        names = [key_text(key) for key in held.keys] if isinstance(held, Mapping) else []
        known = {*base.systems, *(name for stage in self._held("stages") for name in _keys(stage, "systems"))}
        for row, name in enumerate(names):
            if name not in known and isinstance(held, Mapping):
                message = f"{quoted(name)} is not a system of the zones or of a stage"
                self._fault(located(held.keys[row]), message, "declare it under `systems`")
        found = overlay(base, _as_systems(held), None, KIND)
        self.faults += (*found.faults, *found.contradictions)
        return found.intent

    def _held(self, key: str) -> tuple[Node, ...]:
        entry = entry_of(self.root, key)
        plain = unalias(entry[1])[0] if entry else None
        return plain.items if isinstance(plain, Sequence) else ()

    def _stages(self, base: Intent) -> "list[Stage]":
        stages: list[Stage] = []
        names: set[str] = set()
        for node in self._held("stages"):
            plain = unalias(node)[0]
            if not isinstance(plain, Mapping):
                continue
            (name,) = _words(plain, "name")
            if name.text in names:
                self._fault(name.span, f"two stages are called {quoted(name.text)}", "rename one of them")
            names.add(name.text)
            parts = [entry[1] if (entry := entry_of(plain, key)) else None for key in ("systems", "mail")]
            found = overlay(stages[-1].intent if stages else base, parts[0], parts[1], KIND)
            self.faults += found.faults
            people = tuple(word.text for word in _words(plain, "people"))
            done = frozenset(word.text for word in _words(plain, "done"))
            stages.append(Stage(name, found.intent, found.mentioned, people, done, found.contradictions))
        return stages

    def _window(self) -> Window | None:
        entry = entry_of(self.root, "window")
        plain = unalias(entry[1])[0] if entry else None
        if not isinstance(plain, Mapping):
            return None
        times = [self._time(word) for key in ("from", "to") for word in _words(plain, key)]
        zones = _words(plain, "tz")
        for word in zones:
            if not _is_zone(word.text):
                self._fault(
                    word.span, f"{quoted(word.text)} is not a known time zone", "write one such as `Europe/Vienna`"
                )
        days = tuple(DAYS.index(word.text) for word in _words(plain, "days")) or tuple(range(7))
        if len(times) < 2 or times[0] is None or times[1] is None:
            return None
        return Window(days, times[0], times[1], zones[0].text if zones else "UTC")

    def _time(self, word: Word) -> time | None:
        hour, _, minute = word.text.partition(":")
        if int(hour) > 23:
            self._fault(word.span, f"{quoted(word.text)} is not a time of the day", "write one from 00:00 to 23:59")
            return None
        return time(int(hour), int(minute))

    def _freeze(self, word: Word) -> Freeze | None:
        first, _, last = word.text.partition("/")
        days = (self._day(word, first), self._day(word, last or first))
        if days[0] is None or days[1] is None:
            return None
        if days[1] < days[0]:
            self._fault(word.span, f"{quoted(word.text)} ends before it begins", "write the earlier day first")
        return Freeze(days[0], days[1])

    def _start(self) -> date | None:
        words = _words(self.root, "start")
        return self._day(words[0], words[0].text) if words else None

    def _day(self, word: Word, text: str) -> date | None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._fault(word.span, f"{quoted(text)} is not a day of the calendar", "write one such as 2027-01-31")
            return None


def _words(mapping: Mapping, key: str) -> tuple[Word, ...]:
    """What a key holds: a word, or each of a list of them; nothing where it is not there."""
    entry = entry_of(mapping, key)
    plain = unalias(entry[1])[0] if entry else None
    items: tuple[Node, ...] = plain.items if isinstance(plain, Sequence) else () if plain is None else (plain,)
    scalars = [(unalias(item)[0], item) for item in items]
    return tuple(Word(scalar.text, located(item)) for scalar, item in scalars if isinstance(scalar, Scalar))


def _text(mapping: Mapping, key: str) -> str:
    words = _words(mapping, key)
    return words[0].text if words else ""


def _as_systems(held: Node | None) -> Node | None:
    """`values:` of the plan as `systems:` that have nothing else."""
    if not isinstance(held, Mapping):
        return None
    entries = tuple(
        Mapping(held.source, node.start, node.end, (Scalar(held.source, node.start, node.start, "values"),), (node,))
        for node in held.values
    )
    return held._replace(values=entries)


def _keys(node: Node, key: str) -> list[str]:
    """The keys of the mapping below a key of a mapping."""
    plain = unalias(node)[0]
    entry = entry_of(plain, key) if isinstance(plain, Mapping) else None
    held = unalias(entry[1])[0] if entry else None
    return [key_text(each) for each in held.keys] if isinstance(held, Mapping) else []


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
