"""Who receives and sends at the moments of a stage: as before, both at once while old answers live, then the new."""

from linter.intent.model import Intent, Mail, intent_of
from linter.source.frozen import Frozen

from .estate import Behaviour, Pair, View
from .want import CLIENTS, RETIRE, SWITCH


class Acts(Frozen):
    """What others do around a step: from its gates on, with its records, and from its end on; None for no change."""

    first: Behaviour | None = None
    along: Behaviour | None = None
    last: Behaviour | None = None


def resting(view: View, intent: Intent) -> Behaviour:
    """Nothing but what is declared: who receives accepts mail and holds mailboxes. `view` is under that declaration."""
    return Behaviour(intent, _pairs(view, is_edge=True), _pairs(view, is_edge=False))


def _pairs(view: View, is_edge: bool) -> frozenset[Pair]:
    found = set()
    for name, mail in view.entries.items():
        words = [mail.receives, *(split.to for split in mail.splits)]
        words += [mail.behind] if is_edge else []
        found |= {(name, word.text) for word in words if word is not None and not mail.is_none}
    return frozenset(found)


def acts_of(old: Behaviour, new: Behaviour, before: View, after: View) -> dict[str, Acts]:
    """The acts of each phase of a stage. The views are the estate before it under both declarations."""
    listening, homes = old.listening | new.listening, old.homes | new.homes
    both = Behaviour(_both(before, after, new.intent), listening, homes)
    late = Behaviour(new.intent, listening, new.homes)
    return {
        SWITCH: Acts(first=Behaviour(_with_systems(old.intent, new.intent), listening, old.homes), along=both),
        CLIENTS: Acts(first=both._replace(homes=new.homes)),
        RETIRE: Acts(first=late, last=new),
    }


def _with_systems(old: Intent, new: Intent) -> Intent:
    """The old declaration, with the systems that listen already and that it does not know."""
    if all(name in old.systems for name in new.systems):
        return old
    return intent_of({**new.systems, **old.systems}, old.mail)


def _both(before: View, after: View, intent: Intent) -> Intent:
    """The new declaration, but that the old senders still send, also as names whose mail ends."""
    mails: dict[str, Mail] = dict(intent.mail)
    is_same = True
    for name, old in before.entries.items():
        new = after.entries.get(name)
        if new is None or old.is_none:
            continue
        senders = {word.text: word for word in (*(old.sends or ()), *(new.sends or ()))}
        if new.is_none:
            mails[name], is_same = old._replace(receives=None, behind=None, splits=()), False
        elif set(senders) != {word.text for word in new.sends or ()}:
            mails[name], is_same = new._replace(sends=tuple(senders.values())), False
    return intent if is_same else intent_of(intent.systems, mails)
