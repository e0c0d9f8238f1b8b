"""A plan worked out: each stage's wants in the fixed order of phases, step after step, each one judged."""

from collections.abc import Iterable
from datetime import date

from linter.edit.change import CannotEdit, Change
from linter.facts.mail.declared_mail import declared_mail
from linter.intent.model import is_glob
from linter.records.text.fault import nearest, one_of, quoted
from linter.records.text.name import dotless
from linter.source.text import Span

from .acts import Acts, acts_of, resting
from .declaring import with_declarations
from .estate import Behaviour, View, World
from .gates import Condition, conditions
from .laws import LAWS
from .laws.law import Broken, Law
from .model import Plan, Stage
from .planned import (
    Back,
    FileChange,
    Gate,
    Missing,
    Planned,
    Refusal,
    SetChange,
    StagePlan,
    Step,
    Wait,
)
from .replay import new_errors, worse
from .roles import as_found
from .target import touched, wants_of
from .waits import wait_after
from .want import END, LEAST, PHASES, RETIRE, SWITCH, TIGHTEN, TTL_UP, Want, changes_of
from .words import how_back, reason_of, title_of, verification

_BEFORE = {
    RETIRE: (LEAST[RETIRE], "reports without the old senders for 7 days, their last signature 5 days old"),
    TIGHTEN: (LEAST[TIGHTEN], "14 clean days before a stricter policy"),
}
"""What senders and policies need before a phase, which no cache tells: cautious seconds, and why."""
OLD_LISTENS = 259_200
"""Seconds, with caution, for which the old host gets mail after the MX has changed (Microsoft: 72 hours)."""


def worked_out(plan: Plan, world: World, today: date, laws: Iterable[Law] = LAWS) -> Planned:
    """The plan's steps. `today` is where new ids of MTA-STS come from, unless the plan says when it begins."""
    return _Planner(plan, world, plan.start or today, tuple(laws)).run()


class _Planner:
    def __init__(self, plan: Plan, world: World, day: date, laws: tuple[Law, ...]) -> None:
        self.plan = plan
        self.stamp = f"{day:%Y%m%d}"
        self.laws = laws
        start = View(world, {}, Behaviour(plan.base, frozenset(), frozenset()))
        self.view = start.under(resting(start, plan.base))
        self.standing = tuple(f for f in self.view.built.findings if f.severity in ("error", "warning"))
        self.refusals: list[Refusal] = []
        self.steps: list[list[Step]] = []
        self.is_due = True
        self.is_possible = True
        self.told = plan.base

    def run(self) -> Planned:
        """All stages."""
        stages = []
        for number, stage in enumerate(self.plan.stages, 1):
            self.steps.append([])
            for fault in stage.contradictions:
                self.refuse_at(Refusal("", fault.message, fault.span, fault.help))
            self.is_possible = self.is_possible and not stage.contradictions
            if self.is_possible:
                self.is_possible = _Stage(self, stage, number).run()
                self._declare(stage)
            stages.append(stage)
        found = tuple(
            StagePlan(stage.name.text, stage.people, tuple(steps), _no_return(steps))
            for stage, steps in zip(stages, self.steps, strict=True)
        )
        return Planned(self.plan, found, tuple(self.refusals), self.standing)

    def _declare(self, stage: Stage) -> None:
        """Say with a step of the stage what is to be declared; a stage without steps leaves that to the next one."""
        if self.steps[-1]:
            self.steps[-1] = with_declarations(self.steps[-1], self.told, stage)
            self.told = stage.intent if self.told.mail else self.told

    def refuse(self, stage: Stage, broken: Broken) -> None:
        """Note a refusal at what the stage says of the name, else at the stage."""
        self.refuse_at(Refusal(broken.law, broken.message, _place(stage, broken.name), broken.insert))

    def refuse_at(self, refusal: Refusal) -> None:
        """Note a refusal, each thing once."""
        if all((refusal.law, refusal.message) != known[:2] for known in self.refusals):
            self.refusals.append(refusal)

    def lengthen(self, phase: str) -> None:
        """Let the last step wait for what senders and policies need before a phase."""
        if phase not in _BEFORE:
            return
        steps = next((steps for steps in reversed(self.steps) if steps), None)
        if steps is not None:
            seconds, because = _BEFORE[phase]
            wait = steps[-1].wait
            because = f"{wait.because}; with caution {because}"
            steps[-1] = steps[-1]._replace(wait=Wait(wait.seconds, max(wait.cautious_seconds, seconds), because))


