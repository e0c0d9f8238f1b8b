"""What one vendor needs of a domain, as a list: what follows from the domain, what is to look up and where, by hand."""

from collections.abc import Iterable, Iterator, Mapping

from linter.source.frozen import Frozen
from linter.source.typed import TypeVar

from .evidence import Evidence
from .holes import UNKNOWN, filled, holes_in, of_domain
from .model import DkimSelector, EnvelopeRecord, ManualStep, MxHost, Provider, SpfTerm

RECEIVING = frozenset({"mailboxes", "gateway", "forwarder"})
"""The roles to which mail for a domain is sent."""

_SENDING = frozenset({"mailboxes", "sender", "gateway", "hosting"})
_MX_PARAMETERS = ("mx-host", "mx-hosts", "mx-token", "cluster", "allocation")
_DKIM_PARAMETERS = ("dkim-targets", "dkim-key")
_ANYWHERE = ("records",)
_Styled = TypeVar("_Styled", MxHost, SpfTerm, DkimSelector, EnvelopeRecord)


class Need(Frozen):
    """One thing to publish, or to look up first: `kind` is mx, spf, dkim, return-path, ownership or clients.

    `name` is relative to the domain, "" for itself; `value` is text of a zone file but for holes (`{region}`, `*`),
    which stay where nothing fills them; "" is unknown altogether. `number` records of this form are needed.
    `look_up` says where the customer finds what is open; "" where nothing is. What is `optional` serves only some.
    `evidence` is None for what is not known. `assumes` is the value of a parameter that was not given and that
    this holds for, as "region=us"; "" where nothing was assumed.
    """

    kind: str
    name: str
    type: str
    value: str
    preference: int | None
    number: int
    optional: bool
    look_up: str
    evidence: Evidence | None
    assumes: str = ""

    @property
    def is_live(self) -> bool:
        """Whether name and value are complete, so that they may be published as they are."""
        return bool(self.value) and not self.look_up and not holes_in(self.name) and not holes_in(self.value)


class Needs(Frozen):
    """All that one vendor needs: `no_spf` says why no SPF term is needed, "" where one is or where that is unknown."""

    provider: Provider
    records: tuple[Need, ...]
    manual: tuple[ManualStep, ...]
    no_spf: str

    def of(self, *kinds: str) -> tuple[Need, ...]:
        """The needs of some kinds."""
        return tuple(need for need in self.records if need.kind in kinds)


def needs_of(provider: Provider, domain: str, values: Mapping[str, str] | None = None) -> Needs:
    """What a vendor needs of a domain (without final dot), with the values of those parameters that are known."""
    asked = _Asking(provider, domain, values or {})
    records = (*asked.mx(), *asked.spf(), *asked.dkim(), *asked.return_path(), *asked.ownership(), *asked.clients())
    reason = provider.no_spf.reason if provider.no_spf is not None else ""
    return Needs(provider, records, provider.manual, reason)


