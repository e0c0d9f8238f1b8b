"""What a rule is, and how one is declared: above a function of its own, or as a row of a table of faults."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps

from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypeVar

if TYPE_CHECKING:  # who only lists rules loads none of what they judge
    from linter.facts.triggers import Trigger
    from linter.finding import Complaint

Severity: TypeAlias = Literal["error", "warning", "info", "off"]
ERROR: Final = "error"
WARNING: Final = "warning"
INFO: Final = "info"
OFF: Final = "off"

Check: TypeAlias = Callable[..., "Iterable[Complaint]"]
AnyCheck = TypeVar("AnyCheck", bound=Check)
Row: TypeAlias = tuple[str, Severity, str]
"""Of a table of faults: the rule's name, its severity, its reference."""


class Rule(Frozen):
    """One rule.

    `severity` is the one of the recommended profile. `check` takes the facts of a zone and, where `options` is a class
    of values with defaults, an instance of it; it yields complaints and touches nothing else. `reference` is the
    document a finding cites unless the complaint cites its own. `when` are the triggers without which a zone holds
    nothing to judge. `aliases` are names it had before. `family` is what --select knows it by beside its name.
    """

    name: str
    severity: Severity
    check: Check
    reference: str
    when: "tuple[Trigger, ...]"
    options: type[Any] | None = None
    aliases: tuple[str, ...] = ()
    family: str = ""


_DECLARED: dict[str, dict[str, Rule]] = {}


def declared_in(module: str) -> tuple[Rule, ...]:
    """The rules that an imported module declares, in their order."""
    return tuple(_DECLARED.get(module, {}).values())


def rule(
    name: str,
    severity: Severity,
    reference: str = "",
    *,
    when: "Trigger | tuple[Trigger, ...]",
    options: type[Any] | None = None,
    aliases: tuple[str, ...] = (),
) -> Callable[[AnyCheck], AnyCheck]:
    """Declare the function below as the check of a rule; its manual is the page of that name."""

    def declare(check: AnyCheck) -> AnyCheck:
        _declare(Rule(name, severity, check, reference, _triggers(when), options, aliases, ""))
        return check

    return declare


def fault_rules(faults: Mapping[str, Row], *, when: "Trigger | tuple[Trigger, ...]") -> Callable[[AnyCheck], AnyCheck]:
    """Declare a rule for each kind of fault that the function below, `(facts, kind)`, finds."""

    def declare(find: AnyCheck) -> AnyCheck:
        for kind, (name, severity, reference) in faults.items():
            _declare(Rule(name, severity, _of_kind(find, kind), reference, _triggers(when), None, (), ""))
        return find

    return declare


def _declare(made: Rule) -> None:
    _DECLARED.setdefault(made.check.__module__, {})[made.name] = made


def _triggers(when: "Trigger | tuple[Trigger, ...]") -> "tuple[Trigger, ...]":
    return when if isinstance(when, tuple) else (when,)


def _of_kind(find: Check, kind: str) -> Check:
    @wraps(find)
    def check(facts: Any) -> "Iterable[Complaint]":
        return find(facts, kind)

    return check
