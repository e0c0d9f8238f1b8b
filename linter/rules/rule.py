"""What a rule is: a name, its usual severity, a manual and a pure check."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from linter.finding import Complaint
from linter.records.fault import Fault
from linter.source.frozen import Frozen
from linter.source.text import Span

Check: TypeAlias = Callable[..., Iterable[Complaint]]


class Rule(Frozen):
    """One rule.

    `severity` is the one of the recommended profile: "error", "warning", "info" or "off". `check` takes the
    facts of a zone and, where `options` is a NamedTuple class with defaults, an instance of it; it yields
    complaints and touches nothing else. `manual` is the docstring of the rule's file. `reference` is the
    document a finding cites unless the complaint cites its own. `needs` are words of `Facts.present`: the rule is
    loaded and run only where one of them is there; none means always.
    """

    name: str
    severity: str
    check: Check
    manual: str | None
    reference: str = ""
    options: type[Any] | None = None
    needs: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The first line of the manual."""
        return (self.manual or "").strip().partition("\n")[0]


class At(Frozen):
    """Whom a complaint is about: the owner name and the type of its record."""

    name: str
    type: str


def complaint_of(fault: Fault, span: Span, at: At) -> Complaint:
    """A grammar's fault as a complaint; `span` is the place of the fault in the file."""
    return Complaint(span, fault.message, fault.help, (), at.name, at.type, fault.severity, fault.reference)
