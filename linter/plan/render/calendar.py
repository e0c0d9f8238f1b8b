"""When the steps of a plan can be made: after their waits, in the windows of people and outside of freezes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from linter.plan.model import CAUTIOUS, Plan, Window
from linter.plan.planned import Planned, Step
from linter.plan.want import LEAST
from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo

_MOST_DAYS = 1500
"""Days that are looked through for one on which people work."""


class Dated(Frozen):
    """A step with the earliest moment at which it can be made, gates left aside."""

    stage: str
    step: Step
    begin: datetime


def dated(planned: Planned, today: date) -> Iterator[Dated]:
    """Every step with its moment, from the plan's start on; gates that take days count with the waits of its safety."""
    plan = planned.plan
    zone = _zone(plan)
    now = datetime.combine(plan.start or today, datetime.min.time(), zone)
    last, is_cautious = now, plan.safety == CAUTIOUS
    for stage in planned.stages:
        for step in stage.steps:
            if step.gates and step.phase in LEAST:
                now = max(now, last + timedelta(seconds=LEAST[step.phase]))
            now = _open(plan, now)
            yield Dated(stage.name, step, now)
            last = now
            now += timedelta(seconds=step.wait.of(is_cautious))


def _zone(plan: Plan) -> "tzinfo":
    if plan.window is None or plan.window.zone == "UTC":
        return UTC
    from zoneinfo import ZoneInfo

    return ZoneInfo(plan.window.zone)


def _open(plan: Plan, moment: datetime) -> datetime:
    """The first moment from one on at which people make changes; that one where no day is open."""
    for number in range(_MOST_DAYS):
        day = moment.date() + timedelta(days=number)
        if any(freeze.first <= day <= freeze.last for freeze in plan.freezes):
            continue
        if plan.window is None:
            return moment if not number else datetime.combine(day, datetime.min.time(), moment.tzinfo)
        if day.weekday() in plan.window.days:
            begin, end = _hours(plan.window, day, moment)
            if moment < end:
                return max(moment, begin)
    return moment


def _hours(window: Window, day: date, moment: datetime) -> tuple[datetime, datetime]:
    """When a window of a day begins and ends, which may be on the next."""
    begin = datetime.combine(day, window.begin, moment.tzinfo)
    end = datetime.combine(day, window.end, moment.tzinfo)
    return begin, end if end > begin else end + timedelta(days=1)
