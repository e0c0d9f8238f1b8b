"""One vendor as policies/providers declares it: every fact with who said it, when it was seen, and how sure it is."""

from linter.source.frozen import Frozen
from linter.source.typed import TypeAlias

from .evidence import Evidence, Retired
from .holes import holes_in

ROLES = ("mailboxes", "gateway", "sender", "forwarder", "dmarc-reports", "hosting")
"""What a vendor does: holds mailboxes, filters in front of them, sends for others, passes mail on, reads reports, or
gives its customers a machine whose mail is their own."""


class MxHost(Frozen):
    """A host that an MX names: exact (`smtp.google.com`) or a pattern (`*.mx.microsoft`), lower case, no final dot.

    All hosts of one `style` are one set of records; the first style of a provider is what it asks for today.
    `beside` is another style that they may stand with. A `verification` host proves ownership while a domain is
    set up and takes no mail. `preference` is the vendor's, None where it names none or where each account has one of
    its own: then `shown` says where, as it does for a host of the customer's own. Hosts that are not `asked` for are
    only recognised.
    """

    host: str
    style: str
    beside: str
    preference: int | None
    verification: bool
    examples: tuple[str, ...]
    evidence: Evidence
    shown: str = ""
    asked: bool = True

    @property
    def is_placeholder(self) -> bool:
        """Whether a part of the host is the customer's: then it is not a value to publish."""
        return bool(holes_in(self.host))


class SpfTerm(Frozen):
    """A term that authorises the vendor: `include:_spf.google.com`.

    `at` says which record needs it: "domain", "subdomain" (its envelope addresses lie below the domain),
    "optional", or "outbound" (a gateway: only if mail leaves through it). `cost` counts all lookups that the
    term causes, itself included; None where nobody measured, and `counted` says who did, where that is not who names
    the term. `style` names the cloud or product it belongs to.
    `shown` says where the vendor shows a term of the customer's own. `owner` is the key of the provider whose name it
    is, where that is another: the vendor sends through it, and the name is recognised as the other's.
    """

    term: str
    at: str
    cost: int | None
    style: str
    examples: tuple[str, ...]
    evidence: Evidence
    shown: str = ""
    owner: str = ""
    counted: Evidence | None = None

    @property
    def is_placeholder(self) -> bool:
        """Whether a part of the term is the customer's: then it is not a term to publish. Macros are none."""
        return bool(holes_in(self.term))

    @property
    def least_cost(self) -> int:
        """How many lookups the term causes at least, itself included."""
        return 1 if self.cost is None else self.cost

    @property
    def target(self) -> str:
        """The name in the term, which may be a pattern: `_spf.google.com`."""
        return self.term.lstrip("+-?~").partition("=" if self.term.startswith("redirect=") else ":")[2].lower()


class DkimSelector(Frozen):
    """A selector: `type` CNAME with the pattern of its `target`, or TXT with a key that the vendor shows its customer.

    In `target`, `{domain}` is the customer's domain, `{dashed}` the same with hyphens for dots, `{token}` what the
    vendor makes of it, `{name}` another parameter of the provider, `*` what nobody can derive. `number` is how many
    selectors of this form a customer is given, each with a record of its own; `shown` says where the vendor shows what
    is not derivable. `owner` is as in an SPF term.
    """

    selector: str
    type: str
    target: str
    style: str
    examples: tuple[str, ...]
    evidence: Evidence
    number: int = 1
    shown: str = ""
    owner: str = ""

    @property
    def is_given(self) -> bool:
        """Whether the vendor makes up the selector's name: it is to look up, never none."""
        return bool(holes_in(self.selector))

    @property
    def is_derivable(self) -> bool:
        """Whether the record follows from the customer's domain alone."""
        return self.type == "CNAME" and not self.is_given and set(holes_in(self.target)) <= {"domain", "dashed"}


class EnvelopeRecord(Frozen):
    """A record of the return path, the domain of envelope addresses, which lies below the customer's domain.

    `name` is relative to the customer's domain: `pm-bounces`, or `{mail-from}` where the customer chooses it or the
    vendor makes it up; then `usual` is what most have, or "". `type` is CNAME, MX or SPF; `value` is a host, or the
    SPF term that the record there must hold. All records of one `style` are needed together; the first style is what
    is asked for today. An `optional` return path only serves alignment: without it the vendor uses its own domain.
    """

    name: str
    type: str
    value: str
    preference: int | None
    style: str
    usual: str
    optional: bool
    examples: tuple[str, ...]
    evidence: Evidence
    shown: str = ""

    def takes_at(self, host: MxHost) -> bool:
        """Whether it is the MX of a return path, and names that host."""
        return self.type == "MX" and self.value == host.host

    @property
    def is_placeholder(self) -> bool:
        """Whether a part of the value, not of the name, is the customer's."""
        return bool(holes_in(self.value))


class NoSpfTerm(Frozen):
    """That the vendor needs no term in the record of the customer's domain; `reason` is a clause that says why."""

    reason: str
    evidence: Evidence


