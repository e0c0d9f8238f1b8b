"""What the declared mail of a name needs outside DNS, in the order that loses none: steps, and who asks for them."""

from collections.abc import Iterator

from linter.intent.model import Mail
from linter.lookup.answer import FOUND
from linter.providers.evidence import Evidence
from linter.providers.model import ManualStep, Verification
from linter.source.frozen import Frozen

from .declared_mail import DeclaredMail
from .system_needs import SystemNeeds

_WHEN = ("first", "before-mx", "after-mx", "after-dkim", "last")
_OLD_HOST = "old-host"


class Step(Frozen):
    """One step: whose it is, what to do in the imperative, the place in the vendor's tools, and who says so."""

    system: str
    what: str
    where: str
    when: str
    evidence: Evidence


def manual_steps(mail: DeclaredMail, entry: Mail) -> tuple[Step, ...]:
    """All steps of the systems that an entry names, each once, in their order."""
    if entry.is_none:
        return ()
    found = [step for needs in mail.involved(entry) for step in _of(mail, entry, needs)]
    known: dict[str, Step] = {}
    for step in sorted(found, key=lambda step: _WHEN.index(step.when)):
        known.setdefault(step.what, step)
    return tuple(known.values())


def _of(mail: DeclaredMail, entry: Mail, needs: SystemNeeds) -> Iterator[Step]:
    if needs.vendor is None:
        return
    provider = needs.vendor.provider
    concerns = _concerns(entry, needs)
    if not any(step.key.startswith("verify") for step in provider.manual):
        yield from _ownership(mail, entry, needs, provider.verification)
    for step in provider.manual:
        if step.concerns in concerns:
            yield Step(needs.label, step.what, _where(entry, needs, step), step.when, step.evidence)


def _concerns(entry: Mail, needs: SystemNeeds) -> frozenset[str]:
    """What the steps of a vendor may be about, for what the system does here."""
    name, found = needs.name, set()
    holders = {word.text for word in (entry.receives, *(split.to for split in entry.splits)) if word is not None}
    if name in holders or (entry.behind is not None and entry.behind.text == name):
        found.add("receives")
    if name in {word.text for word in entry.sends or ()}:
        found.add("sends")
    if name in holders and entry.splits:
        found.add("split")
    if name in holders and entry.behind is not None:
        found.add("gateway")
    # Who takes over says what to do at the host before; a host whose customers may leave says it of itself.
    is_home = needs.vendor is not None and needs.vendor.holds_mailboxes
    if is_home == (name in holders):
        found.add(_OLD_HOST)
    return frozenset(found)


def _where(entry: Mail, needs: SystemNeeds, step: ManualStep) -> str:
    """The place; of a split the other system does what the old host does."""
    is_shared = step.concerns == "split" and entry.receives is not None and entry.receives.text != needs.name
    return f"{step.where}; the other system is `{entry.receives.text}`" if is_shared and entry.receives else step.where


def _ownership(mail: DeclaredMail, entry: Mail, needs: SystemNeeds, texts: tuple[Verification, ...]) -> Iterator[Step]:
    """The text by which the vendor knows the domain, where neither a step nor the declaration speaks of it."""
    if not texts or needs.system.verification is not None or needs.vendor is None:
        return
    first = texts[0]
    name = entry.name.text if first.name == "@" else f"{first.name}.{entry.name.text}"
    answer = mail.resolver.lookup(name, "TXT")
    held = [value for value in answer.values if isinstance(value, str)] if answer.status == FOUND else []
    if any(value.startswith(each.prefix) for value in held for each in texts):
        return
    what = f"verify the domain with the TXT value that begins with `{first.prefix}`"
    provider = needs.vendor.provider
    shown = provider.parameter("verification")
    where = shown.how if shown is not None else provider.docs or f"the documentation of {provider.name}"
    yield Step(needs.label, what, where, "first", first.evidence)
