"""With which keys a declared sender signs: those it names, its vendor's usual ones, or those found by their targets."""

from collections.abc import Callable, Iterable, Iterator

from linter.facts.texts import Parsers
from linter.intent.model import Selector
from linter.lookup.answer import FOUND, Resolver
from linter.records.dkim.record import can_verify
from linter.source.frozen import Frozen
from linter.source.typed import Final, Literal, TypeAlias

from .our_domains import Ours
from .system_needs import SystemNeeds
from .tokens import Foreign
from .vendor_view import vendor_of_key
from .zone_keys import ZoneKeys

State: TypeAlias = Literal["published", "missing", "none", "unknown"]
SIGNED: Final = "published"
UNSIGNED: Final = "missing"
NONE_DECLARED: Final = "none"
NOT_KNOWN: Final = "unknown"
"""What is known of a system's DKIM keys: one is there; none is; no selector is declared; nobody here can say."""


class Published(Frozen):
    """One selector of a sender: the name of its key, and whether something usable stands there; None for unknown.

    `foreign` says for whom the target of its CNAME is made, where that is another domain and its key.
    `is_testing` is whether the key asks verifiers to ignore what fails (RFC 6376 section 3.6.1).
    """

    selector: Selector
    name: str
    is_there: bool | None
    foreign: Foreign | None = None
    is_testing: bool = False


class Signing(Frozen):
    """The DKIM of one sender: the domain it signs for, and its selectors there.

    `is_bare` is whether nothing is declared of keys, and no key stands in the zone that might be its own all the same.
    """

    domain: str
    state: State
    keys: tuple[Published, ...]
    is_bare: bool = False

    @property
    def missing(self) -> tuple[Published, ...]:
        """The selectors that are known to have no key."""
        return tuple(key for key in self.keys if key.is_there is False and key.foreign is None)

    @property
    def misplaced(self) -> tuple[Published, ...]:
        """The selectors that lead to the key of another domain."""
        return tuple(key for key in self.keys if key.foreign is not None)

    @property
    def is_testing(self) -> bool:
        """Whether every key that may be used is in testing."""
        there = [key for key in self.keys if key.is_there is not False]
        return bool(there) and all(key.is_testing for key in there)


