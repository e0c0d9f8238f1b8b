"""What has to be done or known outside DNS before a step, each with who says so."""

from collections.abc import Iterable, Iterator

from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.system_needs import SystemNeeds
from linter.intent.model import Mail
from linter.source.frozen import Frozen

from .estate import View
from .want import AUTHORISE, CLIENTS, RETIRE, SWITCH, TIGHTEN, VERIFY

MICROSOFT = "microsoft-365"
_ACCEPTED = "Microsoft: Set-AcceptedDomain, Manage accepted domains"
_PRACTICE = "practice"
_MOST_NAMES = 5


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
        for each in _of(view, now, name):
            key = (each.phase, each.id)
            found.setdefault(key, each)
            about.setdefault(key, []).append(name.rstrip("."))
    return tuple(each._replace(text=each.text.replace("{}", _listed(about[key]))) for key, each in found.items())


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


def _of(view: View, now: View, name: str) -> Iterator[Condition]:
    """The gates for one name."""
    old, new = _Roles(view.entries.get(name)), _Roles(now.entries.get(name))
    for system in sorted(new.receivers - old.receivers):
        yield from _received(now, name, system, new, bool(old.receivers))
    for system in sorted(new.senders - old.senders):
        yield from _sent(now, name, system)
    left, come = old.receivers - new.receivers, new.receivers - old.receivers
    if left and come:
        yield from _left(" and ".join(sorted(left)))
    if old.holders - new.holders and new.holders - old.holders:
        yield from _moved(now, name, sorted(old.holders - new.holders), sorted(new.holders - old.holders))
    for system in sorted((old.senders - new.senders) | left):
        text = (
            f"Reports (DMARC, logs of the host) show nothing from `{system}` as {{}} for 7 days, and its last "
            "signature is 5 days old"
        )
        yield Condition(RETIRE, f"unused-{_word(system)}", text, "practice of DMARC vendors; RFC 6376 section 3.1")
    if now.entries[name].dmarc is not None:
        text = "The reports of {} show 14 days without a failure of a declared sender, since the last change of senders"
        yield Condition(TIGHTEN, f"clean-{_word(name.rstrip('.'))}", text, "RFC 9989 section 5.1.5")


class _Roles:
    """The systems of an entry by what they do; none for no entry."""

    def __init__(self, mail: Mail | None) -> None:
        is_open = mail is not None and not mail.is_none
        self.gateway = mail.behind.text if mail is not None and is_open and mail.behind is not None else ""
        held = [mail.receives, *(split.to for split in mail.splits)] if mail is not None and is_open else []
        self.holders = {word.text for word in held if word is not None}
        self.receivers = self.holders | ({self.gateway} if self.gateway else set())
        self.senders = {word.text for word in (mail.sends or ())} if mail is not None and is_open else set()


def _needs(view: View, name: str, system: str) -> SystemNeeds | None:
    facts = view.facts_of(name)
    return declared_mail(facts).systems.get(system) if facts is not None else None


def _is_microsoft(needs: SystemNeeds | None) -> bool:
    return needs is not None and needs.vendor is not None and needs.vendor.key == MICROSOFT


def _received(now: View, name: str, system: str, roles: _Roles, was_elsewhere: bool) -> Iterator[Condition]:
    """What a system needs before mail comes to it."""
    word = _word(system)
    if system == roles.gateway:
        text = (
            f"`{system}` knows {{}} with all recipients and passes mail on, and the mailboxes accept it from "
            "there: send one message to its host directly"
        )
        yield Condition(SWITCH, f"gateway-{word}", text, "Mimecast, Proofpoint: domains and users before inbound MX")
        return
    if _is_microsoft(_needs(now, name, system)) and was_elsewhere:
        text = (
            f"Create the outbound connector of the tenant of `{system}` to the host that receives {{}} now: "
            f"from the verification on, mail from the tenant to {{}} stays inside, whatever the MX says"
        )
        yield Condition(VERIFY, f"outbound-connector-{word}", text, _ACCEPTED)
        text = "Verify {} out of hours, and nothing else that day"
        yield Condition(VERIFY, f"out-of-hours-{word}", text, _PRACTICE)
        text = (
            "Set the accepted domain {} to InternalRelay at once after the verification, before anybody in "
            "the tenant gets an address of it"
        )
        yield Condition(AUTHORISE, f"internal-relay-{word}", text, _ACCEPTED)
    text = (
        f"All mailboxes of {{}} exist at `{system}`, and it accepts their mail: send one message to its host directly"
    )
    yield Condition(SWITCH, f"mailboxes-{word}", text, "Microsoft 5.4.1, directory-based edge blocking; practice")


def _sent(now: View, name: str, system: str) -> Iterator[Condition]:
    """What lets a system begin to send."""
    needs, word = _needs(now, name, system), _word(system)
    if needs is not None and needs.selectors:
        text = (
            f"Switch DKIM on for {{}} at `{system}`, after its keys are seen by `dig`, and send one message: "
            "it must say dkim=pass"
        )
        source = "Microsoft: both CNAMEs before enabling" if _is_microsoft(needs) else "RFC 6376 section 3.6.2"
        yield Condition(SWITCH, f"dkim-{word}", text, source)
    else:
        text = f"Let `{system}` send as {{}} from this step on, not before"
        yield Condition(SWITCH, f"send-{word}", text, "RFC 7208 section 5")


def _left(gone: str) -> Iterator[Condition]:
    """What who no longer receives is told."""
    text = (
        f"`{gone}` keeps accepting mail for {{}}, and what it sends itself follows the MX: set its "
        "routing to remote with the change"
    )
    yield Condition(SWITCH, f"remote-{_word(gone)}", text, "cPanel, Plesk: local or remote mail exchanger")
    text = f"Nothing is delivered to `{gone}` for {{}} any more; queues elsewhere live up to 5 days"
    yield Condition(RETIRE, f"old-silent-{_word(gone)}", text, "RFC 5321 section 4.5.4.1")


def _moved(now: View, name: str, old: list[str], new: list[str]) -> Iterator[Condition]:
    """What a move of mailboxes needs."""
    gone, come = " and ".join(old), " and ".join(new)
    text = (
        f"Tell the users of {{}} when mail moves to `{come}`, and that mail programs keep `{gone}` until "
        "they are told again"
    )
    yield Condition(SWITCH, f"users-{_word(gone)}", text, _PRACTICE)
    text = f"The last mailbox of {{}} has moved to `{come}`, with what came to `{gone}` in between"
    yield Condition(CLIENTS, f"last-mailbox-{_word(gone)}", text, "Microsoft cutover step 8")
    for system in new:
        if _is_microsoft(_needs(now, name, system)):
            text = "Set the accepted domain {} to Authoritative, after the last mailbox"
            yield Condition(RETIRE, f"authoritative-{_word(system)}", text, _ACCEPTED)


def _word(text: str) -> str:
    """A stable word for an id."""
    plain = "".join(each if each.isascii() and each.isalnum() else "-" for each in text.lower())
    return "-".join(part for part in plain.split("-") if part)
