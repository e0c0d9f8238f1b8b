"""Where Outlook is led for a name with declared mailboxes: by alias, address or SRV (MS-OXDISCO section 3.1.5)."""

from linter.intent.model import Mail
from linter.lookup.answer import FOUND, NO_NAME, Answer, Resolver
from linter.records.spf.record import Mechanism
from linter.records.text.name import shown
from linter.source.frozen import Frozen
from linter.source.text import Span
from linter.zone.model import Srv

from .declared_mail import DeclaredMail
from .requirement import State, presented, srv_text
from .system_needs import SystemNeeds
from .vendor_view import vendor_of_autodiscover

_ADDRESSES = ("A", "AAAA")


class Discovery(Frozen):
    """What Outlook finds at `autodiscover.<name>` or by SRV: a state as in Required, and whose it is.

    `name` and `type` are those of the record that was found, or of the one to publish where there is none.

    `stranger` says in words whom it leads to where that is somebody who holds no mailboxes of the name, or nobody;
    `is_sure` whether that is confirmed.
    """

    state: State
    found: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    stranger: str = ""
    is_sure: bool = True
    name: str = ""
    type: str = "CNAME"


def discovery(mail: DeclaredMail, entry: Mail) -> Discovery:
    """Where Outlook is led for a name."""
    name = f"autodiscover.{entry.name.text}"
    hosts = {needs.autodiscover for needs in leaders(mail, entry) if needs.autodiscover}
    alias = mail.resolver.lookup(name, "CNAME")
    if alias.status == FOUND:
        return _by_alias(mail, entry, alias, hosts)
    answers = [mail.resolver.lookup(name, kind) for kind in _ADDRESSES]
    for kind, answer in zip(_ADDRESSES, answers, strict=True):
        if answer.status == FOUND:
            return _by_address(mail, entry, answer, hosts)._replace(name=name, type=kind)
    return _by_service(mail, entry, hosts, (alias, *answers))


def leaders(mail: DeclaredMail, entry: Mail) -> tuple[SystemNeeds, ...]:
    """The systems to which mail programs must be led: those that hold the mailboxes.

    While a server of one's own holds some it is the one that knows of all, and sends on who is elsewhere: a vendor does
    not know its mailboxes (Exchange hybrid). A host elsewhere that offers IMAP and its kind is a hosting company's.
    """
    own = mail.holders(entry)
    servers = tuple(
        needs
        for needs in own
        if needs.vendor is None and needs.autodiscover and (not needs.clients or mail.has_host(needs.autodiscover))
    )
    return servers if servers and any(needs.vendor is not None and needs.autodiscover for needs in own) else own


def _by_alias(mail: DeclaredMail, entry: Mail, alias: Answer, hosts: set[str]) -> Discovery:
    """A CNAME: right where it leads to one of the hosts, over other aliases or straight."""
    target = presented(alias)[0]
    passed = (target, *(step.target for step in mail.resolver.lookup(target, "A").steps))
    found = ((target,), alias.spans)
    gone = not_there(mail.resolver, target)
    if gone:
        return Discovery("differs", *found, f"{shown(target)}, which {gone}")
    if not hosts.isdisjoint(passed):
        return Discovery("present", *found)
    if alias.owner.startswith("*."):
        return Discovery("differs", *found, f"what answers for {shown(alias.owner)}")
    stranger, is_sure = _whose_host(mail, entry, passed)
    return Discovery("differs" if stranger else "elsewhere", *found, stranger, is_sure)


def not_there(resolver: Resolver, host: str) -> str:
    """Why nothing is found at a host, in words that follow "which"; "" where something may be."""
    answers = [resolver.lookup(host, kind) for kind in _ADDRESSES]
    if not all(answer.is_empty for answer in answers):
        return ""
    return "does not exist" if any(answer.status == NO_NAME for answer in answers) else "has no A or AAAA record"


