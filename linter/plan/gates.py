"""What has to be done or known outside DNS before a step, each with who says so."""

from collections.abc import Iterable, Iterator

from linter.facts.dmarc.policy import dmarc_policies
from linter.facts.mail.system_needs import SystemNeeds
from linter.providers.model import ManualStep
from linter.records.text.fault import few
from linter.records.text.name import ancestors, dotless, shown, slug
from linter.source.frozen import Frozen

from .estate import View
from .laws.transport import announced
from .roles import declared_roles, system_of
from .want import AUTHORISE, CLIENTS, POLICY, RETIRE, SWITCH, TIGHTEN, VERIFY

_PRACTICE = "practice"
_MOST_NAMES = 5
_VERIFY_DOMAIN = "verify-domain"
"""The step of a vendor's list that a text in DNS answers: nothing to do where it is published already."""
_PHASES = {"first": AUTHORISE, "before-mx": SWITCH, "after-dkim": SWITCH, "after-mx": CLIENTS, "last": RETIRE}
"""Where the steps of a vendor's list belong."""
_SPLIT_PHASES = {"first": VERIFY, "before-mx": AUTHORISE}
"""Where they belong when another system has the domain as well: routing is ready before the vendor knows the domain,
and adapted as soon as it does."""


class Condition(Frozen):
    """One gate before it is known whether it was passed; `{}` in the text stands for the names it is about."""

    phase: str
    id: str
    text: str
    source: str


def conditions(view: View, now: View, names: Iterable[str]) -> tuple[Condition, ...]:
    """The gates of a stage, each once. `view` is the estate before it, `now` the same records under its declaration."""
    found: dict[tuple[str, str], Condition] = {}
    about: dict[tuple[str, str], list[str]] = {}
    for name in names:
        for each in _Name(view, now, name).all():
            key = (each.phase, each.id)
            found.setdefault(key, each)
            about.setdefault(key, []).append(dotless(name))
    return tuple(
        each._replace(text=each.text.replace("{}", few(about[key], _MOST_NAMES))) for key, each in found.items()
    )


