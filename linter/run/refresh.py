"""Ask DNS for all that lies outside the declared zones and is needed: round after round, until nothing is left."""

from collections.abc import Callable, Iterable, Sequence

from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, SERVFAIL, STATUSES, TIMEOUT
from linter.lookup.asking import Asking, can_be_asked
from linter.lookup.lock_document import Entries, Entry, Pair, entry_of, recording_of
from linter.lookup.recorded import Recorded
from linter.lookup.served import SaidStatus
from linter.records.text.fault import Fault
from linter.records.text.presentation import name_of
from linter.source.days import days_between
from linter.source.frozen import Frozen
from linter.source.typed import TypeAlias
from linter.zone.shape import KNOWN_TYPES

MAX_ROUNDS = 64
"""One round for each level of includes and aliases; receivers give up after ten."""

_OF_ZONES = "SOA"
"""The type that zones themselves are asked for: no name depends on the answer, so nobody is mute for want of it."""
RENEWED_AFTER = 30
"""Days after which an answer that has not changed is dated anew: a nightly run writes no new day every night."""
MAX_QUESTIONS = 100_000
"""Of one run. What would be more is left unasked, and named."""


class Heard(Frozen):
    """What a server said to one question.

    `status` is "found", "nodata", "nxdomain", or how it failed, with `detail` in words; `values` are in presentation
    format; `aliases` are the CNAMEs on the way, as (owner, TTL, target). What a cache has left of a TTL is none.
    """

    pair: Pair
    status: SaidStatus
    values: tuple[str, ...] = ()
    ttl: int | None = None
    aliases: tuple[tuple[str, int | None, str], ...] = ()
    detail: str = ""


Ask: TypeAlias = Callable[[Sequence[Pair]], Iterable[Heard]]
"""Asks DNS; what it gives no answer for counts as a timeout."""

Walk: TypeAlias = Callable[[], None]
"""Asks the resolver of its estate all that one zone needs to know."""


class Failure(Frozen):
    """A question without a usable answer: why, and what was known before and is kept, if anything was."""

    pair: Pair
    reason: str
    kept: Entry | None


class Refreshed(Frozen):
    """What came of it: the entries that are needed, the failures among them, and how much was and was not asked."""

    entries: dict[Pair, Entry]
    failures: tuple[Failure, ...]
    asked: int
    answered: int
    unasked: tuple[Pair, ...]

    @property
    def is_mute(self) -> bool:
        """Whether there were questions, and none of them was answered."""
        return self.asked > 0 and self.answered == 0


def refresh(walks: Sequence[Walk], asking: Asking, old: Entries, ask: Ask, seen: str) -> Refreshed:
    """Run the walks, ask what they need, and run them again with the answers, until nothing new is needed.

    `asking` is the last resolver of the walks' estates. `seen` is the day that new answers are dated with.
    """
    return _Refreshing(asking, old, ask, seen).run(walks)


