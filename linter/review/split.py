"""The split of a change that is proposed: which hunks belong into which step, and how long to wait between them."""

from collections.abc import Iterator

from linter.edit.change import Change
from linter.plan.laws.law import QUICK
from linter.plan.model import PROPAGATION
from linter.plan.planned import SetChange, Wait
from linter.plan.spf_wants import union
from linter.plan.steps import OLD_LISTENS
from linter.plan.waits import wait_after
from linter.plan.want import AUTHORISE, CLIENTS, END, LEAST, PHASES, POLICY, RETIRE, SWITCH, TIGHTEN, TTL, TTL_UP
from linter.plan.words import title_of
from linter.records.dmarc.record import is_dmarc, parse
from linter.records.spf.record import is_spf
from linter.records.spf.record import parse as parse_spf
from linter.records.text.fault import quoted
from linter.records.text.name import shown
from linter.source.frozen import Frozen

from . import subjects
from .compared import Compared
from .differences import Subject
from .model import Apart, Hunk, Piece, SplitStep

_MOST = 400
_ORDER = tuple(phase for phase in PHASES if phase not in (TIGHTEN, TTL_UP))
_PLAIN = {subjects.MX: SWITCH, subjects.CLIENTS: CLIENTS, subjects.HOST: SWITCH, subjects.STS: POLICY}
_RANKS = {None: 0, "none": 0, "quarantine": 1, "reject": 2}
STRICT = "tighten-more"
"""The phase behind TIGHTEN: policies go by single degrees."""


class _Part(Frozen):
    """What of one hunk belongs into a phase, and the set as it then is."""

    phase: str
    hunk: Hunk
    what: str
    values: tuple[str, ...]


def split(compared: Compared, apart: tuple[Apart, ...]) -> tuple[SplitStep, ...]:
    """Steps in their order for the names of which something must not be merged together; none where nothing is."""
    names = {each.name for each in apart} | {compared.owner_of(each.name) for each in apart}
    concerned = [each for each in compared.differences.subjects if names & {each.hunk.name, *each.domains}]
    parts = [part for each in concerned[:_MOST] for part in _parts(compared, each)]
    steps = []
    for phase in (*_ORDER, TIGHTEN, STRICT, TTL_UP):
        held = [part for part in parts if part.phase == phase]
        if held:
            steps.append(_step(compared, phase, held))
    found = [_waiting(step, following) for step, following in zip(steps, (*steps[1:], None), strict=False)]
    return tuple(found)


def _step(compared: Compared, phase: str, parts: list[_Part]) -> SplitStep:
    view = compared.before.plain
    names = dict.fromkeys(part.hunk.name for part in parts)
    changes = [
        SetChange(view.zone_of(part.hunk.name), part.hunk.name, part.hunk.type, part.hunk.before, part.hunk.after)
        for part in parts
    ]
    title = title_of(TIGHTEN if phase == STRICT else phase, names, changes, ())
    wait = wait_after(view, [Change(part.hunk.name, part.hunk.type, part.values) for part in parts], PROPAGATION)
    if phase == SWITCH:
        wait = _after_switch(parts, wait)
    pieces = tuple(Piece(part.hunk.name, part.hunk.type, part.what, part.hunk.place) for part in parts)
    return SplitStep(phase, title, pieces, wait)


def _after_switch(parts: list[_Part], wait: Wait) -> Wait:
    """The TTL has been lowered in a step before; with caution the old host gets mail for three days."""
    lowered = [part for part in parts if part.hunk.type == "MX" and part.hunk.before is not None]
    if not lowered:
        return wait
    because = f"the MX may be kept for {QUICK} s by then; with caution the old host gets mail for 72 hours"
    is_all = len(lowered) == len(parts)
    seconds = min(wait.seconds, QUICK + PROPAGATION) if is_all else wait.seconds
    return Wait(seconds, max(wait.cautious_seconds, OLD_LISTENS), because if is_all else wait.because)


