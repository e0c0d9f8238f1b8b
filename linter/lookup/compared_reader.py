"""The `compared` part of a file of recorded answers: whose answers they are, and who said something else."""

from collections.abc import Callable, Mapping

from linter.records.text.fault import Fault, nearest, one_of, quoted
from linter.records.text.presentation import name_of
from linter.source.plain import key_text
from linter.source.scalar_type import value_of
from linter.source.text import SourceFault
from linter.source.tree import Mapping as Tree
from linter.source.tree import Node, Scalar, Sequence, located, unalias
from linter.source.typed import Any, TypeAlias

from .recorded import Compared, Known, Written
from .served import DELEGATIONS, FAILURE_WORDS, FAILURES, UNASKED, Delegation, SaidStatus

KIND = "answers"
_FIELDS = (
    "servers",
    "probe",
    "whole",
    "every",
    "otherwise",
    "failed",
    "policies",
    "unfetched",
    "delegation",
    "complete",
)
_OF_DELEGATION = ("status", "parent", "own", "detail")
_OF_FAILURE = ("server", "name", "type", "status", "detail")
_LABEL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")

Answers: TypeAlias = tuple[dict[str, Known], dict[tuple[str, str], Written], list[SourceFault]]
ReadAnswers: TypeAlias = Callable[[Node], Answers]
Held: TypeAlias = tuple[Mapping[str, Known], Mapping[tuple[str, str], Written]]


def read_compared(node: Node, read_answers: ReadAnswers) -> tuple[dict[str, Compared], list[SourceFault]]:
    """The zones by name, and what is wrong with what stands there."""
    reader = _Reader(read_answers)
    zones = {}
    for key, value in reader.entries(node, "zones, each with the servers that were asked"):
        name = name_of(key_text(key))
        if isinstance(name, Fault):
            reader.complain(key, name.message, name.help)
        else:
            zones[name] = reader.zone(name, value)
    return zones, reader.faults


class _Reader:
    """The state of one reading."""

    def __init__(self, read_answers: ReadAnswers) -> None:
        self.faults: list[SourceFault] = []
        self._read_answers = read_answers
        self._fields: dict[str, Callable[[Node], Any]] = {
            "servers": self._servers,
            "probe": self._label,
            "whole": self._flag,
            "every": self._flag,
            "otherwise": self._otherwise,
            "failed": self._failures,
            "policies": self._policies,
            "unfetched": self._unfetched,
            "delegation": self._delegation,
            "complete": self._flag,
        }

    def complain(self, node: Node, message: str, way_out: str = "") -> None:
        """Note a fault."""
        self.faults.append(SourceFault(located(node), KIND, message, way_out))

    def entries(self, node: Node, wanted: str) -> list[tuple[Node, Node]]:
        """The entries of a mapping; anything else is a fault."""
        plain, _ = unalias(node)
        if isinstance(plain, Tree):
            return list(zip(plain.keys, plain.values, strict=True))
        self.complain(node, f"expected {wanted}")
        return []

    def zone(self, name: str, node: Node) -> Compared:
        """What is said of one zone."""
        found = Compared(name)
        for key, value in self.entries(node, one_of(_FIELDS)):
            field = key_text(key)
            read = self._fields.get(field)
            if read is None:
                self._unknown(key, field, _FIELDS)
            else:
                found = found._replace(**{field: read(value)})
        return found

    def _servers(self, node: Node) -> tuple[str, ...]:
        return tuple(self._text(each) for each in self._items(node))

    def _failures(self, node: Node) -> tuple[tuple[str, tuple[str, str], SaidStatus, str], ...]:
        return tuple(self._failure(each) for each in self._items(node))

    def _policies(self, node: Node) -> tuple[tuple[str, str], ...]:
        return self._by_domain(node, "its MTA-STS policy")

    def _unfetched(self, node: Node) -> tuple[tuple[str, str], ...]:
        return self._by_domain(node, "why its policy could not be had")

    def _delegation(self, node: Node) -> Delegation:
        found, status = Delegation(), ""
        for key, value in self.entries(node, one_of(_OF_DELEGATION)):
            field = key_text(key)
            if field == "parent":
                found = found._replace(parent=self._hosts(value))
            elif field == "own":
                found = found._replace(own=self._hosts(value))
            elif field == "status":
                status = self._text(value)
            elif field == "detail":
                found = found._replace(detail=self._text(value))
            else:
                self._unknown(key, field, _OF_DELEGATION)
        if status not in DELEGATIONS:
            self._unknown(node, status, tuple(DELEGATIONS))
            return found
        return found._replace(status=DELEGATIONS[status])

    def _hosts(self, node: Node) -> tuple[str, ...]:
        return tuple(self._host(each) for each in self._items(node))

    def _host(self, node: Node) -> str:
        name = name_of(self._text(node))
        if isinstance(name, Fault):
            self.complain(node, name.message, name.help)
            return "."
        return name

    def _by_domain(self, node: Node, wanted: str) -> tuple[tuple[str, str], ...]:
        """Texts by absolute domains."""
        found = []
        for key, value in self.entries(node, f"domains, each with {wanted}"):
            name = name_of(key_text(key))
            if isinstance(name, Fault):
                self.complain(key, name.message, name.help)
            else:
                found.append((name, self._text(value)))
        return tuple(found)

    def _unknown(self, key: Node, field: str, known: tuple[str, ...]) -> None:
        near = nearest(field, list(known))
        meant = f"; did you mean `{near}`?" if near else ""
        self.complain(key, f"{quoted(field)} is unknown; expected one of {one_of(known)}{meant}")

    def _items(self, node: Node) -> tuple[Node, ...]:
        plain, _ = unalias(node)
        if isinstance(plain, Sequence):
            return plain.items
        self.complain(node, "expected a list")
        return ()

    def _text(self, node: Node) -> str:
        plain, _ = unalias(node)
        if isinstance(plain, Scalar):
            return plain.text
        self.complain(node, "expected text")
        return ""

    def _label(self, node: Node) -> str:
        text = self._text(node)
        if not text or len(text) > 63 or not _LABEL.issuperset(text):
            self.complain(node, f"{quoted(text)} is not a label; expected letters, digits and hyphens")
            return ""
        return text

    def _flag(self, node: Node) -> bool:
        plain, _ = unalias(node)
        value = value_of(plain) if isinstance(plain, Scalar) else None
        if not isinstance(value, bool):
            self.complain(node, "expected `true` or `false`")
        return value is True

    def _otherwise(self, node: Node) -> dict[str, Held]:
        found: dict[str, Held] = {}
        for key, value in self.entries(node, "servers, each with its own answers"):
            names, written, faults = self._read_answers(value)
            self.faults.extend(faults)
            found[key_text(key)] = (names, written)
        return found

    def _failure(self, node: Node) -> tuple[str, tuple[str, str], SaidStatus, str]:
        held = dict.fromkeys(_OF_FAILURE, "")
        for key, value in self.entries(node, one_of(_OF_FAILURE)):
            field = key_text(key)
            if field in held:
                held[field] = self._text(value)
            else:
                self._unknown(key, field, _OF_FAILURE)
        if held["status"] not in FAILURES:
            self._unknown(node, held["status"], FAILURES)
        name = name_of(held["name"]) if held["name"] else ""
        if isinstance(name, Fault):
            self.complain(node, name.message, name.help)
            name = ""
        return held["server"], (name, held["type"]), FAILURE_WORDS.get(held["status"], UNASKED), held["detail"]
