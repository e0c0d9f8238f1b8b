"""A plan as read: its stages with what is declared from each on, and when people want to work."""

from collections.abc import Mapping
from datetime import date, time

from linter.intent.model import Intent, Word
from linter.source.frozen import Frozen
from linter.source.text import Source, SourceFault, Span

RFC, CAUTIOUS = ("rfc", "cautious")
"""Waits for caches that keep to the standards, or for those and some that do not."""
PROPAGATION = 300
"""Seconds until all servers of a zone have a change, where the plan does not say."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Window(Frozen):
    """When changes are made: on `days` (0 is Monday) from `begin` to `end`, of the next day where that is earlier."""

    days: tuple[int, ...]
    begin: time
    end: time
    zone: str


class Freeze(Frozen):
    """Days on which nothing is changed, both included."""

    first: date
    last: date


class Stage(Frozen):
    """One stage: `intent` is the whole declaration from then on, what it does not name taken from the one before.

    `mentioned` are the places of what the stage itself says, by system or by absolute name. `people` are those who
    move. `done` are the ids of gates that were passed. `contradictions` are why it cannot be worked out.
    """

    name: Word
    intent: Intent
    mentioned: Mapping[str, Span]
    people: tuple[str, ...] = ()
    done: frozenset[str] = frozenset()
    contradictions: tuple[SourceFault, ...] = ()


class Plan(Frozen):
    """A plan. `zones` are globs of the estate it starts from, relative to `folder`; `start` the day it begins.

    `propagation` is in seconds. `source` is the file.
    """

    source: Source
    folder: str
    title: str
    zones: tuple[str, ...]
    base: Intent
    stages: tuple[Stage, ...]
    window: Window | None = None
    freezes: tuple[Freeze, ...] = ()
    start: date | None = None
    propagation: int = PROPAGATION
    safety: str = RFC