class ManualStep(Frozen):
    """A step outside DNS, in the order of the file: `what` in the imperative, `where` the place in the vendor's tools.

    `when` places it among the records: "first", "before-mx", "after-mx", "after-dkim" or "last". `concerns` says whom:
    those that receive ("receives"), send ("sends"), share the domain with another system ("split"), have a gateway in
    front ("gateway") or come from another host ("old-host": done there).
    """

    key: str
    what: str
    where: str
    when: str
    concerns: str
    evidence: Evidence


class Verification(Frozen):
    """A TXT value that proves ownership: it begins with `prefix` and stands at `name` ("@" is the domain)."""

    name: str
    prefix: str
    evidence: Evidence


class ClientRecord(Frozen):
    """A record by which mail programs find the vendor: `kind` is autodiscover, autoconfig or srv.

    `name` is relative to the domain. `port`, `priority` and `weight` are those of SRV, else None. `style` names the
    cloud or region that it serves, "" where it serves all.
    """

    kind: str
    name: str
    type: str
    target: str
    port: int | None
    priority: int | None
    weight: int | None
    required: bool
    examples: tuple[str, ...]
    evidence: Evidence
    style: str = ""

    @property
    def is_placeholder(self) -> bool:
        """Whether a part of the target is the customer's: then it is not a value to publish."""
        return bool(holes_in(self.target))


class ParameterValue(Frozen):
    """A value that a parameter may have, and the style of facts that it chooses, "" for none."""

    value: str
    style: str


class Parameter(Frozen):
    """What the customer must supply because nobody can derive it: `how` says where it is shown.

    It fills `{name}` in hosts, terms and targets. `values` are those that are known, and all there are unless there may
    be `others`; with styles, the value chooses among the provider's facts: `region: eu` those of style "eu".
    """

    name: str
    what: str
    how: str
    values: tuple[ParameterValue, ...] = ()
    others: bool = True

    def style_of(self, value: str) -> str:
        """The style that a value chooses, "" where it chooses none."""
        return next((each.style for each in self.values if each.value == value), "")

    def takes(self, value: str) -> bool:
        """Whether the parameter can have this value."""
        return self.others or any(each.value == value for each in self.values)


class ReportDomain(Frozen):
    """A domain to which a vendor has DMARC or TLS reports sent."""

    domain: str
    evidence: Evidence


class SharedKey(Frozen):
    """A DKIM key that the vendor gives to all its customers: the base64 of its `p=` without blanks."""

    key: str
    evidence: Evidence


class Snapshot(Frozen):
    """What a name of the vendor's own answered on a date; `values` are joined texts."""

    name: str
    type: str
    values: tuple[str, ...]
    evidence: Evidence


class Provider(Frozen):
    """One vendor; `key` is its file's name.

    `aliases` are what else people write for the key. `rewrites` is who says that a forwarder rewrites envelope
    senders to the customer's domain, so that its SPF term is needed though nobody declares that it sends.
    `single_host` is whether one MX host is all that it asks for, in some style.
    """

    key: str
    name: str
    docs: str
    note: str
    roles: tuple[str, ...]
    mx: tuple[MxHost, ...] = ()
    spf: tuple[SpfTerm, ...] = ()
    dkim: tuple[DkimSelector, ...] = ()
    verification: tuple[Verification, ...] = ()
    clients: tuple[ClientRecord, ...] = ()
    reports: tuple[ReportDomain, ...] = ()
    retired: tuple[Retired, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    aliases: tuple[str, ...] = ()
    envelope: tuple[EnvelopeRecord, ...] = ()
    no_spf: NoSpfTerm | None = None
    rewrites: Evidence | None = None
    manual: tuple[ManualStep, ...] = ()
    shared_keys: tuple[SharedKey, ...] = ()
    single_host: bool = False

    @property
    def is_sender(self) -> bool:
        """Whether it sends with its customers' domains in some way; who only reads reports does not."""
        return any(role != "dmarc-reports" for role in self.roles)

    @property
    def spf_is_unknown(self) -> bool:
        """Whether it sends and its SPF term is not known: that is to look up, and not the same as needing none."""
        known = self.spf or self.no_spf is not None or any(each.type == "SPF" for each in self.envelope)
        return self.is_sender and not known

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of a name, or None where there is none."""
        return next((each for each in self.parameters if each.name == name), None)

    def mx_of(self, style: str = "") -> tuple[MxHost, ...]:
        """The hosts that are asked for in one style, by default the first."""
        hosts = [host for host in self.mx if host.asked and not host.verification]
        wanted = style or (hosts[0].style if hosts else "")
        return tuple(host for host in hosts if host.style == wanted)


Fact: TypeAlias = (
    MxHost | SpfTerm | DkimSelector | EnvelopeRecord | NoSpfTerm | Verification | ClientRecord
    | Retired | ReportDomain | ManualStep | Snapshot
)  # fmt: skip


class Recognised(Frozen):
    """A name that belongs to a vendor: `kind` is mx, spf, dkim, autodiscover or reports; `reason` says so in words."""

    provider: Provider
    kind: str
    reason: str
    fact: Fact

    @property
    def confirmed(self) -> bool:
        """Whether an error may rest on it."""
        return self.fact.evidence.confirmed

    @property
    def seen(self) -> str:
        """The date, as "2026-11-23" or "2026-11"."""
        return self.fact.evidence.seen

    @property
    def source(self) -> str:
        """The short name of who said so."""
        return self.fact.evidence.source
