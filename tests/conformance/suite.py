"""SPF test suites in the YAML of the openspf.org project: worlds of records, and what receivers must answer in each."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from linter.facts.spf.check import RESULTS
from linter.lookup.answer import FOUND, NO_DATA, TIMEOUT, Answer, Data, Exchange, Status
from linter.lookup.recorded import Known, Recorded, Recording
from linter.records.text.presentation import written_text

SHARED = Path(__file__).parents[3] / "shared" / "conformance"
OWN = (Path(__file__).parent / "sections.yml", Path(__file__).parent / "worlds.yml")
"""Our own: one world for each section, and what other implementations were found to read otherwise."""

_TYPES = ("A", "AAAA", "CNAME", "MX", "PTR", "TXT")
_OLD_WORDS = {"unknown": "permerror", "error": "temperror"}
"""The words of the drafts before RFC 4408, which older suites still have."""

_DEFAULT = "DEFAULT"


class Case(NamedTuple):
    """One case: who sends, the results that are right and the explanation, None where any will do.

    `world` maps names, absolute and lower case, to types, and these to the values there; to None where DNS fails.
    """

    name: str
    host: str
    sender: str
    helo: str
    results: tuple[str, ...]
    explanation: str | None
    world: dict[str, dict[str, list[Any] | None]]

    @property
    def domain(self) -> str:
        """Whose record is evaluated (RFC 7208 section 2.4)."""
        return self.sender.rpartition("@")[2] or self.helo

    @property
    def resolver(self) -> Recorded:
        """The world to ask."""
        return Recorded([Recording({name: _known(types) for name, types in self.world.items()}, True, ())])

    @property
    def answers(self) -> dict[str, Any]:
        """The world as a file of recorded answers, for `--answers`."""
        names = {
            name: {kind: _written(kind, values) for kind, values in types.items()} for name, types in self.world.items()
        }
        return {"version": 1, "complete": True, "answers": names}


def absolute(name: str) -> str:
    return f"{str(name).lower().removesuffix('.')}."


def read(text: str) -> list[Case]:
    """All cases of a suite but those for a mode that is not the standard's: lax, or with results of its own."""
    found = []
    for group in yaml.safe_load_all(text):
        group = group or {}
        world = {absolute(name): _types(entries) for name, entries in (group.get("zonedata") or {}).items()}
        for name, test in (group.get("tests") or {}).items():
            case = _case(str(name), test, world)
            if test.get("strict", 1) and set(case.results) <= set(RESULTS):
                found.append(case)
    return found


def own() -> list[Case]:
    """The cases of the project's own suites."""
    return [case for path in OWN for case in read(path.read_text(encoding="utf-8"))]


def shared() -> list[Case]:
    """The cases of every suite beside the project; nothing where there is none."""
    return [case for path in sorted(SHARED.glob("*.y*ml")) for case in read(path.read_text(encoding="utf-8"))]


def _case(name: str, test: dict[str, Any], world: dict[str, Any]) -> Case:
    said = test.get("result", test.get("results"))
    results = [str(each) for each in (said if isinstance(said, list) else [said])]
    explanation = test.get("explanation")
    if explanation == _DEFAULT:
        explanation = ""
    return Case(
        name,
        str(test["host"]),
        test.get("mailfrom") or "",
        test.get("helo") or "",
        tuple(_OLD_WORDS.get(each, each) for each in results),
        explanation,
        world,
    )


def _pairs(entries: Any) -> Iterator[tuple[str, Any]]:
    """The records of a name in their order; a bare word, as in `- TIMEOUT`, has no value."""
    for entry in [entries] if isinstance(entries, dict | str) else entries or ():
        if isinstance(entry, dict):
            yield from entry.items()
        else:
            yield str(entry), None


def _types(entries: Any) -> dict[str, list[Any] | None]:
    """What stands at one name.

    What a suite writes as SPF stands as TXT too, unless the name has a TXT of its own, be it only `TXT: NONE`. At a
    `TIMEOUT` every type that does not stand before it fails.
    """
    pairs = list(_pairs(entries))
    held: dict[str, list[Any] | None] = {}
    if not any(kind == "TXT" for kind, _ in pairs):
        pairs = [("TXT" if kind == "SPF" else kind, value) for kind, value in pairs]
    for kind, value in pairs:
        if kind == TIMEOUT.upper():
            return dict.fromkeys(_TYPES) | held
        if value == TIMEOUT.upper():
            held[kind] = None
        elif kind != "SPF" and value != "NONE":
            values = held.setdefault(kind, [])
            if values is not None:
                values.append(value)
    return held


def _known(types: dict[str, list[Any] | None]) -> Known:
    answers = {}
    for kind, values in types.items():
        data: tuple[Data, ...] = tuple(_data(kind, value) for value in values or ())
        status: Status = TIMEOUT if values is None else FOUND if data else NO_DATA
        answers[kind] = Answer(status, data)
    return Known("", answers)


def _data(kind: str, value: Any) -> Data:
    if kind == "MX":
        return Exchange(int(value[0]), absolute(value[1]))
    if kind in ("PTR", "CNAME"):
        return absolute(value)
    return _text(value)


def _text(value: Any) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value)


def _written(kind: str, values: Iterable[Any] | None) -> str | list[str]:
    """The values of one type in presentation format."""
    if values is None:
        return TIMEOUT
    if kind == "MX":
        return [f"{value[0]} {absolute(value[1])}" for value in values]
    if kind == "TXT":
        return [written_text(_text(value).encode()) for value in values]
    return [_text(value) for value in values]
