"""The sender matrix: for every declared sender what SPF, DKIM, alignment and DMARC make of its mail."""

from collections.abc import Callable, Mapping

from linter.facts.dmarc.policy import DmarcPolicies, Governing
from linter.facts.texts import Parsers
from linter.intent.model import Mail, Word
from linter.lookup.answer import NO_DATA, Resolver
from linter.source.frozen import Frozen
from linter.source.typed import Final, Literal, TypeAlias

from .return_paths import return_path
from .sender_spf import BROKEN, NO_RECORD, NOT_COVERED, PASS, Coverage, SenderSpf
from .signing import NONE_DECLARED, SIGNED, UNSIGNED, Signatures, Signing
from .system_needs import SystemNeeds
from .vendor_view import Vendor

Verdict: TypeAlias = Literal["pass", "fail", "unknown"]
PASSES: Final = "pass"
FAILS: Final = "fail"
OPEN: Final = "unknown"
"""What DMARC says of a sender."""


class Sender(Frozen):
    """One system that sends as one name.

    `spf` is None where nobody says what it sends from: a vendor's MAIL FROM is then a domain of the vendor.
    `falls_back` is whether the vendor uses a MAIL FROM of its own, since the customer's lacks records that it asks for.
    `spf_aligned` and `dkim_aligned` are None where that depends on what is not known. `verdict` is DMARC's,
    whatever the policy; `forwarded` that of mail which somebody passes on unchanged, when only a signature counts
    (RFC 7208 section 11.4). `governing` is the policy that receivers of RFC 9989 find, `older` that of RFC 7489.
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
    older: Governing
    verdict: Verdict
    forwarded: Verdict
    falls_back: bool = False

    @property
    def policy(self) -> str:
        """The policy that would meet a failure: "none", "quarantine", "reject", "" for no DMARC, or "unknown"."""
        if self.governing.is_unknown:
            return "unknown"
        return self.governing.policy or ""

    def asks_spf_of(self, domain: str) -> bool:
        """Whether the SPF record of a domain has to let it send, or may have to, as nobody says what it sends from."""
        if self.spf is None:
            return domain == self.name and bool(self.needs.spf_to_look_up)
        return self.spf.domain == domain

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
    def older_policy(self) -> str:
        """The policy that receivers of RFC 7489 would apply, in the same words."""
        return "unknown" if self.older.is_unknown else self.older.policy or ""

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
        has_return_path: Callable[[Vendor], bool],
    ) -> None:
        self._resolver = resolver
        self._policies = policies
        self._parsers = parsers
        self._systems = systems
        self._serving = serving
        self._is_others = is_others
        self._spf: dict[tuple[object, ...], SenderSpf] = {}
        self._signatures = signatures
        self._has_return_path = has_return_path

    def of(self, mail: Mail) -> tuple[Sender, ...]:
        """A row for each declared sender of a name; systems that nobody declared have none."""
        words = {word.text: word for word in mail.sends or ()}
        return tuple(self._sender(mail, word) for word in words.values() if word.text in self._systems)

    def gateway(self, mail: Mail) -> Sender | None:
        """A row for the system that stands before the others of a name, whether or not it is declared to send."""
        word = mail.behind
        return self._sender(mail, word) if word is not None and word.text in self._systems else None

    def forwarding(self, mail: Mail) -> tuple[Sender, ...]:
        """A row for each system that receives for a name, and sends on what it gets with the name in its MAIL FROM.

        It needs no place among `sends`: nobody writes mail there. Whoever has one is in the rows of the senders.
        """
        sends = {word.text for word in mail.sends or ()}
        words = {word.text: word for word in mail.words if word.text not in sends and word.text in self._systems}
        return tuple(self._sender(mail, word) for word in words.values() if self._systems[word.text].rewrites)

    def _sender(self, mail: Mail, word: Word) -> Sender:
        name, needs = mail.name.text, self._serving(mail, self._systems[word.text])
        governing, older = self._policies.by_tree_walk(name), self._policies.by_suffix_list(name)
        coverage = self._coverage(name, needs)
        strictly = governing.record is not None and governing.record.adkim == "s"
        signing = self._signatures.of(name, needs, self._systems.values(), strictly)
        envelope = needs.system.envelope.text if needs.system.envelope else coverage.domain if coverage else None
        spf_aligned = self._is_aligned(envelope, name, (governing, older), "aspf") if envelope else None
        falls_back = self._falls_back(name, needs)
        if needs.vendor is not None and coverage is None and needs.system.envelope is None:
            falls_back = needs.vendor.has_own_envelope and not self._has_return_path(needs.vendor)
        spf_aligned = False if falls_back else spf_aligned
        dkim_aligned = self._is_aligned(signing.domain, name, (governing, older), "adkim")
        by_spf, by_dkim = _by_spf(coverage, spf_aligned), _by_dkim(signing, dkim_aligned)
        # What a gateway passes on may be signed by those behind it.
        is_gateway = mail.behind is not None and mail.behind.text == word.text
        forwarded = _verdict({by_dkim, None} if is_gateway else {by_dkim})
        verdicts = (_verdict({by_spf, by_dkim}), forwarded)
        aligned = (spf_aligned, signing, dkim_aligned)
        return Sender(name, word, mail, needs, coverage, *aligned, governing, older, *verdicts, falls_back)

    def _falls_back(self, name: str, needs: SystemNeeds) -> bool:
        """Whether a vendor is known to use a MAIL FROM domain of its own, as the customer's is incomplete."""
        vendor = needs.vendor
        if vendor is None or needs.system.envelope is None or not vendor.has_own_envelope:
            return False
        return any(each.state in ("missing", "differs") for each in return_path(self._resolver, name, needs))

    def _coverage(self, name: str, needs: SystemNeeds) -> Coverage | None:
        domain = needs.system.envelope.text if needs.system.envelope else name
        is_expected = needs.is_of_sending_vendor or needs.system.envelope is not None
        if not needs.terms and not (needs.spf_to_look_up and is_expected):
            return None
        key = (needs.name, *sorted(needs.given.items()))
        spf = self._spf.get(key)
        if spf is None:
            spf = self._spf[key] = SenderSpf(
                self._resolver,
                self._parsers.spf,
                needs.owns_spf,
                lambda record: self._is_others(record, needs) or needs.avoids(record),
                bool(needs.system.spf),
            )
        if not needs.terms:
            is_of_domain = needs.vendor is None or needs.vendor.holds_mailboxes
            return spf.without_terms(domain, is_of_domain)
        return spf.coverage(domain, [term.term for term in needs.terms], name)

    def _is_aligned(self, domain: str, name: str, policies: tuple[Governing, Governing], tag: str) -> bool | None:
        """Identifier alignment (RFC 9989 section 4.10.2): the same name, or when relaxed the same organisation.

        Receivers of RFC 9989 walk the tree, those of RFC 7489 read a list, and each obeys the record that it finds;
        mail must pass at both. Without a policy nobody asks.
        """
        if domain == name:
            return True
        if self._policies.org_domain_by_list(domain) != self._policies.org_domain_by_list(name):
            return False
        walked = [self._policies.known_org_domain(each) for each in (domain, name)]
        if policies[0].status != NO_DATA and all(walked) and walked[0] != walked[1]:
            return False
        results = {_is_relaxed(governing, tag) for governing in policies}
        return False if False in results else None if None in results else True


def _is_relaxed(governing: Governing, tag: str) -> bool | None:
    """Whether a policy is content with the same organisation, as it is where there is none."""
    if governing.status == NO_DATA:
        return True
    if governing.record is None:
        return None
    return (governing.record.aspf if tag == "aspf" else governing.record.adkim) == "r"


def _by_spf(spf: Coverage | None, is_aligned: bool | None) -> bool | None:
    if spf is None:
        return False if is_aligned is False else None  # nobody knows what its MAIL FROM is
    if spf.state in (NOT_COVERED, BROKEN, NO_RECORD):
        return False
    return is_aligned if spf.state == PASS else None if is_aligned is not False else False


def _by_dkim(signing: Signing, is_aligned: bool | None) -> bool | None:
    if signing.state in (UNSIGNED, NONE_DECLARED):
        return False
    return is_aligned if signing.state == SIGNED else None if is_aligned is not False else False


def _verdict(results: set[bool | None]) -> Verdict:
    """DMARC passes when SPF or DKIM passes for an aligned domain (RFC 9989 section 4.4)."""
    return PASSES if True in results else OPEN if None in results else FAILS
