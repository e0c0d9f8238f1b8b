"""Recorded answers as a resolver: what `mailzone.lock` and the files of `--answers` say about other people's names."""

from collections.abc import Iterable, Mapping

from linter.finding import RECORDING, Witness
from linter.records.text.name import ancestors
from linter.source.frozen import Frozen
from linter.source.text import Source, SourceFault
from linter.source.typed import Literal

from .answer import FOUND, NO_DATA, NO_NAME, SERVFAIL, UNKNOWN, Answer, Status, Step
from .served import Delegation, SaidStatus
from .zones import MAX_STEPS


class Known(Frozen):
    """What is recorded about one name: a status for all of it, or the answer for each type.

    `witnesses` are the file that says so, with the day of the status where that is dated.
    """

    status: Status | Literal[""]
    types: dict[str, Answer]
    witnesses: tuple[Witness, ...] = ()

    @property
    def seen(self) -> str:
        """The day of the status, "" where that is not dated."""
        return self.witnesses[0].seen if self.witnesses else ""


class Written(Frozen):
    """How the values of one name and type stand in a file: TTL in seconds, the day, and their presentation format.

    A status has a day alone.
    """

    ttl: int | None = None
    seen: str = ""
    values: tuple[str, ...] = ()


class Compared(Frozen):
    """What was seen of one zone beside the answers: whom they are from, and who said something else.

    `otherwise` holds what single servers said in place of the file's answers; `failed` are questions without an answer:
    the server, the name and type, both "" where it answered nothing at all, a status of `served.FAILURES`, and why.
    `probe`, `whole`, `every`, `policies`, `unfetched`, `delegation` and `complete` are those of `Served`.
    """

    zone: str
    servers: tuple[str, ...] = ()
    probe: str = ""
    whole: bool = False
    every: bool = False
    otherwise: Mapping[str, tuple[Mapping[str, Known], Mapping[tuple[str, str], Written]]] = {}
    failed: tuple[tuple[str, tuple[str, str], SaidStatus, str], ...] = ()
    policies: tuple[tuple[str, str], ...] = ()
    unfetched: tuple[tuple[str, str], ...] = ()
    delegation: Delegation = Delegation()
    complete: bool = True


class Recording(Frozen):
    """One file as read: names absolute and lower case. With `complete`, what is not listed does not exist.

    `compared` are the zones, by name, whose servers were asked for what the file holds of them. `kind` is what its
    answers are as witnesses: those of a lock, or of another recording.
    """

    names: dict[str, Known]
    complete: bool
    faults: tuple[SourceFault, ...]
    path: str = ""
    written: Mapping[tuple[str, str], Written] = {}
    compared: Mapping[str, Compared] = {}
    source: Source | None = None
    kind: str = RECORDING


class Recorded:
    """Answers from recordings; where two know the same name and type, the first counts.

    What none of them lists is unknown, unless one is complete: then the names that none lists do not exist,
    and the types have no data.
    """

    def __init__(self, recordings: Iterable[Recording]) -> None:
        self.complete = False
        self._completed_by: tuple[Witness, ...] = ()
        self._names: dict[str, Known] = {}
        self.used: dict[Witness, set[str]] = {}
        """The names that dated answers were given about, by witness; those of complete recordings left out."""
        self._ageless: set[str] = set()
        for recording in recordings:
            if recording.complete:
                self._ageless.add(recording.path)
            if recording.complete and not self.complete:
                self.complete, self._completed_by = True, (Witness(recording.kind, recording.path),)
            for name, known in recording.names.items():
                earlier = self._names.get(name)
                if earlier is None:
                    self._names[name] = known
                elif not earlier.status and not known.status:
                    self._names[name] = Known("", {**known.types, **earlier.types}, earlier.witnesses)
        self._between: set[str] | None = None

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute lower-case name and a record type, aliases followed."""
        answer = self._answer(name, kind)
        for witness in answer.witnesses:
            if witness.seen and witness.source not in self._ageless:
                self.used.setdefault(witness, set()).add(answer.steps[0].name if answer.steps else name)
        return answer

    def _answer(self, name: str, kind: str) -> Answer:
        steps: list[Step] = []
        witnesses: list[Witness] = []
        while True:
            known = self._names.get(name)
            answer = self._listed(name, known, kind)
            alias = None if answer or known is None or kind == "CNAME" else known.types.get("CNAME")
            if alias is None or alias.status != FOUND:
                answer = answer or self._unlisted(name, known)
                told = tuple(dict.fromkeys((*witnesses, *answer.witnesses)))
                return answer._replace(steps=tuple(steps), witnesses=told)
            witnesses += alias.witnesses
            steps.append(Step(name, str(alias.values[0]), alias.spans[0] if alias.spans else None))
            name = steps[-1].target
            if len(steps) > MAX_STEPS or any(step.name == name for step in steps):
                # A resolver that finds an alias leading back to itself reports a failure.
                return Answer(SERVFAIL, owner=name, steps=tuple(steps), witnesses=tuple(dict.fromkeys(witnesses)))

    def _listed(self, name: str, known: Known | None, kind: str) -> Answer | None:
        if known is None:
            return None
        if known.status:
            return Answer(known.status, owner=name, witnesses=known.witnesses)
        return known.types.get(kind)

    def _unlisted(self, name: str, known: Known | None) -> Answer:
        if not self.complete:
            return Answer(UNKNOWN, owner=name)
        exists = known is not None or name in self._empty_names()
        return Answer(NO_DATA if exists else NO_NAME, owner=name, witnesses=self._completed_by)

    def _empty_names(self) -> set[str]:
        """The names that exist only because one below them does (RFC 8020 section 2)."""
        if self._between is None:
            self._between = set()
            for name in [name for name, known in self._names.items() if known.status != NO_NAME]:
                for above in ancestors(name)[1:-1]:
                    if above in self._between:
                        break
                    self._between.add(above)
        return self._between
