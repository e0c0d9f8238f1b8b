"""One vendor as policies/providers declares it: every fact with who said it, when it was seen, and how sure it is."""

from typing import TypeAlias

from linter.source.frozen import Frozen

ROLES = ("mailboxes", "gateway", "sender", "forwarder", "dmarc-reports", "hosting")
"""What a vendor does: holds mailboxes, filters in front of them, sends for others, passes mail on, reads reports, or
gives its customers a machine whose mail is their own."""


class Evidence(Frozen):
    """Where a fact comes from.

    `source` is a short name of policies/sources.yaml, `seen` the date it was read there, as "2026-11-23",
    "2026-11" or "2026". What is not `confirmed` was not read in the vendor's own words, nor tested by those who
    wrote it down: it may explain and warn, it never makes an error.
    """

    source: str
    seen: str
    confirmed: bool


class MxHost(Frozen):
    """A host that an MX names: exact (`smtp.google.com`) or a pattern (`*.mx.microsoft`), lower case, no final dot.

    All hosts of one `style` are one set of records; the first style of a provider is what it asks for today.
    `beside` is another style that they may stand with. A `verification` host proves ownership while a domain is
    set up and takes no mail.
    """

    host: str
    style: str
    beside: str
    preference: int | None
    verification: bool
    examples: tuple[str, ...]
    evidence: Evidence


class SpfTerm(Frozen):
    """A term that authorises the vendor: `include:_spf.google.com`.

    `at` says which record needs it: "domain", "subdomain" (its envelope addresses lie below the domain),
    "optional", or "outbound" (a gateway: only if mail leaves through it). `cost` counts all lookups that the
    term causes, itself included; None where nobody measured. `style` names the cloud or product it belongs to.
    """

    term: str
    at: str
    cost: int | None
    style: str
    examples: tuple[str, ...]
    evidence: Evidence

    @property
    def target(self) -> str:
        """The name in the term, which may be a pattern: `_spf.google.com`."""
        return self.term.lstrip("+-?~").partition("=" if self.term.startswith("redirect=") else ":")[2].lower()


class DkimSelector(Frozen):
    """A selector: `type` CNAME with the pattern of its `target`, or TXT with a key that the vendor shows its customer.

    In `target`, `{domain}` is the customer's domain, `{dashed}` the same with hyphens for dots, `{name}` another
    parameter of the provider, `*` what nobody can derive.
    """

    selector: str
    type: str
    target: str
    style: str
    examples: tuple[str, ...]
    evidence: Evidence


class Verification(Frozen):
    """A TXT value that proves ownership: it begins with `prefix` and stands at `name` ("@" is the domain)."""

    name: str
    prefix: str
    evidence: Evidence


class ClientRecord(Frozen):
    """A record by which mail programs find the vendor: `kind` is autodiscover, autoconfig or srv.

    `name` is relative to the domain. `port`, `priority` and `weight` are those of SRV, else None.
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


class Retired(Frozen):
    """What the vendor has withdrawn: `kind` is include, report-address, mx, dkim-target or record.

    `since` is a date, or "" where only the fact is known; `successor` what to write instead, "" for nothing;
    `reason` a clause that follows the name in a sentence; `works` where the old name still does its work.
    """

    kind: str
    name: str
    since: str
    successor: str
    reason: str
    works: bool
    evidence: Evidence


class Parameter(Frozen):
    """What the customer must supply because nobody can derive it: `how` says where it is shown."""

    name: str
    what: str
    how: str


class ReportDomain(Frozen):
    """A domain to which a vendor has DMARC or TLS reports sent."""

    domain: str
    evidence: Evidence


class Snapshot(Frozen):
    """What a name of the vendor's own answered on a date; `values` are joined texts."""

    name: str
    type: str
    values: tuple[str, ...]
    evidence: Evidence


class Provider(Frozen):
    """One vendor. `key` is its file's name; `single_host`: one MX host is all it asks for, in some style."""

    key: str
    name: str
    docs: str
    note: str
    roles: tuple[str, ...]
    single_host: bool
    mx: tuple[MxHost, ...] = ()
    spf: tuple[SpfTerm, ...] = ()
    dkim: tuple[DkimSelector, ...] = ()
    verification: tuple[Verification, ...] = ()
    clients: tuple[ClientRecord, ...] = ()
    reports: tuple[ReportDomain, ...] = ()
    retired: tuple[Retired, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()

    def mx_of(self, style: str = "") -> tuple[MxHost, ...]:
        """The hosts that take mail in one style, by default the first."""
        hosts = [host for host in self.mx if not host.verification]
        wanted = style or (hosts[0].style if hosts else "")
        return tuple(host for host in hosts if host.style == wanted)


Fact: TypeAlias = MxHost | SpfTerm | DkimSelector | Verification | ClientRecord | Retired | ReportDomain | Snapshot


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
