"""The sender matrix: for every declared sender what SPF, DKIM, alignment and DMARC make of its mail."""

from collections.abc import Callable, Mapping

from linter.facts.dmarc.policy import DmarcPolicies, Governing
from linter.facts.texts import Parsers
from linter.intent.model import Mail, Word
from linter.lookup.answer import NO_DATA, Resolver
from linter.source.frozen import Frozen

from .sender_spf import BROKEN, NO_RECORD, NOT_COVERED, PASS, Coverage, SenderSpf
from .signing import NONE_DECLARED, SIGNED, UNSIGNED, Signatures, Signing
from .system_needs import SystemNeeds

PASSES, FAILS, OPEN = "pass", "fail", "unknown"
"""What DMARC says of a sender."""


class Sender(Frozen):
    """One system that sends as one name.

    `spf` is None where nobody says what it sends from: a vendor's MAIL FROM is then a domain of the vendor.
    `spf_aligned` and `dkim_aligned` are None where that depends on what nobody here knows. `verdict` is DMARC's,
    whatever the policy.
    """

    name: str
    word: Word
    mail: Mail
    needs: SystemNeeds
    spf: Coverage | None
    spf_aligned: bool | None
    signing: Signing
    dkim_aligned: bool | None
    governing: Governing
    verdict: str

    @property
    def policy(self) -> str:
        """The policy that would meet a failure: "none", "quarantine", "reject", "" for no DMARC, or "unknown"."""
        if self.governing.is_unknown:
            return "unknown"
        return self.governing.policy or ""

    @property
    def lacks_given_keys(self) -> bool:
        """Whether the vendor made up selectors for the name, and none of them is known to be published."""
        vendor = self.needs.vendor
        is_without = self.signing.state == UNSIGNED and not self.signing.keys
        return is_without and vendor is not None and vendor.gives_selectors > 0

    @property
    def is_saved_by_spf_alone(self) -> bool:
        """Whether mail passes an enforced policy by SPF, and is known not to be signed for an aligned domain."""
        is_passed = self.spf is not None and self.spf.state == PASS and self.spf_aligned is True
        is_bare = self.signing.is_bare or (self.signing.state == SIGNED and self.dkim_aligned is False)
        return is_passed and is_bare and self.governing.is_enforced

    @property
    def is_unaligned(self) -> bool:
        """Whether mail is known to fail under a policy, and not because the domain's own SPF record is at fault."""
        if self.verdict != FAILS or self.policy not in ("none", "quarantine", "reject"):
            return False
        return not (self.spf and self.spf_aligned and self.spf.state in (NOT_COVERED, BROKEN))


class Senders:
    """Computes rows of the matrix over one resolver."""

    def __init__(
        self,
        resolver: Resolver,
        policies: DmarcPolicies,
        parsers: Parsers,
        systems: Mapping[str, SystemNeeds],
        serving: Callable[[Mail, SystemNeeds], SystemNeeds],
        is_others: Callable[[str, SystemNeeds], bool],
        signatures: Signatures,
    ) -> None:
        self._resolver = resolver
        self._policies = policies
        self._parsers = parsers
        self._systems = systems
        self._serving = serving
        self._is_others = is_others
        self._spf: dict[tuple[object, ...], SenderSpf] = {}
        self._signatures = signatures

    def of(self, mail: Mail) -> tuple[Sender, ...]:
        """A row for each declared sender of a name; systems that nobody declared have none."""
        words = {word.text: word for word in mail.sends or ()}
        return tuple(self._sender(mail, word) for word in words.values() if word.text in self._systems)

    def forwarding(self, mail: Mail) -> tuple[Sender, ...]:
        """A row for each system that receives for a name, and sends on what it gets with the name in its MAIL FROM.

        It needs no place among `sends`: nobody writes mail there. Whoever has one is in the rows of the senders.
        """
        sends = {word.text for word in mail.sends or ()}
        words = {word.text: word for word in mail.words if word.text not in sends and word.text in self._systems}
        return tuple(self._sender(mail, word) for word in words.values() if self._systems[word.text].rewrites)

    def _sender(self, mail: Mail, word: Word) -> Sender:
        name, needs = mail.name.text, self._serving(mail, self._systems[word.text])
        governing = self._policies.by_tree_walk(name)
        coverage = self._coverage(name, needs)
        others = [self._systems[each.text] for each in mail.sends or () if each.text in self._systems]
        strictly = governing.record is not None and governing.record.adkim == "s"
        signing = self._signatures.of(name, needs, others, strictly)
        envelope = needs.system.envelope.text if needs.system.envelope else coverage.domain if coverage else None
        spf_aligned = self._is_aligned(envelope, name, governing, "aspf") if envelope else None
        dkim_aligned = self._is_aligned(signing.domain, name, governing, "adkim")
        verdict = _verdict(coverage, spf_aligned, signing, dkim_aligned)
        return Sender(name, word, mail, needs, coverage, spf_aligned, signing, dkim_aligned, governing, verdict)

    def _coverage(self, name: str, needs: SystemNeeds) -> Coverage | None:
        domain = needs.system.envelope.text if needs.system.envelope else name
        if not needs.terms and not needs.spf_to_look_up:
            return None
        key = (needs.name, *sorted(needs.given.items()))
        spf = self._spf.get(key)
        if spf is None:
            spf = self._spf[key] = SenderSpf(
                self._resolver,
                self._parsers.spf,
                lambda record: needs.vendor is not None and needs.vendor.owns_spf(record, needs.given),
                lambda record: self._is_others(record, needs),
            )
        if not needs.terms:
            is_of_domain = needs.vendor is not None and needs.vendor.holds_mailboxes
            return spf.without_terms(domain, is_of_domain)
        return spf.coverage(domain, [term.term for term in needs.terms], name)

    def _is_aligned(self, domain: str, name: str, governing: Governing, tag: str) -> bool | None:
        """Identifier alignment (RFC 9989 section 4.10.2): the same name, or when relaxed the same organisation."""
        if domain == name:
            return True
        same = self._policies.org_domain_by_list(domain) == self._policies.org_domain_by_list(name)
        if not same or governing.status == NO_DATA:
            return same
        # Receivers of RFC 9989 walk the tree, those of RFC 7489 read a list; mail must pass at both.
        walked = [self._policies.known_org_domain(each) for each in (domain, name)]
        if all(walked) and walked[0] != walked[1]:
            return False
        if governing.record is None:
            return None
        return (governing.record.aspf if tag == "aspf" else governing.record.adkim) == "r"


def _verdict(spf: Coverage | None, spf_aligned: bool | None, signing: Signing, dkim_aligned: bool | None) -> str:
    """DMARC passes when SPF or DKIM passes for an aligned domain (RFC 9989 section 4.4)."""
    by_spf: bool | None
    if spf is None:
        by_spf = False if spf_aligned is False else None  # nobody knows what its MAIL FROM is
    elif spf.state in (NOT_COVERED, BROKEN, NO_RECORD):
        by_spf = False
    else:
        by_spf = spf_aligned if spf.state == PASS else None if spf_aligned is not False else False
    if signing.state in (UNSIGNED, NONE_DECLARED):
        by_dkim: bool | None = False
    else:
        by_dkim = dkim_aligned if signing.state == SIGNED else None if dkim_aligned is not False else False
    results = {by_spf, by_dkim}
    return PASSES if True in results else OPEN if None in results else FAILS
