"""Recorded answers as a resolver: what `mailzone.lock` and the files of `--answers` say about other people's names."""

from collections.abc import Iterable, Mapping
from typing import Literal

from linter.records.text.name import ancestors
from linter.source.frozen import Frozen
from linter.source.text import Source, SourceFault

from .answer import FOUND, NO_DATA, NO_NAME, SERVFAIL, UNKNOWN, Answer, Status, Step, joined
from .served import Delegation, SaidStatus
from .zones import MAX_STEPS


class Known(Frozen):
    """What is recorded about one name: a status for all of it, or the answer for each type.

    `origin` is the file that says so, for the status as for types that it leaves out.
    """

    status: Status | Literal[""]
    types: dict[str, Answer]
    origin: str = ""


class Written(Frozen):
    """How the values of one name and type stand in a file: TTL in seconds, the day, and their presentation format."""

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

    `compared` are the zones, by name, whose servers were asked for what the file holds of them.
    """

    names: dict[str, Known]
    complete: bool
    faults: tuple[SourceFault, ...]
    path: str = ""
    written: Mapping[tuple[str, str], Written] = {}
    compared: Mapping[str, Compared] = {}
    source: Source | None = None


class Recorded:
    """Answers from recordings; where two know the same name and type, the first counts.

    What none of them lists is unknown, unless one is complete: then the names that none lists do not exist,
    and the types have no data.
    """

    def __init__(self, recordings: Iterable[Recording]) -> None:
        self.complete = False
        self._completed_by = ""
        self._names: dict[str, Known] = {}
        for recording in recordings:
            if recording.complete and not self.complete:
                self.complete, self._completed_by = True, recording.path
            for name, known in recording.names.items():
                earlier = self._names.get(name)
                if earlier is None:
                    self._names[name] = known
                elif not earlier.status and not known.status:
                    self._names[name] = Known("", {**known.types, **earlier.types}, earlier.origin)
        self._between: set[str] | None = None

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute lower-case name and a record type, aliases followed."""
        steps: list[Step] = []
        origins: list[str] = []
        while True:
            known = self._names.get(name)
            answer = self._listed(name, known, kind)
            alias = None if answer or known is None or kind == "CNAME" else known.types.get("CNAME")
            if alias is None or alias.status != FOUND:
                answer = answer or self._unlisted(name, known)
                return answer._replace(steps=tuple(steps), origin=joined([*origins, answer.origin]))
            origins.append(alias.origin)
            steps.append(Step(name, str(alias.values[0]), alias.spans[0] if alias.spans else None))
            name = steps[-1].target
            if len(steps) > MAX_STEPS or any(step.name == name for step in steps):
                # A resolver that finds an alias leading back to itself reports a failure.
                return Answer(SERVFAIL, owner=name, steps=tuple(steps), origin=joined(origins))

    def _listed(self, name: str, known: Known | None, kind: str) -> Answer | None:
        if known is None:
            return None
        if known.status:
            return Answer(known.status, owner=name, origin=known.origin)
        return known.types.get(kind)

    def _unlisted(self, name: str, known: Known | None) -> Answer:
        if not self.complete:
            return Answer(UNKNOWN, owner=name)
        exists = known is not None or name in self._empty_names()
        return Answer(NO_DATA if exists else NO_NAME, owner=name, origin=self._completed_by)

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