def _by_address(mail: DeclaredMail, entry: Mail, address: Answer, hosts: set[str]) -> Discovery:
    """An address at the name itself: right where one of the hosts has it.

    It is strange where a wildcard gives it, where it is an address of a system that holds no mailboxes here, and
    where those who hold them are reached by alias alone; then a server of one's own may still lead on by HTTP.
    """
    kind = "AAAA" if any(":" in value for value in presented(address)) else "A"
    own = {value for host in hosts for value in mail.resolver.lookup(host, kind).values}
    found = (presented(address), address.spans)
    if own & set(address.values):
        return Discovery("present", *found)
    if address.owner.startswith("*."):
        return Discovery("differs", *found, f"what answers for {shown(address.owner)}")
    stranger = _whose_address(mail, entry, set(found[0])) if hosts else ""
    if not stranger and _is_known_whole(mail, entry):
        return Discovery("differs", *found, f"`{found[0][0]}`", is_sure=False)
    return Discovery("differs" if stranger else "elsewhere", *found, stranger)


def _whose_address(mail: DeclaredMail, entry: Mail, addresses: set[str]) -> str:
    """The system that sends from one of the addresses, "" where the one that holds the mailboxes does as well."""
    own = mail.holders(entry)
    found = [needs for needs in mail.systems.values() if addresses & _sending_addresses(needs)]
    return found[0].label if found and not any(needs in own for needs in found) else ""


def _sending_addresses(needs: SystemNeeds) -> set[str]:
    """The single addresses that a system is declared to send from."""
    terms = (term.term for term in needs.terms)
    return {term.network.text for term in terms if isinstance(term, Mechanism) and term.network is not None}


def _by_service(mail: DeclaredMail, entry: Mail, hosts: set[str], others: tuple[Answer, ...]) -> Discovery:
    """An SRV record, which is asked for last; of a target that is not there `srv-target-missing` speaks."""
    name = f"_autodiscover._tcp.{entry.name.text}"
    values = [value for value in mail.services(name) if isinstance(value, Srv) and value.target.name != "."]
    if values:
        target, spans = values[0].target.name, (values[0].target.span,)
        is_right = target in hosts or bool(not_there(mail.resolver, target))
        stranger, is_sure = ("", True) if is_right else _whose_host(mail, entry, (target,))
        state: State = "present" if target in hosts else "differs" if stranger else "elsewhere"
        return Discovery(state, (srv_text(values[0]),), spans, stranger, is_sure, name, "SRV")
    service = mail.resolver.lookup(name, "SRV")
    is_missing = service.is_empty and all(answer.is_empty and not answer.steps for answer in others)
    return Discovery("missing" if is_missing else "unknown")


def _whose_host(mail: DeclaredMail, entry: Mail, passed: tuple[str, ...]) -> tuple[str, bool]:
    """Who answers Autodiscover at the end of a way and holds no mailboxes of the name; "" for nobody known.

    With it, whether that is sure: declared, or confirmed of the vendor. Where all who hold mailboxes are vendors whose
    hosts are known, any other host is strange; it is sure where the host is in none of the declared zones.
    """
    own = {needs.name: needs for needs in leaders(mail, entry)}
    for host in passed:
        found = vendor_of_autodiscover(host)
        if found is not None:
            vendor, is_sure, style = found
            same = [each for each in own.values() if each.vendor is not None and each.vendor.key == vendor.key]
            clouds = {vendor.cloud(each.given) for each in same} - {""}
            if same and style and clouds and style not in clouds:
                return f"the cloud `{style}` of {vendor.name}, not `{min(clouds)}`", is_sure
            if same:
                return "", True
        for needs in mail.systems.values():
            is_said = host in (client.host for client in needs.system.clients)
            if needs.name not in own and (is_said or host == needs.autodiscover):
                return needs.label, is_said or (found is not None and found[1])
        if found is not None:
            return found[0].name, found[1]
    last = passed[-1]
    if not _is_known_whole(mail, entry):
        return "", True
    return shown(last), not mail.has_host(last)


def _is_known_whole(mail: DeclaredMail, entry: Mail) -> bool:
    """Whether all mailboxes are with vendors that clients find at a known host alone."""
    own = mail.holders(entry)
    is_whole = entry.receives is not None and len(own) == 1 + len(entry.splits)
    return is_whole and all(needs.vendor is not None and needs.asks_for_autodiscover for needs in own)