class Signatures:
    """Looks for the keys of senders by one resolver.

    `keys_for(name, strictly)` gives what the zone publishes, `ours` are the domains that are known here.
    """

    def __init__(
        self,
        resolver: Resolver,
        parsers: Parsers,
        keys_for: Callable[[str, bool], ZoneKeys],
        ours: Ours,
    ) -> None:
        self._resolver = resolver
        self._parsers = parsers
        self._keys_for = keys_for
        self._ours = ours
        self._known: dict[str, tuple[bool | None, bool]] = {}
        self._owners: dict[str, str] = {}

    def of(self, name: str, needs: SystemNeeds, others: Iterable[SystemNeeds], strictly: bool) -> Signing:
        """The keys of one sender of a name, among all declared systems; `strictly` is DMARC's adkim."""
        signs = needs.system.signs
        domain = signs.text if signs else name
        keys = tuple(self._published(needs, selector, domain) for selector in needs.selectors)
        if not keys and needs.vendor is not None:
            keys = self._by_target(needs, domain, strictly and signs is None)
            domain = keys[0].name.partition("._domainkey.")[2] if keys else domain
        # A vendor may sign with selectors that nobody told, or otherwise than somebody remembers.
        is_left = None if not keys else self._is_text_left(name, needs, others, strictly)
        found = {key.is_there if key.is_there is not False or _is_sure(needs, key, is_left) else None for key in keys}
        none: State = NONE_DECLARED if needs.vendor is None else NOT_KNOWN
        state: State = none if not keys else SIGNED if True in found else NOT_KNOWN if None in found else UNSIGNED
        if state == NONE_DECLARED:
            return Signing(domain, state, keys, self._has_no_key_left(name, needs, others, strictly))
        if state == NOT_KNOWN and None not in {key.is_there for key in keys} and not needs.system.dkim:
            state = UNSIGNED if self._has_no_key_left(name, needs, others, strictly) else state
        return Signing(domain, state, keys)

    def _published(self, needs: SystemNeeds, selector: Selector, domain: str) -> Published:
        place = f"{selector.name}._domainkey.{domain}"
        is_there, is_testing = self._key_at(place)
        made_for = self._made_for(needs, selector, place, domain) if is_there is not False else None
        if made_for is not None:
            is_there = False if made_for.is_sure else None
        return Published(selector, place, is_there, made_for, is_testing)

    def _made_for(self, needs: SystemNeeds, selector: Selector, place: str, domain: str) -> Foreign | None:
        """Whom the target of a selector is made for, where that is another domain."""
        if selector.target is not None:
            return None
        steps = self._resolver.lookup(place, "TXT").steps
        found = (needs.key_made_for(selector.name, step.target, domain, self._ours) for step in steps)
        return next((each for each in found if each is not None), None)

    def _key_at(self, place: str) -> tuple[bool | None, bool]:
        """Whether a key stands at a name, or a CNAME that leads to where nobody here can look; and if it is a test."""
        if place not in self._known:
            answer = self._resolver.lookup(place, "TXT")
            there: bool | None = False if answer.is_empty else True if answer.steps else None
            is_testing = False
            if answer.status == FOUND:
                keys = [self._parsers.dkim(text) for text in answer.values if isinstance(text, str)]
                # A text that verifiers can read and use as the key of a message (RFC 6376 section 3.6.1, RFC 8301).
                usable = [key for key in keys if can_verify(key)]
                there, is_testing = bool(usable), bool(usable) and all("y" in key.flags for key in usable)
            self._known[place] = (there, is_testing)
        return self._known[place]

    def _by_target(self, needs: SystemNeeds, domain: str, strictly: bool) -> tuple[Published, ...]:
        """The published selectors that lead to the sender's vendor: for the domain, else for one above it."""
        found: dict[str, list[Published]] = {}
        for name in self._keys_for(domain, strictly).names:
            selector, _, signed = name.partition("._domainkey.")
            if self._owner(name) == (needs.vendor.key if needs.vendor else ""):
                word = needs.system.provider or needs.system.name
                found.setdefault(signed, []).append(self._published(needs, Selector(selector, None, word.span), signed))
        is_above = (signed for signed in sorted(found, key=len, reverse=True) if domain.endswith(f".{signed}"))
        chosen = domain if domain in found else next(is_above, "")
        return tuple(found.get(chosen, ()))

    def _owner(self, place: str) -> str:
        """The vendor that the CNAME of a selector leads to, "" where that is nobody known."""
        if place not in self._owners:
            vendors = map(vendor_of_key, (step.target for step in self._resolver.lookup(place, "TXT").steps))
            self._owners[place] = next((vendor.key for vendor in vendors if vendor is not None), "")
        return self._owners[place]

    def _has_no_key_left(self, name: str, needs: SystemNeeds, others: Iterable[SystemNeeds], strictly: bool) -> bool:
        """Whether every key that could sign for a name is known to be somebody else's, or to be none."""
        zone = self._keys_for(name, strictly)
        return zone.is_whole and next(self._left(zone, needs, others), None) is None

    def _is_text_left(self, name: str, needs: SystemNeeds, others: Iterable[SystemNeeds], strictly: bool) -> bool:
        """Whether a key that might be the sender's stands in the zone itself, as TXT."""
        left = self._left(self._keys_for(name, strictly), needs, others)
        own = {selector.name for selector in needs.selectors}
        places = (place for place in left if place.partition("._domainkey.")[0] not in own)
        return any(not self._resolver.lookup(place, "TXT").steps for place in places)

    def _left(self, zone: ZoneKeys, needs: SystemNeeds, others: Iterable[SystemNeeds]) -> Iterator[str]:
        """The names of the keys that are not known to be somebody else's, nor to be none."""
        claimed = {selector.name for other in others if other.name != needs.name for selector in other.selectors}
        for place in zone.names:
            owner = self._owner(place)
            is_others = bool(owner) and (needs.vendor is None or owner != needs.vendor.key)
            is_others = is_others or place.partition("._domainkey.")[0] in claimed
            if not is_others and self._key_at(place)[0] is not False:
                yield place


def _is_sure(needs: SystemNeeds, key: Published, is_text_left: bool | None) -> bool:
    """Whether a system is known to sign with a selector, so that it signs nothing where that has no key.

    A vendor whose keys are published as TXT lets its customers choose other selectors.
    """
    if needs.system.dkim or needs.vendor is None:
        return True
    return needs.vendor.asks_for_key(key.selector.name) and (needs.vendor.signs_by_alias or not is_text_left)