def _place(stage: Stage, name: str) -> Span:
    for key, span in stage.mentioned.items():
        if key == name or name.endswith(f".{key}"):
            return span
    return stage.name.span


def _no_return(steps: list[Step]) -> str:
    return next((step.id for step in steps if step.phase in (RETIRE, END)), "")


def _set_changes(before: View, after: View, changes: tuple[Change, ...]) -> tuple[SetChange, ...]:
    pairs = [(change.name, change.type) for change in changes]
    return tuple(
        SetChange(before.zone_of(pair[0]), *pair, before.sets.get(pair), after.sets.get(pair)) for pair in pairs
    )


class _Stage:
    """One stage on its way."""

    def __init__(self, planner: _Planner, stage: Stage, number: int) -> None:
        self.planner = planner
        self.is_safe = True
        self.stage = stage
        self.number = number
        before = planner.view
        bare = before.under(Behaviour(stage.intent, frozenset(), frozenset()))
        found = as_found(before, bare)
        if found is not before.behaviour.intent:
            before = before.under(Behaviour(found, frozenset(), frozenset()))
            before = before.under(resting(before, found))
        self.start = planner.view = before
        self.target = resting(bare, stage.intent)
        self.now = before.under(self.target)
        self.names = touched(before, self.now, stage)
        self.acts = acts_of(before.behaviour, self.target, before, self.now)
        self.conditions = conditions(before, self.now, self.names)
        try:
            self.wants = wants_of(before, self.now, stage, f"{planner.stamp}")
        except CannotEdit as error:
            self.wants = ()
            planner.refuse(stage, Broken("", str(error), "", "change the file by hand, or write it plainly"))

    def run(self) -> bool:
        """All phases; at the end everybody does what the stage declares. False where the stage cannot be."""
        if not self._is_routed():
            return False
        for phase in PHASES:
            for number in sorted({want.round for want in self.wants if want.phase == phase} | {0}):
                wants = tuple(want for want in self.wants if (want.phase, want.round) == (phase, number))
                self._step(phase, wants, self._held(phase, number, bool(wants)))
        self.planner.view = self.planner.view.under(self.target)
        for broken in new_errors(self.start, self.planner.view):
            self.planner.refuse(self.stage, broken)
        self._unknown_gates()
        self._unknown_names()
        return True

    def _unknown_names(self) -> None:
        """Names that the stage speaks of and that no zone holds: nothing would be done for them."""
        for name in self.stage.mentioned:
            mail = self.stage.intent.mail.get(name)
            if mail is not None and not is_glob(name) and not self.planner.view.zone_of(name):
                near = nearest(dotless(name), [dotless(each) for each in self.start.entries])
                meant = f"; did you mean `{near}`?" if near else ""
                message = f"{quoted(dotless(name))} lies in none of the zones{meant}"
                self.planner.refuse(self.stage, Broken("", message, name, "name the zone under `zones`"))

    def _is_routed(self) -> bool:
        """Whether every system that the stage names is declared, and has a host where mail is to come to it."""
        systems, count = self.stage.intent.systems, len(self.planner.refusals)
        for name in self.names:
            mail, facts = self.now.entries[name], self.now.facts_of(name)
            for word in mail.words:
                if word.text not in systems:
                    near = nearest(word.text, sorted(systems))
                    meant = f"; did you mean `{near}`?" if near else ""
                    message = f"{quoted(word.text)} of {quoted(dotless(name))} is not a declared system{meant}"
                    self.planner.refuse(self.stage, Broken("", message, name, "declare it under `systems`"))
            edge = mail.edge
            needs = declared_mail(facts).systems.get(edge.text) if facts is not None and edge is not None else None
            if needs is not None and not needs.is_receiver:
                message = f"{needs.label} is to receive mail for {quoted(dotless(name))} and has no known mail host"
                self.planner.refuse(self.stage, Broken("", message, name, "declare its hosts by `receives: [HOST]`"))
        return len(self.planner.refusals) == count

    def _held(self, phase: str, number: int, is_wanted: bool) -> tuple[Condition, ...]:
        """The gates of a step; those before a stricter policy are passed anew for each degree."""
        held = tuple(each for each in self.conditions if each.phase == phase)
        if phase == TIGHTEN:
            suffix = f"-{number + 1}" if number else ""
            return tuple(each._replace(id=f"{each.id}{suffix}") for each in held) if is_wanted else ()
        return held if not number else ()

    def _unknown_gates(self) -> None:
        known = sorted({gate.id for step in self.planner.steps[-1] for gate in step.gates})
        for word in sorted(self.stage.done - set(known)):
            near = nearest(word, known)
            meant = f"; did you mean `{near}`?" if near else ""
            expected = f"expected one of {one_of(known)}" if known else "this stage has none"
            self.planner.refuse(
                self.stage, Broken("", f"{quoted(word)} is not a gate of this stage; {expected}{meant}", "")
            )

    def _step(self, phase: str, wants: tuple[Want, ...], held: tuple[Condition, ...]) -> None:
        acts = self.acts.get(phase, Acts())
        start = self.planner.view
        first = start.under(acts.first) if acts.first is not None else start
        changes, after = self._changed(first, wants)
        if acts.along is not None:
            after = after.under(acts.along)
        last = after.under(acts.last) if acts.last is not None else after
        files = tuple(FileChange(each.path, each.what, each.text) for want in wants for each in want.files)
        found = tuple(worse((start, first, after, last), self.planner.laws))
        for broken in found:
            self.planner.refuse(self.stage, broken)
        self.is_safe = self.is_safe and not found
        self.planner.view = last
        needs = tuple(need for want in wants for need in want.needs)
        if not (changes or files or held or needs):
            return
        self.planner.lengthen(phase)
        self._add(phase, wants, held, changes, (start, first, after, last))

    def _changed(self, view: View, wants: tuple[Want, ...]) -> tuple[tuple[Change, ...], View]:
        """The changes that a step makes, and the estate after them; what cannot be made is refused."""
        changes = changes_of(view, [op for want in wants for op in want.ops])
        texts = {each.path: each.text for want in wants for each in want.files}
        promised = [need.pair for want in wants for need in want.needs]
        try:
            after = view.changed(changes) if changes else view
        except CannotEdit as error:
            self.planner.refuse(self.stage, Broken("", str(error), "", "change the file by hand, or write it plainly"))
            return (), view.promising((change.name, change.type) for change in changes)
        after = after.with_files(texts) if texts else after
        return changes, after.promising(promised) if promised else after

    def _add(
        self,
        phase: str,
        wants: tuple[Want, ...],
        held: tuple[Condition, ...],
        changes: tuple[Change, ...],
        moments: tuple[View, View, View, View],
    ) -> None:
        first, after = moments[1], moments[2]
        gates = tuple(Gate(each.id, each.text, each.source, each.id in self.stage.done) for each in held)
        missing = tuple(dict.fromkeys(Missing(need.what, need.where) for want in wants for need in want.needs))
        self.planner.is_due = self.planner.is_due and not missing and all(gate.done for gate in gates)
        sets = _set_changes(first, after, changes)
        steps = self.planner.steps[-1]
        wait = self._wait(first, phase, wants, changes)
        step = Step(
            f"{self.number}.{len(steps) + 1}",
            phase,
            title_of(phase, self.names, sets, missing),
            tuple(sorted({want.law for want in wants}, key=lambda law: int(law[1:]))),
            "; ".join(dict.fromkeys(want.reason for want in wants)) or reason_of(phase),
            sets,
            tuple(FileChange(each.path, each.what, each.text) for want in wants for each in want.files),
            gates,
            missing,
            wait,
            verification(sets, after),
            Back(
                how_back(phase, bool(sets or missing)),
                wait_after(after, changes, self.planner.plan.propagation).seconds if changes else 0,
            ),
            tuple(row for name in self.names for row in moments[3].rows(name)),
            self.planner.is_due,
            self.is_safe,
            moments[3].texts,
            moments,
        )
        steps.append(step)

    def _wait(self, view: View, phase: str, wants: tuple[Want, ...], changes: tuple[Change, ...]) -> Wait:
        """The wait after a step: for what caches hold, and for the policies of MTA-STS that senders hold."""
        # What a vendor has still to show will be published with the rest.
        open_sets = tuple(Change(*need.pair, (need.what,)) for want in wants for need in want.needs)
        wait = wait_after(view, (*changes, *open_sets), self.planner.plan.propagation)
        if phase == TTL_UP:
            return Wait(0, 0, "nothing waits for this")
        seconds, cautious, because = wait
        for want in wants:
            if want.old_age:
                cautious = max(cautious, want.old_age)
                seconds = max(seconds, want.old_age) if want.law == "L16" else seconds
                because = f"{because}; a sender that cannot fetch the policy keeps the old one for {want.old_age} s"
        moved = {change.name for change in (*changes, *open_sets) if change.type == "MX"}
        if phase == SWITCH and any(view.hosts(name) for name in moved):
            cautious = max(cautious, OLD_LISTENS)
            because = f"{because}; with caution the old host gets mail for 72 hours"
        return Wait(seconds, cautious, because)
