"""A declaration laid over another one, key by key: what a stage of a plan does not name stays as it was."""

from collections.abc import Mapping

from linter.source.frozen import Frozen
from linter.source.text import SourceFault, Span
from linter.source.tree import Node

from .contradictions import contradictions
from .model import DeclaredPolicy, Intent, Mail, System, intent_of
from .reader import Part, read_part

_MAIL = {
    "receives": "receives",
    "behind": "behind",
    "sends": "sends",
    "split": "splits",
    "envelope": "envelope",
    "clients": "clients",
    "dmarc": "dmarc",
    "mta-sts": "mta_sts",
}
_SYSTEM = {
    "provider": "provider",
    "tenant": "parameters",
    "parameters": "parameters",
    "receives": "receives",
    "mx": "receives",
    "spf": "spf",
    "dkim": "dkim",
    "clients": "clients",
    "envelope": "envelope",
    "signs": "signs",
    "verification": "verification",
    "values": "values",
}
"""The fields that keys of an entry fill."""


class Overlaid(Frozen):
    """The whole declaration, and where its newest part speaks of what (by system or absolute name).

    `faults` are what cannot be read, `contradictions` what cannot be.
    """

    intent: Intent
    mentioned: Mapping[str, Span]
    faults: tuple[SourceFault, ...]
    contradictions: tuple[SourceFault, ...]


def overlay(base: Intent, systems: Node | None, mail: Node | None, kind: str) -> Overlaid:
    """Lay `systems:` and `mail:` over a declaration; both nodes fit their schemas, with `~` for what is taken back.

    An entry that is there gets the keys that the part names, in `dmarc`, `parameters` and `values` those inside;
    `none` takes the place of a whole entry.
    """
    part = read_part(systems, mail, kind)
    whole_systems, whole_mail = dict(base.systems), dict(base.mail)
    for name, system in part.intent.systems.items():
        old = base.systems.get(name, System(system.name))
        whole_systems[name] = _system(old, system, part.named[f"systems {name}"])
    for name, entry in part.intent.mail.items():
        before = base.mail.get(name)
        kept = before if before is not None and not before.is_none else Mail(entry.name)
        whole_mail[name] = entry if entry.is_none else _mail(kept, entry, part)
    intent = intent_of(whole_systems, whole_mail)
    against = () if part.faults else tuple(contradictions(intent, kind))
    mentioned = {name: system.name.span for name, system in part.intent.systems.items()}
    mentioned |= {name: entry.name.span for name, entry in part.intent.mail.items()}
    return Overlaid(intent, mentioned, part.faults, against)


def _system(old: System, new: System, keys: frozenset[str]) -> System:
    changes = {field: getattr(new, field) for key, field in _SYSTEM.items() if key in keys}
    if "parameters" in changes and new.parameters:
        changes["parameters"] = tuple({**dict(old.parameters), **dict(new.parameters)}.items())
    if "values" in changes and new.values:
        domains = {*old.values, *new.values}
        changes["values"] = {name: {**old.values.get(name, {}), **new.values.get(name, {})} for name in sorted(domains)}
    return old._replace(name=new.name, **changes)


def _mail(old: Mail, new: Mail, part: Part) -> Mail:
    keys = part.named[f"mail {new.name.text}"]
    changes = {field: getattr(new, field) for key, field in _MAIL.items() if key in keys}
    if new.dmarc is not None and old.dmarc is not None:
        before, now = old.dmarc, new.dmarc
        changes["dmarc"] = DeclaredPolicy(now.p or before.p, now.sp or before.sp, now.rua or before.rua)
    return old._replace(name=new.name, **changes)
