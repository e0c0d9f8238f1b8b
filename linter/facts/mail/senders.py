"""The sender matrix: for every declared sender what SPF, DKIM, alignment and DMARC make of its mail."""

from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias

from linter.facts.dmarc.policy import DmarcPolicies, Governing
from linter.facts.texts import Parsers
from linter.intent.model import Mail, Selector, Word
from linter.lookup.answer import FOUND, NO_DATA, Resolver
from linter.records.dkim.record import can_verify
from linter.source.frozen import Frozen

from .sender_spf import BROKEN, NO_RECORD, NOT_COVERED, PASS, Coverage, SenderSpf
from .system_needs import SystemNeeds

Signature: TypeAlias = Literal["published", "missing", "none", "unknown"]
SIGNED: Final = "published"
UNSIGNED: Final = "missing"
NONE_DECLARED: Final = "none"
NOT_KNOWN: Final = "unknown"
"""What is known of a system's DKIM keys: one is there; none is; no selector is declared; nobody here can say."""
Verdict: TypeAlias = Literal["pass", "fail", "unknown"]
PASSES: Final = "pass"
FAILS: Final = "fail"
OPEN: Final = "unknown"
"""What DMARC says of a sender."""


class Published(Frozen):
    """One selector of a sender: the name of its key, and whether something usable stands there; None for unknown."""

    selector: Selector
    name: str
    is_there: bool | None


class Signing(Frozen):
    """The DKIM of one sender: the domain it signs for, and its selectors there."""

    domain: str
    state: Signature
    keys: tuple[Published, ...]

    @property
    def missing(self) -> tuple[Published, ...]:
        """The selectors that are known to have no key."""
        return tuple(key for key in self.keys if key.is_there is False)


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
    verdict: Verdict

    @property
    def policy(self) -> str:
        """The policy that would meet a failure: "none", "quarantine", "reject", "" for no DMARC, or "unknown"."""
        if self.governing.is_unknown:
            return "unknown"
        return self.governing.policy or ""

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
        is_others: Callable[[str, SystemNeeds], bool],
    ) -> None:
        self._resolver = resolver
        self._policies = policies
        self._parsers = parsers
        self._systems = systems
        self._is_others = is_others
        self._spf: dict[str, SenderSpf] = {}
        self._keys: dict[str, bool | None] = {}

    def of(self, mail: Mail) -> tuple[Sender, ...]:
        """A row for each declared sender of a name; systems that nobody declared have none."""
        words = {word.text: word for word in mail.sends or ()}
        return tuple(self._sender(mail, word) for word in words.values() if word.text in self._systems)

    def _sender(self, mail: Mail, word: Word) -> Sender:
        name, needs = mail.name.text, self._systems[word.text]
        governing = self._policies.by_tree_walk(name)
        coverage = self._coverage(name, needs)
        signing = self._signing(name, needs)
        envelope = needs.system.envelope.text if needs.system.envelope else coverage.domain if coverage else None
        spf_aligned = self._is_aligned(envelope, name, governing, "aspf") if envelope else None
        dkim_aligned = self._is_aligned(signing.domain, name, governing, "adkim")
        verdict = _verdict(coverage, spf_aligned, signing, dkim_aligned)
        return Sender(name, word, mail, needs, coverage, spf_aligned, signing, dkim_aligned, governing, verdict)

    def _coverage(self, name: str, needs: SystemNeeds) -> Coverage | None:
        domain = needs.system.envelope.text if needs.system.envelope else name
        if not needs.terms and not needs.spf_to_look_up:
            return None
        spf = self._spf.get(needs.name)
        if spf is None:
            spf = self._spf[needs.name] = SenderSpf(
                self._resolver,
                self._parsers.spf,
                lambda record: needs.vendor is not None and needs.vendor.owns_spf(record),
                lambda record: self._is_others(record, needs),
            )
        if not needs.terms:
            is_of_domain = needs.vendor is not None and needs.vendor.holds_mailboxes
            return spf.without_terms(domain, is_of_domain)
        return spf.coverage(domain, [term.term for term in needs.terms], name)

    def _signing(self, name: str, needs: SystemNeeds) -> Signing:
        domain = needs.system.signs.text if needs.system.signs else name
        keys = tuple(
            Published(selector, place, self._is_published(place))
            for selector in needs.selectors
            for place in (f"{selector.name}._domainkey.{domain}",)
        )
        # A vendor may sign with selectors that nobody told, or otherwise than somebody remembers.
        found = {key.is_there if key.is_there is not False or _is_sure(needs, key.selector) else None for key in keys}
        none: Signature = NONE_DECLARED if needs.vendor is None else NOT_KNOWN
        state: Signature = none if not keys else SIGNED if True in found else NOT_KNOWN if None in found else UNSIGNED
        return Signing(domain, state, keys)

    def _is_published(self, place: str) -> bool | None:
        """Whether a key stands at a name, or a CNAME that leads to where nobody here can look."""
        if place not in self._keys:
            answer = self._resolver.lookup(place, "TXT")
            if answer.status == FOUND:
                texts = [value for value in answer.values if isinstance(value, str)]
                there: bool | None = any(self._is_usable(text) for text in texts)
            elif answer.steps:
                there = not answer.is_empty
            else:
                there = False if answer.is_empty else None
            self._keys[place] = there
        return self._keys[place]

    def _is_usable(self, text: str) -> bool:
        """A text that verifiers can read and use as the key of a message (RFC 6376 section 3.6.1, RFC 8301)."""
        return can_verify(self._parsers.dkim(text))

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


def _is_sure(needs: SystemNeeds, selector: Selector) -> bool:
    """Whether a system is known to sign with a selector, so that it signs nothing where that has no key."""
    return bool(needs.system.dkim) or needs.vendor is None or needs.vendor.asks_for_key(selector.name)


def _verdict(spf: Coverage | None, spf_aligned: bool | None, signing: Signing, dkim_aligned: bool | None) -> Verdict:
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