class _Name:
    """One name on its way from one declaration to the next."""

    def __init__(self, view: View, now: View, name: str) -> None:
        self.view = view
        self.now = now
        self.name = name
        self.old = declared_roles(view.entries.get(name))
        self.new = declared_roles(now.entries.get(name))

    def all(self) -> Iterator[Condition]:
        """The gates for it."""
        for system in sorted(self.new.receivers - self.old.receivers):
            yield from self._received(system)
        for system in sorted(self.new.senders - self.old.senders):
            yield from self._sent(system)
        yield from self._left()
        for system in sorted(self.new.receivers):
            yield from self._settled(system)
        if self.now.entries[self.name].dmarc is not None:
            text = (
                "The reports of {} show 14 days without a failure of a declared sender, since the last change of "
                "senders"
            )
            yield Condition(TIGHTEN, f"clean-{slug(dotless(self.name))}", text, "RFC 9989 section 5.1.5")

        yield from self._strict()

    def _strict(self) -> Iterator[Condition]:
        """What is waited for before senders refuse a host by a MTA-STS policy."""
        mode, word = self.now.entries[self.name].mta_sts, slug(dotless(self.name))
        file = self.view.built.policies.get(self.name)
        is_strict = file is not None and file.policy.mode == "enforce" and bool(announced(self.view, self.name))
        if mode is not None and mode.text == "enforce" and not is_strict:
            text = "Reports on TLS of {} (`_smtp._tls`) show no failure for 14 days"
            yield Condition(TIGHTEN, f"tls-clean-{word}", text, "RFC 8460, RFC 8461 section 5")
        if mode is not None and mode.text != "none" and not announced(self.view, self.name):
            text = "`curl` shows the policy of {} at `https://mta-sts.` and its name, `/.well-known/mta-sts.txt`"
            yield Condition(POLICY, f"policy-served-{word}", text, "RFC 8461 section 3.3")

    def _needs(self, system: str) -> SystemNeeds | None:
        return system_of(self.now, self.name, system) or system_of(self.view, self.name, system)

    def _listed(self, system: str, *concerns: str) -> tuple[ManualStep, ...]:
        """What the vendor of a system asks for outside DNS."""
        needs = self._needs(system)
        steps = needs.vendor.provider.manual if needs is not None and needs.vendor is not None else ()
        return tuple(step for step in steps if step.concerns in concerns)

    def _manual(self, system: str, steps: Iterable[ManualStep]) -> Iterator[Condition]:
        for step in steps:
            phases = {**_PHASES, **_SPLIT_PHASES} if step.concerns == "split" else _PHASES
            text = f"`{system}`, {{}}: {step.what}; {step.where}"
            source = step.evidence.source if step.evidence.confirmed else f"{step.evidence.source}, not confirmed"
            yield Condition(phases[step.when], f"{step.key}-{slug(system)}", text, source)

    def _is_proven(self, system: str) -> bool:
        """Whether the text by which the vendor knows the domain is published at it, or above it in its zone."""
        needs = self._needs(system)
        facts = needs.vendor.provider.verification if needs is not None and needs.vendor is not None else ()
        return any(is_proven(self.view, self.name, fact.prefix) for fact in facts)

    def _received(self, system: str) -> Iterator[Condition]:
        """What a system needs before mail comes to it."""
        word, is_shared = slug(system), bool(self.old.receivers)
        steps = [step for step in self._listed(system, "receives") if step.when != "last"]
        steps += self._listed(system, "split") if is_shared else ()
        steps = [step for step in steps if step.when != "last"]
        if self._is_proven(system):
            steps = [step for step in steps if step.key != _VERIFY_DOMAIN]
        elif is_shared and any(step.concerns == "split" and step.when == "first" for step in steps):
            text = "Let the vendor verify {} out of hours, and nothing else that day"
            yield Condition(AUTHORISE, f"out-of-hours-{word}", text, _PRACTICE)
        yield from self._manual(system, sorted(steps, key=lambda step: step.concerns == "split"))
        if system == self.new.gateway:
            text = (
                f"`{system}` knows {{}} with all recipients and passes mail on, and the mailboxes accept it from "
                "there: send one message to its host directly"
            )
            source = "Mimecast, Proofpoint: domains and users before inbound MX"
            yield Condition(SWITCH, f"gateway-{word}", text, source)
            return
        text = f"All mailboxes of {{}} exist at `{system}`, and it accepts their mail: send one message to its host"
        source = "Microsoft 5.4.1, directory-based edge blocking; practice"
        yield Condition(SWITCH, f"mailboxes-{word}", f"{text} directly", source)

    def _sent(self, system: str) -> Iterator[Condition]:
        """What lets a system begin to send."""
        needs, word = self._needs(system), slug(system)
        steps = self._listed(system, "sends")
        yield from self._manual(system, steps)
        if any(step.when == "after-dkim" for step in steps):
            return
        if needs is not None and needs.selectors:
            text = (
                f"Switch DKIM on for {{}} at `{system}`, after its keys are seen by `dig`, and send one message: "
                "it must say dkim=pass"
            )
            yield Condition(SWITCH, f"dkim-{word}", text, "RFC 6376 section 3.6.2")
        else:
            text = f"Let `{system}` send as {{}} from this step on, not before"
            yield Condition(SWITCH, f"send-{word}", text, "RFC 7208 section 5")

    def _left(self) -> Iterator[Condition]:
        """What a system that no longer receives, holds mailboxes or sends is waited for."""
        left = sorted(self.old.receivers - self.new.receivers)
        if left and self.new.receivers:
            yield from self._stays(left)
        gone = sorted(self.old.holders - self.new.holders)
        if gone and self.new.holders:
            yield from self._moved(" and ".join(gone), " and ".join(sorted(self.new.holders)))
        for system in sorted({*(self.old.senders - self.new.senders), *left}):
            text = (
                f"Reports (DMARC, logs of the host) show nothing from `{system}` as {{}} for 7 days, and its last "
                "signature is 5 days old"
            )
            source = "practice of DMARC vendors; RFC 6376 section 3.1"
            if system not in self.new.senders:
                yield Condition(RETIRE, f"unused-{slug(system)}", text, source)
            yield from self._still_used(system)

    def _stays(self, left: list[str]) -> Iterator[Condition]:
        """What who no longer receives does until nothing comes to it."""
        gone = " and ".join(left)
        text = (
            f"`{gone}` keeps accepting mail for {{}}, and what it sends itself follows the MX: set its routing of the "
            "domain to remote with the change"
        )
        yield Condition(SWITCH, f"remote-{slug(gone)}", text, "cPanel, Plesk: local or remote mail exchanger")
        text = f"Nothing is delivered to `{gone}` for {{}} any more; queues elsewhere live up to 5 days"
        yield Condition(RETIRE, f"old-silent-{slug(gone)}", text, "RFC 5321 section 4.5.4.1")

    def _moved(self, gone: str, come: str) -> Iterator[Condition]:
        """What a move of mailboxes needs."""
        text = (
            f"Tell the users of {{}} when mail moves to `{come}`, and that mail programs keep `{gone}` until you "
            "tell them to change"
        )
        yield Condition(SWITCH, f"users-{slug(gone)}", text, _PRACTICE)
        text = f"The last mailbox of {{}} has moved to `{come}`, with what came to `{gone}` in between"
        yield Condition(CLIENTS, f"last-mailbox-{slug(gone)}", text, "Microsoft cutover step 8")

    def _settled(self, system: str) -> Iterator[Condition]:
        """What a vendor asks for once it has the domain for itself, or once a gateway is in front of it."""
        is_shared = len(self.new.holders) > 1
        if self.old.receivers - self.new.receivers and not is_shared:
            yield from self._manual(system, (step for step in self._listed(system, "split") if step.when == "last"))
        if system in self.new.receivers - self.old.receivers:
            yield from self._manual(system, (step for step in self._listed(system, "receives") if step.when == "last"))
        if system in self.new.holders and self.new.gateway and self.new.gateway != self.old.gateway:
            yield from self._manual(system, self._listed(system, "gateway"))

    def _still_used(self, system: str) -> Iterator[Condition]:
        """Hosts that mail needs and that a system which goes serves: of the MTA-STS policy, of settings for clients."""
        needs = self._needs(system)
        hosts = {host for host in self.view.hosts(self.name) if needs is not None and needs.takes(host)}
        hosts |= {client.host for client in (needs.clients if needs is not None else ())}
        facts = self.view.facts_of(self.name)
        if facts is None or not self.new.receivers:
            return
        by_list = dmarc_policies(facts).org_domain_by_list
        own = by_list(self.name)
        domains = {by_list(host) for host in hosts} - {own}
        for label in ("mta-sts", "autoconfig"):
            host = f"{label}.{self.name}"
            targets = [step.target for step in self.view.resolver.lookup(host, "A").steps]
            found = next((each for each in targets if each in hosts or by_list(each) in domains), "")
            if found and (label != "mta-sts" or announced(self.view, self.name)):
                text = (
                    f"{shown(host)} is still needed and points to {shown(found)} of `{system}`: that "
                    "host stays, or another one serves it first"
                )
                yield Condition(RETIRE, f"{label}-{slug(dotless(self.name))}", text, _PRACTICE)


def is_proven(view: View, name: str, prefix: str) -> bool:
    """Whether a name, or one above it in its zone, has a text with a prefix."""
    names = ancestors(name, view.zone_of(name) or ".")
    return any(text.startswith(prefix) for each in names for text in view.texts_at(each))