class _Refreshing:
    """The state of one run: what was heard, and what stands in for answers that did not come."""

    def __init__(self, asking: Asking, old: Entries, ask: Ask, seen: str) -> None:
        self._asking = asking
        self._old = old
        self._ask = ask
        self._seen = seen
        self._heard: dict[Pair, Entry] = {}
        self._failures: dict[Pair, Failure] = {}
        self._asked: set[Pair] = set()
        self._answered = 0

    def run(self, walks: Sequence[Walk]) -> Refreshed:
        """All rounds."""
        self._question(self._foreseen(walks))
        used: dict[int, set[Pair]] = {}
        unanswered: dict[int, tuple[Pair, ...]] = {}
        pending = list(range(len(walks)))
        for round_ in range(MAX_ROUNDS):
            self._asking.known = Recorded([recording_of(self._heard)])
            for number in pending:
                self._asking.begin()
                walks[number]()
                used[number], unanswered[number] = self._asking.used, tuple(self._asking.unanswered)
            pending = [number for number in pending if unanswered[number]]
            wanted = dict.fromkeys(pair for number in pending for pair in unanswered[number])
            if round_ + 1 == MAX_ROUNDS or not self._question(wanted):
                break
        needed = set().union(*used.values())
        failures = [
            failure
            for (name, kind), failure in sorted(self._failures.items())
            if not needed.isdisjoint(((name, kind), (name, "CNAME")))
        ]
        left = dict.fromkeys(pair for pairs in unanswered.values() for pair in pairs)
        asked = sum(1 for _, kind in self._asked if kind != _OF_ZONES)
        return Refreshed(self._entries(needed), tuple(failures), asked, self._answered, tuple(left))

    def _foreseen(self, walks: Sequence[Walk]) -> dict[Pair, None]:
        """What is needed if nothing has moved since: one round for all, where there has been a lock before."""
        self._asking.known = Recorded([recording_of(self._old)])
        pairs: dict[Pair, None] = {}
        for walk in walks:
            self._asking.begin()
            walk()
            pairs.update(dict.fromkeys(sorted(self._asking.used)))
            pairs.update(self._asking.unanswered)
        return pairs

    def _question(self, pairs: Iterable[Pair]) -> bool:
        """Ask what has not been asked yet; whether that was anything."""
        fresh = [pair for pair in pairs if pair not in self._asked and _is_question(pair)]
        fresh = fresh[: max(0, MAX_QUESTIONS - len(self._asked))]
        if not fresh:
            return False
        self._asked.update(fresh)
        silent = dict.fromkeys(fresh)
        for heard in self._ask(fresh):
            if heard.pair in silent:
                del silent[heard.pair]
                self._take(heard)
        for pair in silent:
            self._fail(pair, TIMEOUT, TIMEOUT)
        return True

    def _take(self, heard: Heard) -> None:
        """Believe an answer that can be believed, or note why not."""
        if heard.status not in (FOUND, NO_DATA, NO_NAME) and not heard.aliases:
            self._fail(heard.pair, heard.status, f"{heard.status}: {heard.detail}" if heard.detail else heard.status)
            return
        told = _told(heard, self._seen)
        if isinstance(told, str):
            self._fail(heard.pair, SERVFAIL, f"an answer that cannot be used: {told}")
            return
        pair, entry = told
        self._answered += int(pair[1] != _OF_ZONES)
        # What was said on the way to another type counts less than what was said when asked for this one.
        if pair == heard.pair or pair not in self._heard:
            self._heard[pair] = entry

    def _fail(self, pair: Pair, status: SaidStatus, reason: str) -> None:
        """Let what was known before stand, as long as nobody says anything else."""
        if pair in self._heard:
            return
        name, kind = pair
        standing = next((each for each in (pair, (name, "CNAME"), (name, "")) if self._stands(each)), None)
        if standing is None:
            self._heard[pair] = Entry(TIMEOUT if status == TIMEOUT else SERVFAIL)
            self._failures[pair] = Failure(pair, reason, None)
        else:
            self._heard.setdefault((name, kind) if standing == (name, "") else standing, self._old[standing])
            self._failures[pair] = Failure(pair, reason, self._old[standing])

    def _stands(self, pair: Pair) -> bool:
        """Whether there was an entry that nobody has contradicted."""
        old = self._old.get(pair)
        return old is not None and old.says_same(self._heard.get(pair, old))

    def _entries(self, needed: Iterable[Pair]) -> dict[Pair, Entry]:
        """The needed entries; one that says what the old one said is the old one."""
        by_name: dict[str, dict[str, Entry]] = {}
        for name, kind in needed:
            entry = self._heard.get((name, kind))
            failure = self._failures.get((name, kind))
            if (failure is not None and failure.kept is None) or (entry is None and (name, "CNAME") in self._heard):
                continue  # nobody knows, or aliases that lead in a circle
            entry = entry or Entry(NO_NAME, seen=self._seen)
            old = self._old.get((name, kind))
            by_name.setdefault(name, {})[kind] = self._renewed(old, entry)
        entries: dict[Pair, Entry] = {}
        for name, types in by_name.items():
            entries.update(self._folded(name, types))
        return entries

    def _renewed(self, old: Entry | None, entry: Entry) -> Entry:
        """The old entry where it says the same and is not due for another date."""
        return old if old is not None and old.says_same(entry) and not self._is_due(old) else entry

    def _is_due(self, old: Entry) -> bool:
        """Whether an entry is to be dated anew: its day is long ago. What somebody wrote without a day stays so."""
        age = days_between(old.seen, self._seen)
        return age is not None and age >= RENEWED_AFTER

    def _folded(self, name: str, types: dict[str, Entry]) -> dict[Pair, Entry]:
        """The entries of one name; one for all of them where it does not exist, or where the lock had it so."""
        old, statuses = self._old.get((name, "")), {entry.status for entry in types.values()}
        if statuses == {NO_NAME} or (old is not None and statuses == {old.status}):
            first = min(types.values(), key=lambda entry: entry.seen)
            return {(name, ""): self._renewed(old, Entry(first.status, seen=first.seen))}
        return {
            (name, kind): entry._replace(status=NO_DATA) if entry.status == NO_NAME else entry
            for kind, entry in types.items()
        }


def _is_question(pair: Pair) -> bool:
    name, kind = pair
    return kind in KNOWN_TYPES and can_be_asked(name)


def _told(heard: Heard, seen: str) -> tuple[Pair, Entry] | str:
    """The one thing that is believed of an answer, or why it cannot be used.

    Of an alias that is where it leads: what stands there is asked by itself, of the declared zones first.
    """
    name, kind = heard.pair
    if heard.aliases and kind != "CNAME":
        owner, ttl, target = heard.aliases[0]
        led = name_of(target)
        if name_of(owner) != name or isinstance(led, Fault) or not can_be_asked(led):
            return "an alias of another name, or one that points to what is not a name"
        entry = entry_of("CNAME", [led], ttl, seen)
        pair = (name, "CNAME")
    else:
        pair = heard.pair
        other = Entry(STATUSES.get(heard.status, SERVFAIL), seen=seen)
        entry = entry_of(kind, heard.values, heard.ttl, seen) if heard.status == FOUND else other
    return entry.message if isinstance(entry, Fault) else (pair, entry)
