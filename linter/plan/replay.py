"""What a step makes worse: laws that it breaks, new errors, senders that fail from then on, mail that is lost."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from linter.facts.mail.senders import FAILS
from linter.finding import Finding
from linter.records.text.name import shown

from .estate import View
from .laws import LAWS, between
from .laws.law import Broken, Law
from .laws.sending import is_shut_out

_SILENT = frozenset({"mx-styles-mixed", "autodiscover-elsewhere", "intent-policy-differs"})
"""Rules that judge the end of a stage alone: what they find is meant to be so for a while."""


def worse(moments: Sequence[View], laws: Iterable[Law] = LAWS) -> Iterator[Broken]:
    """What must not happen on the way through some moments, each thing once."""
    known: set[tuple[str, str]] = set()
    laws = tuple(laws)
    # Caches do not tell what is done first in a step, so what lies between its gates and its end is judged as well.
    pairs = [*pairwise(moments), (moments[1], moments[-1])]
    found = [broken for before, after in pairs for broken in between(before, after, laws)]
    errors = (broken for broken in new_errors(moments[0], moments[-1], _SILENT))
    for broken in (*found, *_failing(moments[0], moments[-1]), *errors):
        if (broken.law, broken.message) not in known:
            known.add((broken.law, broken.message))
            yield broken


def _failing(before: View, after: View) -> Iterator[Broken]:
    """Declared senders that fail from now on, and mail that has nowhere to go."""
    old = before.matrix
    for (name, system), row in after.matrix.items():
        was = old.get((name, system))
        if was is not None and (was.verdict == FAILS or is_shut_out(was)):
            continue
        if row.verdict == FAILS and (was is not None or row.policy in ("quarantine", "reject") or is_shut_out(row)):
            if _is_open(after, name):
                continue
            message = f"mail of `{system}` as {shown(name)} fails DMARC from this step on"
            yield Broken("L6", message, name, f"make SPF or DKIM of {shown(name)} cover `{system}` first")
    for name, mail in after.entries.items():
        if mail.receives is not None and before.hosts(name) and not after.hosts(name):
            yield Broken("L8", f"{shown(name)} has no MX from this step on, and is to receive mail", name)


def _is_open(view: View, name: str) -> bool:
    """Whether something about a name is still to be looked up, so that its matrix is not the last word."""
    return any(pair[0] == name or pair[0].endswith(f".{name}") for pair in view.promised)


def new_errors(before: View, after: View, silent: frozenset[str] = frozenset()) -> Iterator[Broken]:
    """The errors that rules find from now on; of what is still to be looked up nothing can be said."""
    old = _errors(before)
    for key, finding in _errors(after).items():
        if key not in old and key[0] not in silent and not _is_open(after, finding.name or finding.zone):
            yield Broken("", f"{finding.rule}: {finding.message}", finding.name or finding.zone, finding.help)


def _errors(view: View) -> dict[tuple[str, str, str, str], Finding]:
    """The errors that rules find, by what they are about."""
    return {
        (finding.rule, finding.zone, finding.name, finding.type): finding
        for finding in view.built.findings
        if finding.severity == "error"
    }