class _Asking:
    """One vendor, with all that is known of the customer."""

    def __init__(self, provider: Provider, domain: str, values: Mapping[str, str]) -> None:
        self._provider = provider
        self._known = {**values, **of_domain(domain)}
        styles = (each.style_of(values.get(each.name, "")) for each in provider.parameters)
        self._styles = frozenset(style for style in styles if style)

    def mx(self) -> Iterator[Need]:
        """The hosts that take mail; only of those that receive."""
        provider = self._provider
        if RECEIVING.isdisjoint(provider.roles):
            return
        hosts = self._chosen([host for host in provider.mx if host.asked and not host.verification])
        for host in hosts:
            value = filled(host.host, self._known)
            look_up = _own_preference(host) or self._place(value, host.shown, *_MX_PARAMETERS)
            yield Need(
                "mx", "", "MX", value, host.preference, 1, False, look_up, host.evidence, self._assumed(host.style)
            )
        if not hosts:
            yield Need("mx", "", "MX", "", None, 1, False, self._first_place(*_MX_PARAMETERS), None)

    def spf(self) -> Iterator[Need]:
        """The terms of SPF records; where none is known, that one is to look up, unless none is needed.

        What the record of a return path must hold is told there. A forwarder that keeps senders needs no term.
        """
        provider = self._provider
        is_keeper = provider.rewrites is None and _SENDING.isdisjoint(provider.roles)
        for term in self._chosen(provider.spf):
            if term.at == "subdomain" and provider.envelope:
                continue
            name = "{mail-from}" if term.at == "subdomain" else ""
            value = filled(term.term, self._known)
            optional = is_keeper or term.at in ("outbound", "optional")
            look_up = self._place(f"{name} {value}", term.shown, "spf")
            yield Need("spf", name, "TXT", value, None, 1, optional, look_up, term.evidence, self._assumed(term.style))
        if provider.spf_is_unknown:
            yield Need("spf", "", "TXT", "", None, 1, is_keeper, self._first_place("spf"), None)

    def dkim(self) -> Iterator[Need]:
        """The selectors; of a vendor that may sign with the domain's name, one to look up where none is known."""
        provider = self._provider
        keys = self._chosen(provider.dkim)
        for key in keys:
            name, value = (filled(text, self._known) for text in (f"{key.selector}._domainkey", key.target))
            look_up = self._place(f"{name} {value or UNKNOWN}", key.shown, *_DKIM_PARAMETERS)
            yield Need(
                "dkim", name, key.type, value, None, key.number, False, look_up, key.evidence, self._assumed(key.style)
            )
        if not keys and provider.is_sender:
            optional = _SENDING.isdisjoint(provider.roles)
            place = self._first_place(*_DKIM_PARAMETERS)
            yield Need("dkim", f"{UNKNOWN}._domainkey", "", "", None, 1, optional, place, None)

    def return_path(self) -> Iterator[Need]:
        """The records of the domain of envelope addresses."""
        for each in self._chosen(self._provider.envelope):
            name, value = (filled(text, self._known) for text in (each.name, each.value))
            kind = "TXT" if each.type == "SPF" else each.type
            look_up = _own_preference(each) or self._place(f"{name} {value}", each.shown, "mail-from")
            yield Need(
                "return-path",
                name,
                kind,
                value,
                each.preference,
                1,
                each.optional,
                look_up,
                each.evidence,
                self._assumed(each.style),
            )

    def ownership(self) -> Iterator[Need]:
        """The texts that prove ownership, whose end the vendor gives; one of them is enough."""
        for number, each in enumerate(self._provider.verification):
            name = "" if each.name == "@" else each.name
            where = self._first_place("verification")
            yield Need("ownership", name, "TXT", f"{each.prefix}{UNKNOWN}", None, 1, number > 0, where, each.evidence)
        for host in self._provider.mx:
            if host.verification:
                where = host.shown or self._first_place("verification")
                yield Need("ownership", "", "MX", host.host, host.preference, 1, True, where, host.evidence)

    def clients(self) -> Iterator[Need]:
        """The records by which mail programs find the mailboxes; at one name, that of the style, or the first."""
        known = self._provider.clients
        first = {each.name: each for each in reversed(known)}
        first |= {each.name: each for each in reversed(known) if each.style in self._styles}
        for each in (each for each in known if first[each.name] is each):
            target = filled(each.target, self._known)
            numbers = (each.priority, each.weight, each.port)
            value = " ".join([*(str(number) for number in numbers if number is not None), target])
            yield Need(
                "clients", each.name, each.type, value, None, 1, not each.required, self._place(value), each.evidence
            )

    def _chosen(self, facts: Iterable[_Styled]) -> list[_Styled]:
        """The facts of the style that the parameters choose, or of the first one."""
        found = list(facts)
        styles = list(dict.fromkeys(each.style for each in found))
        wanted = next((style for style in styles if style in self._styles), styles[0] if styles else "")
        return [each for each in found if each.style == wanted]

    def _assumed(self, style: str) -> str:
        """The value of a parameter that a style stands for, where the customer gave none: `region=us`."""
        for parameter in self._provider.parameters:
            for known in parameter.values:
                if style and known.style == style and style not in self._styles:
                    return f"{parameter.name}={known.value}"
        return ""

    def _place(self, text: str, shown: str = "", *parameters: str) -> str:
        """Where to look up what is open in a text; "" where nothing is. What no parameter names is looked up first."""
        holes = holes_in(text)
        if not holes:
            return ""
        names = (*parameters, *holes) if UNKNOWN in holes else (*holes, *parameters)
        return shown or self._first_place(*names)

    def _first_place(self, *names: str) -> str:
        """Where the vendor shows the first of these parameters that it has, or else its documentation."""
        known = (self._provider.parameter(name) for name in (*names, *_ANYWHERE))
        how = next((parameter.how for parameter in known if parameter is not None), "")
        return how or self._provider.docs or f"the documentation of {self._provider.name}"


def _own_preference(fact: MxHost | EnvelopeRecord) -> str:
    """Where a preference is shown that each account has of its own."""
    is_mx = isinstance(fact, MxHost) or fact.type == "MX"
    return fact.shown if is_mx and fact.preference is None else ""