def _waiting(step: SplitStep, following: SplitStep | None) -> SplitStep:
    """A step with what has to pass before the next one, which no cache tells: reports, clean days."""
    least = LEAST.get(TIGHTEN if following.phase == STRICT else following.phase, 0) if following is not None else 0
    wait = step.wait
    if least > wait.cautious_seconds:
        why = "reports must show nothing of the old senders" if least == LEAST[RETIRE] else "days without a failure"
        wait = wait._replace(cautious_seconds=least, because=f"{wait.because}; with caution, {why}")
    return step._replace(wait=wait)


def _parts(compared: Compared, each: Subject) -> Iterator[_Part]:
    hunk, subject = each.hunk, each.subject
    values = hunk.after.values if hunk.after is not None else ()
    if hunk.is_same:
        raised = hunk.before is not None and hunk.after is not None and hunk.after.seconds > hunk.before.seconds
        yield _Part(TTL_UP if raised else TTL, hunk, f"the TTL of its {hunk.type}", values)
        return
    if subject == subjects.MX and hunk.before is not None and hunk.before.seconds > QUICK and values:
        what = f"the TTL of its MX becomes {QUICK}, with the hosts as they are"
        yield _Part(TTL, hunk, what, hunk.before.values)
    if subject == subjects.SPF and hunk.before is not None and hunk.after is not None:
        yield from _spf(hunk)
    elif subject == subjects.DMARC:
        yield from _dmarc(hunk)
    elif subject == subjects.DKIM and hunk.before is not None and hunk.after is not None:
        yield _Part(AUTHORISE, hunk, "the new key under another selector", values)
        yield _Part(RETIRE, hunk, f"the old key at {shown(hunk.name)} goes", ())
    elif subject == subjects.TLSA and hunk.before is not None and hunk.after is not None:
        both = (*hunk.before.values, *hunk.new)
        yield _Part(AUTHORISE, hunk, "the new TLSA beside the old", both)
        yield _Part(RETIRE, hunk, "the new TLSA alone", values)
    elif hunk.after is None:
        yield _Part(END if subject == subjects.STS else RETIRE, hunk, f"its {hunk.type} goes", ())
    elif hunk.before is None and (subject == subjects.HOST or subject not in _PLAIN):
        yield _Part(AUTHORISE, hunk, f"its {hunk.type} as in this change", values)
    else:
        yield _Part(_PLAIN.get(subject, POLICY), hunk, f"its {hunk.type} as in this change", values)


def _spf(hunk: Hunk) -> Iterator[_Part]:
    """A record with the old and the new terms first, then the new ones alone; what is broken lets no sender through."""
    old, new = (next((text for text in texts if is_spf(text)), "") for texts in (hunk.gone, hunk.new))
    values = hunk.after.values if hunk.after is not None else ()
    both = union(old, new) if old and new and parse_spf(old).is_valid else ""
    if not both or _words(both) == _words(new):
        yield _Part(AUTHORISE, hunk, "its TXT as in this change", values)
    elif _words(both) == _words(old):
        yield _Part(RETIRE, hunk, "its TXT as in this change", values)
    else:
        joined = tuple(both if text == new else text for text in values)
        yield _Part(AUTHORISE, hunk, f"SPF with both: {quoted(both, 300)}", joined)
        yield _Part(RETIRE, hunk, f"SPF with the new alone: {quoted(new, 300)}", values)


def _words(text: str) -> set[str]:
    return set(text.lower().split())


def _dmarc(hunk: Hunk) -> Iterator[_Part]:
    """A policy that gets strict goes by single degrees, last; anything else comes with the policies."""
    old, new = (next((text for text in texts if is_dmarc(text)), "") for texts in (hunk.gone, hunk.new))
    values = hunk.after.values if hunk.after is not None else ()
    ranks = [_RANKS[parse(text).p] if text else 0 for text in (old, new)]
    if ranks[1] - ranks[0] > 1:
        yield _Part(TIGHTEN, hunk, "DMARC with `p=quarantine` first", values)
        yield _Part(STRICT, hunk, "DMARC with `p=reject`", values)
    else:
        yield _Part(TIGHTEN if ranks[1] > ranks[0] else POLICY, hunk, "its DMARC record as in this change", values)
