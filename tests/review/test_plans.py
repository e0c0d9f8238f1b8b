"""Steps of plans under review: each passes alone, and two in one do not where the planner's laws lie between."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from linter.facts.facts import Facts
from linter.intent.model import Intent
from linter.plan.estate import View
from linter.plan.planned import Step
from linter.review.model import Review
from linter.review.reviewed import exit_status, reviewed
from linter.review.side import Side
from tests.plan.test_no_mail_is_lost import BRIEF, SAMPLE, Move, moves, worked

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)


def side_of(view: View, declared: Intent | None) -> Side:
    """A moment of a plan as a revision of a repository: nothing is declared but what its configuration says."""
    held = []
    for facts in view.built.facts.values():
        fresh = Facts(facts.index, facts.resolver, facts.estate, facts.publishing, facts.parsers, {}, declared)
        held.append(fresh)
    return Side("a", held, view.resolver, (), view.built.policies, view.world.soa)


def review_between(before: View, after: View, is_declared: bool) -> Review:
    """What is declared is kept up by those who carry out the plan, or nothing is."""
    declared = [view.behaviour.intent if is_declared else None for view in (before, after)]
    return reviewed(side_of(before, declared[0]), side_of(after, declared[1]))


def refused_alone(steps: Sequence[Step], is_declared: bool) -> list[tuple[str, list[str]]]:
    found = []
    for step in steps:
        review = review_between(step.moments[0], step.moments[-1], is_declared)
        if exit_status(review, "error"):
            told = [each.message for each in review.apart] + [each.message for each in review.dangers]
            found.append((step.title, told))
    return found


@settings(max_examples=30, phases=UNSHRUNK, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moves())
def test_every_step_passes_alone(move: Move) -> None:
    planned = worked(move)
    if not planned.refusals:
        assert refused_alone(planned.steps, is_declared=False) == []
        assert refused_alone(planned.steps, is_declared=True) == []


PAIRS = {("authorise", "switch"), ("ttl", "switch"), ("switch", "retire"), ("policy", "switch")}


@pytest.mark.parametrize("move", [SAMPLE, BRIEF], ids=["sample", "brief"])
@pytest.mark.parametrize("is_declared", [False, True])
def test_two_steps_in_one_are_refused(move: Move, is_declared: bool) -> None:
    steps = worked(move).steps
    tried = 0
    for number, first in enumerate(steps):
        for second in steps[number + 1 :]:
            if (first.phase, second.phase) in PAIRS:
                tried += 1
                review = review_between(first.moments[0], second.moments[-1], is_declared)
                assert review.apart, (first.title, second.title)
                assert review.split
    assert tried
