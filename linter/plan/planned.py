"""A plan worked out: its steps with records, waits and gates, and what must not be done."""

from collections.abc import Mapping

from linter.facts.mail.senders import Sender
from linter.finding import Finding
from linter.source.frozen import Frozen
from linter.source.text import Span

from .estate import RecordSet, View
from .model import Plan


class Gate(Frozen):
    """Something to be done or known outside DNS before a step; `id` is what `done:` names."""

    id: str
    text: str
    source: str
    done: bool = False


class Missing(Frozen):
    """A value that only the vendor shows: what it is, and where to look."""

    what: str
    where: str


class SetChange(Frozen):
    """One record set before and after a step; None where there is none."""

    zone: str
    name: str
    type: str
    before: RecordSet | None
    after: RecordSet | None


class FileChange(Frozen):
    """A policy file that changes with a step: its path, what changes in words, and its text from then on."""

    path: str
    what: str
    text: str = ""


class Wait(Frozen):
    """Seconds until the next step may begin: for caches that keep to the standards, and for those that do not."""

    seconds: int
    cautious_seconds: int
    because: str

    def of(self, is_cautious: bool) -> int:
        """The seconds by one of both bounds."""
        return self.cautious_seconds if is_cautious else self.seconds


class Back(Frozen):
    """How to undo a step, and the seconds until everybody sees that."""

    how: str
    seconds: int


class Refusal(Frozen):
    """What must not be done: the law ("" for a rule or the editor), why, where the plan asks for it, the way out."""

    law: str
    message: str
    span: Span | None
    insert: str = ""


class Step(Frozen):
    """One step. `due` is whether nothing stands before it but time, `safe` whether mail works if one stops here.

    `texts` are the files that differ from now on.

    `moments` are the estate before it, once its gates are passed, with its records, and at its end. `declare` is what
    the configuration is to say from then on.
    """

    id: str
    phase: str
    title: str
    laws: tuple[str, ...]
    reason: str
    changes: tuple[SetChange, ...]
    files: tuple[FileChange, ...]
    gates: tuple[Gate, ...]
    missing: tuple[Missing, ...]
    wait: Wait
    verify: tuple[str, ...]
    back: Back
    senders: tuple[Sender, ...]
    due: bool
    safe: bool
    texts: Mapping[str, str]
    moments: tuple[View, ...]
    declare: tuple[str, ...] = ()


class StagePlan(Frozen):
    """The steps of one stage, and the first that cannot be undone by records alone, "" for none."""

    name: str
    people: tuple[str, ...]
    steps: tuple[Step, ...]
    point_of_no_return: str


class Planned(Frozen):
    """The whole plan; `standing` is what was wrong before it."""

    plan: Plan
    stages: tuple[StagePlan, ...]
    refusals: tuple[Refusal, ...]
    standing: tuple[Finding, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in their order."""
        return tuple(step for stage in self.stages for step in stage.steps)

    @property
    def seconds(self) -> int:
        """All waits together, for caches that keep to the standards."""
        return sum(step.wait.seconds for step in self.steps)

    @property
    def cautious_seconds(self) -> int:
        """All waits together, for caches that do not."""
        return sum(step.wait.cautious_seconds for step in self.steps)
