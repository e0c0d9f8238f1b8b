"""Who answers for what no zone declares: the files of --answers, then the lock, then the snapshots of vendors."""

import os
from collections.abc import Callable
from functools import partial

from linter.config.load import is_inside, shorter
from linter.config.settings import Settings
from linter.finding import LOCK, Witness
from linter.lookup.answer import Answer, Resolver
from linter.providers.snapshots import Snapshots
from linter.source.inputs import looked_for, note_inputs
from linter.source.repository import repository_root
from linter.source.typed import TYPE_CHECKING
from linter.zone.model import Zone

from .check import Checker, Used
from .policy import Policy
from .refused import Refused

if TYPE_CHECKING:
    from linter.lookup.recorded import Recorded
    from linter.lookup.served import Served
    from linter.lookup.served_recording import Replay

LOCK_NAME = "mailzone.lock"


class Resolvers:
    """The resolvers behind an estate's zones, each file read once, and a lock only when a question reaches it."""

    def __init__(self, answers: list[str]) -> None:
        self._answers: tuple[Resolver, ...] = ()
        self.seen: Callable[[Zone], Zone] | None = None
        """Puts in the place of a declared zone what its servers had when it was compared; None where none was."""
        self._replays: list[Replay] = []
        self._read: list[tuple[str, Recorded]] = []
        """What was read, each with the configuration that it is the lock of; "" for all of them."""
        if answers:
            from linter.lookup import recorded

            from .recordings import recording_at

            recordings = [recording_at(path) for path in answers]
            given = recorded.Recorded(recordings)
            self._answers = (given,)
            self._read.append(("", given))
            if any(recording.compared for recording in recordings):
                from linter.lookup import served_recording
                from linter.lookup.seen_zones import SeenZones

                self.seen = SeenZones(recordings).seen
                self._replays = [served_recording.Replay(recording) for recording in recordings if recording.compared]
        self._configured: dict[tuple[str, ...], tuple[Resolver, ...]] = {}
        self._locks: dict[str, Resolver] = {}
        self.snapshots = Snapshots()

    def of(self, settings: Settings, folder: str) -> tuple[Resolver, ...]:
        """For the zones in a folder, the first to be asked first. Raises Refused; lookups in a faulty lock do, too."""
        lock = self.lock_of(settings, folder)
        return (*self.answers_of(settings), *((lock,) if lock else ()), self.snapshots)

    def answers_of(self, settings: Settings) -> tuple[Resolver, ...]:
        """The files of --answers; without any, those that a configuration names. Raises Refused."""
        named = settings.defaults.answers if settings.defaults and not self._answers else ()
        if not named:
            return self._answers
        if named not in self._configured:
            from .recordings import recorded_answers

            given = recorded_answers(named)
            self._configured[named] = (given,)
            self._read.append(("", given))
        return self._configured[named]

    def checker(self, policy: Policy) -> Checker:
        """Whoever checks with a policy; of a zone that was compared it knows which questions nobody answered."""
        checker = Checker(policy.rules, policy.settings, policy.day)
        checker.used = partial(self._used, policy.settings.path)
        if self._replays:
            checker.served, checker.seen_by, checker.is_seen = self._served, self._seen_by, True
        return checker

    def _read_lock(self, path: str, configuration: str) -> Resolver:
        lock = _read(path)
        self._read.append((configuration, lock))
        return lock

    def _used(self, configuration: str) -> Used:
        """The names that dated answers were given about so far, by witness, under one configuration."""
        read = (each for whose, each in self._read if whose in ("", configuration))
        return {witness: frozenset(names) for each in read for witness, names in each.used.items()}

    def _seen_by(self, zone: str) -> Witness | None:
        """The recording that holds what a zone's servers said, with the day of its last answer."""
        for replay in self._replays:
            if zone in replay.recording.compared:
                return replay.witness
        return None

    def _served(self, zone: str) -> "Served | None":
        return next((replay.of(zone) for replay in self._replays if zone in replay.recording.compared), None)

    def lock_of(self, settings: Settings, folder: str) -> Resolver | None:
        """The lock alone; None where there is none. Raises Refused."""
        path = lock_path(settings, folder)
        if not os.path.lexists(looked_for(path)):
            if settings.lock:
                raise Refused(f"`lock` of {settings.path}: there is no file `{path}`; `mailzone lock` writes it")
            return None
        note_inputs((path,))
        if path not in self._locks:
            self._locks[path] = Lazy(lambda: self._read_lock(path, settings.path))
        return self._locks[path]

    @property
    def answers(self) -> tuple[Resolver, ...]:
        """The files of --answers alone."""
        return self._answers


def lock_path(settings: Settings, folder: str) -> str:
    """Where the lock for the zones in a folder lies, or would lie. Raises Refused.

    The configuration names it, or has it beside it. Without one: the nearest from the folder up to the root of the
    repository, and a new one in the folder itself.
    """
    if settings.path:
        return _inside(os.path.join(settings.folder, settings.lock or LOCK_NAME))
    root = repository_root(folder)
    current = folder
    while True:
        path = os.path.join(current, LOCK_NAME)
        if os.path.lexists(looked_for(path)):  # whatever it is, it was to be the lock
            return _inside(shorter(path))
        if os.path.realpath(current or ".") == root:
            return os.path.join(folder, LOCK_NAME)
        current = os.path.join(current, os.pardir)


def _inside(path: str) -> str:
    """The path, unless it is a link that leads out of the repository."""
    if not is_inside(path, os.path.dirname(path)):
        raise Refused(f"{path} lies outside the repository and is not read")
    return path


def _read(path: str) -> "Recorded":
    from linter.lookup.recorded import Recorded

    from .recordings import recording_at

    return Recorded([recording_at(path, "fix or delete it, then run `mailzone lock`", LOCK)])


class Lazy:
    """Stands for the resolver that `make` gives; what `make` raises, the first lookup raises."""

    def __init__(self, make: Callable[[], Resolver]) -> None:
        self._make = make
        self._made: Resolver | None = None

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute lower-case name and a record type, aliases followed."""
        if self._made is None:
            self._made = self._make()
        return self._made.lookup(name, kind)
