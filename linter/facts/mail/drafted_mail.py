"""A first declaration from what records show: systems as far as vendors and hosts are recognised, and who uses them."""

from collections.abc import Callable, Iterable

from linter.providers.catalogue import catalogue
from linter.providers.model import DkimSelector, MxHost, Provider, Recognised, SpfTerm
from linter.providers.needs import RECEIVING
from linter.providers.pattern import words_in
from linter.records.text.fault import one_of, quoted
from linter.records.text.name import dotless
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

from .shown_mail import ShownMail

NONE = "none"
_HOST = Pattern(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+")
_SELECTOR = Pattern(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_LINKS = ("include:", "redirect=", "exists:")
_OWN_SERVERS = "own-servers"


class DraftSystem:
    """A system as it is found bit by bit: what identifies it never changes, the rest is gathered."""

    def __init__(self, stem: str, provider: str = "", parameters: Iterable[tuple[str, str]] = ()) -> None:
        self.stem = stem
        self.provider = provider
        self.parameters = tuple(sorted(parameters))
        self.key = ""
        """Its name in the declaration, once all systems are known."""
        self.receives: tuple[str, ...] = ()
        self.spf: tuple[str, ...] = ()
        self.dkim: dict[str, str] = {}
        self.clients: dict[str, str] = {}
        self.reasons: dict[str, list[str]] = {}
        """The names that show it, by how they do: "MX", "SPF"."""
        self.doubts: dict[str, None] = {}
        """What of the vendor is not confirmed, in words."""

    def note(self, how: str, name: str) -> None:
        """Remember that a name shows the system."""
        named = self.reasons.setdefault(how, [])
        if name not in named:
            named.append(name)


class DraftEntry:
    """What is declared for a name. `problem` says why nothing is; `open` is what its owner must fill in, in words.

    What a rule says of senders is in `dropped`, of who receives in `unplaced`, of all of it in `objection`: what is
    objected to is not declared.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_none = False
        self.receives: DraftSystem | None = None
        self.behind: DraftSystem | None = None
        self.sends: list[DraftSystem] | None = None
        self.reasons: list[str] = []
        self.problem = ""
        self.objection = ""
        self.unplaced = ""
        self.dropped: dict[DraftSystem, str] = {}
        self.open: list[str] = []

    @property
    def is_usable(self) -> bool:
        """Whether it can be declared."""
        return not self.problem and not self.objection

    @property
    def roles(self) -> list[tuple[str, DraftSystem]]:
        """Who receives and who is in front of that, by the word for it."""
        named = () if self.unplaced else (("receives", self.receives), ("behind", self.behind))
        return [(word, system) for word, system in named if system is not None]

    @property
    def senders(self) -> list[DraftSystem] | None:
        """Who sends, without those that a rule objects to; None where nobody says, or too little is left."""
        left = [each for each in self.sends or () if each not in self.dropped]
        return left if left or (self.sends is not None and not self.dropped) else None

    @property
    def systems(self) -> list[DraftSystem]:
        """Every system that it names, each once."""
        return list(dict.fromkeys((*(system for _, system in self.roles), *(self.senders or ()))))

    def object(self, key: str, words: str, is_error: bool) -> bool:
        """Take a rule's word against the system of a key, or against all of the entry; whether less is declared now."""
        sender = next((each for each in self.senders or () if each.key == key), None)
        if sender is not None and all(system is not sender for _, system in self.roles):
            self.dropped[sender] = words
        elif not is_error and not self.is_none:
            return False  # what its own receiver lacks is advice that its owner may want
        elif self.roles:
            self.unplaced = words
        else:
            self.objection = words
        if not self.is_none and not self.roles and self.senders is None:
            self.objection = words
        return True


class _Found:
    """What one name shows of each vendor: by its key the facts, as (how, fact, name that was recognised)."""

    def __init__(self) -> None:
        self.facts: dict[str, list[tuple[str, Recognised, str]]] = {}

    def add(self, how: str, found: Recognised, name: str) -> Provider:
        self.facts.setdefault(found.provider.key, []).append((how, found, name))
        return found.provider


class Declaration(Frozen):
    """All that was found: the systems that entries name, and the entries by name."""

    systems: tuple[DraftSystem, ...]
    entries: tuple[DraftEntry, ...]


class Drafter:
    """Gathers the names of all zones; systems that look alike are one. `owner_of` gives whose domain a name is in."""

    def __init__(self, owner_of: Callable[[str], str]) -> None:
        self._owner_of = owner_of
        self._systems: dict[object, DraftSystem] = {}
        self._entries: dict[str, DraftEntry] = {}

    def add(self, shown: ShownMail) -> None:
        """Take a name in; of a name that two views declare differently nothing is said."""
        entry = self._entry(shown)
        known = self._entries.setdefault(shown.name, entry)
        if known is not entry and _said(known) != _said(entry):
            known.problem = "two files show different mail for it"

    def declaration(self) -> Declaration:
        """What was found so far, with a key for each system."""
        entries = tuple(self._entries[name] for name in sorted(self._entries, key=_by_domain))
        used = dict.fromkeys(system for entry in entries if not entry.problem for system in entry.systems)
        taken: set[str] = {NONE}
        for system in sorted(used, key=lambda each: (not each.provider, each.stem, each.parameters)):
            system.key = _free_key(system, taken)
            taken.add(system.key)
        return Declaration(tuple(sorted(used, key=lambda each: (not each.provider, each.key))), entries)

    def _entry(self, shown: ShownMail) -> DraftEntry:
        entry, found = DraftEntry(shown.name), _Found()
        strange = next((each for each in (shown.name, *shown.hosts) if not is_plain_name(each)), "")
        if strange:
            entry.problem = f"{quoted(dotless(strange), 80)} is not a host name"
            return entry
        if shown.is_closed:
            entry.is_none = True
            said = ["null MX"] if shown.is_null else []
            entry.reasons = [*said, "SPF `-all`"] if shown.is_shut else said
            return entry
        receiver = self._recognise(shown, entry, found)
        if entry.problem:
            return entry
        made = {key: self._vendor_system(shown.name, facts) for key, facts in found.facts.items()}
        own = self._own_receiver(shown) if shown.hosts and not receiver and not entry.open else None
        senders = self._senders(shown, made, own)
        entry.receives = own or (made[receiver] if receiver else None)
        entry.sends = senders
        self._place_gateway(entry, made)
        self._tell(entry, shown)
        return entry

    def _recognise(self, shown: ShownMail, entry: DraftEntry, found: _Found) -> str:
        """Whose each name is, gathered in `found`; the key of the vendor that receives, "" where it is none of them."""
        vendors = catalogue()
        hosts = {host: vendors.of_mx(host) for host in shown.hosts}
        hosts = {host: each for host, each in hosts.items() if not (each and _is_verification(each))}
        keys = {each.provider.key if each else "" for each in hosts.values()}
        if len(keys) > 1:
            whose = sorted({each.provider.name for each in hosts.values() if each})
            others = " and other hosts" if "" in keys else ""
            entry.open.append(f"its MX names hosts of {' and '.join(whose)}{others}: who receives?")
        for host, each in hosts.items():
            if each:
                provider = found.add("MX", each, dotless(host))
                if (RECEIVING.isdisjoint(provider.roles) or _is_for_bounces(each)) and len(keys) == 1:
                    entry.problem = f"its MX is for what comes back to {provider.name}, a return path"
        for term in shown.terms or ():
            target = _target(term.text)
            known = vendors.of_spf(target) if target else None
            if known:
                found.add("SPF", known, target)
        for key in shown.keys:
            known = vendors.of_dkim_target(key.target) if key.target else None
            if known:
                found.add("DKIM", known, dotless(key.target))
        for service in shown.services:
            known = vendors.of_autodiscover(service.host) if service.service == "autodiscover" else None
            if known:
                found.add("autodiscover", known, dotless(service.host))
        return next(iter(keys - {""}), "") if len(keys) == 1 else ""

    def _vendor_system(self, name: str, facts: list[tuple[str, Recognised, str]]) -> DraftSystem:
        """The system of a vendor, with the parameters that its names tell; two values of one tell nothing."""
        provider = facts[0][1].provider
        told: dict[str, set[str]] = {}
        for _, found, text in facts:
            for parameter, value in _parameters(provider, found, text):
                told.setdefault(parameter, set()).add(value)
        parameters = [(key, min(values)) for key, values in told.items() if len(values) == 1]
        system = DraftSystem(provider.key, provider.key, parameters)
        system = self._systems.setdefault((system.provider, system.parameters), system)
        for how, found, text in facts:
            system.note(how, name)
            if not found.confirmed:
                system.doubts[f"that `{text}` is {provider.name} is not confirmed"] = None
        return system

    def _own_receiver(self, shown: ShownMail) -> DraftSystem:
        """A system of hosts that are no known vendor's, with the terms, keys and services that are plainly its own."""
        owners = {self._owner_of(host) for host in shown.hosts}
        terms = tuple(
            term.text
            for term in shown.terms or ()
            if term.text == "mx" or (_target(term.text) and self._owner_of(f"{_target(term.text)}.") in owners)
        )
        terms = tuple(term for term in terms if catalogue().of_spf(_target(term)) is None)
        stem = _stem(min(owners)) if len(owners) == 1 else "mail-hosts"
        system = self._systems.setdefault((shown.hosts, terms), DraftSystem(stem))
        system.receives, system.spf = shown.hosts, tuple(map(_as_sender, terms))
        system.note("MX", shown.name)
        if terms:
            system.note("SPF", shown.name)
        for key in shown.keys:
            is_own = is_plain_name(key.target.replace("_", "x")) and self._owner_of(key.target) in owners
            if is_own and _SELECTOR.fullmatch(key.selector) and len(system.reasons["MX"]) == 1:
                system.dkim[key.selector] = key.target
        for service in shown.services:
            is_own = is_plain_name(service.host) and self._owner_of(service.host) in owners
            if is_own and service.service not in system.clients:
                system.clients[service.service] = f"{dotless(service.host)}:{service.port}"
        return system

    def _senders(
        self, shown: ShownMail, made: dict[str, DraftSystem], own: DraftSystem | None
    ) -> list[DraftSystem] | None:
        """Who sends by SPF and by keys; None where the name has no SPF record that says so."""
        senders: dict[DraftSystem, None] = {}
        addresses: list[str] = []
        for term in shown.terms or ():
            target = _target(term.text)
            known = catalogue().of_spf(target) if target else None
            if known is not None:
                senders[made[known.provider.key]] = None
            elif own is not None and _as_sender(term.text) in own.spf:
                senders[own] = None
            elif target and term.text.startswith(_LINKS):
                senders[self._include(shown.name, term.text, target)] = None
            else:
                addresses.append(_of_name(term.text, term.by[-1]))
        for key, system in made.items():
            if shown.terms != () and shown.name in system.reasons.get("DKIM", ()):
                senders[made[key]] = None
        by_mx = f"mx:{dotless(shown.name)}"
        if own is None and senders and shown.hosts and by_mx in addresses:
            addresses.remove(by_mx)  # the vendor that receives has its own term as well
        if addresses:
            senders[self._addresses(shown.name, tuple(dict.fromkeys(addresses)))] = None
        return list(senders) if senders or shown.terms is not None else None

    def _include(self, name: str, term: str, target: str) -> DraftSystem:
        """Whoever has a record that nobody here recognises."""
        term = _as_sender(term)
        system = self._systems.setdefault(term, DraftSystem(_stem(self._owner_of(f"{target}."))))
        system.spf = (term,)
        system.note("SPF", name)
        return system

    def _addresses(self, name: str, terms: tuple[str, ...]) -> DraftSystem:
        """Servers of which only the addresses are known."""
        system = self._systems.setdefault(("addresses", terms), DraftSystem(_OWN_SERVERS))
        system.spf = terms
        system.note("SPF", name)
        return system

    def _place_gateway(self, entry: DraftEntry, made: dict[str, DraftSystem]) -> None:
        """Who holds the mailboxes behind a gateway: the one vendor of mailboxes that the other records name."""
        edge, vendors = entry.receives, catalogue().providers
        roles = vendors[edge.provider].roles if edge is not None and edge.provider else ()
        if edge is None or "gateway" not in roles or "mailboxes" in roles:
            return
        holders = [system for key, system in made.items() if "mailboxes" in vendors[key].roles]
        if len(holders) == 1:
            entry.behind, entry.receives = edge, holders[0]
        else:
            name = vendors[edge.provider].name
            entry.open.append(f"{name} is a gateway: who holds the mailboxes? That system `receives`, this is `behind`")

    def _tell(self, entry: DraftEntry, shown: ShownMail) -> None:
        """What the entry rests on, and what of it is open."""
        ways = [("MX", bool(shown.hosts)), ("SPF", shown.terms is not None)]
        ways += [
            (how, any(_shows(each, shown.name, how) for each in entry.systems)) for how in ("DKIM", "autodiscover")
        ]
        entry.reasons = [how for how, holds in ways if holds]
        if shown.terms is None:
            entry.open.append("it has no SPF record that can be read: who sends?")
        known = {selector for system in entry.systems for selector in self._selectors(system)}
        lost = [key.selector for key in shown.keys if not key.target and key.selector not in known]
        if lost:
            more = f" and {len(lost) - 3} more" if len(lost) > 3 else ""
            entry.open.append(f"which system signs with {one_of(tuple(lost[:3]))}{more}? Then `dkim: [SELECTOR]` there")
        if not entry.systems and not entry.problem:
            entry.problem = "nothing in its records says who receives or sends"

    def _selectors(self, system: DraftSystem) -> set[str]:
        known = catalogue().providers[system.provider].dkim if system.provider else ()
        return {*system.dkim, *(key.selector for key in known)}


def is_plain_name(name: str) -> bool:
    """Whether an absolute name is one that a declaration can name: letters, digits and hyphens."""
    return len(name) <= 254 and _HOST.fullmatch(name) is not None


def _said(entry: DraftEntry) -> tuple[object, ...]:
    return (entry.is_none, entry.receives, entry.behind, entry.sends, entry.problem)


def _shows(system: DraftSystem, name: str, how: str = "") -> bool:
    return any(name in names for each, names in system.reasons.items() if how in ("", each))


def _is_verification(found: Recognised) -> bool:
    return isinstance(found.fact, MxHost) and found.fact.verification


def _is_for_bounces(found: Recognised) -> bool:
    return isinstance(found.fact, MxHost) and any(each.takes_at(found.fact) for each in found.provider.envelope)


def _parameters(provider: Provider, found: Recognised, name: str) -> Iterable[tuple[str, str]]:
    """What a recognised name tells of the customer: parts of itself, and the value that chose its style."""
    fact = found.fact
    if not isinstance(fact, MxHost | SpfTerm | DkimSelector):
        return
    text = fact.host if isinstance(fact, MxHost) else fact.target
    known = {each.name for each in provider.parameters}
    yield from ((word, value) for word, value in words_in(text, name).items() if word in known)
    alike = provider.mx if isinstance(fact, MxHost) else provider.spf if isinstance(fact, SpfTerm) else provider.dkim
    if fact.style in ("", alike[0].style):
        return
    for parameter in provider.parameters:
        yield from ((parameter.name, value.value) for value in parameter.values if value.style == fact.style)


def _target(term: str) -> str:
    """The name that a term leads to, lower case and without final dot; "" for one of addresses, or with a macro."""
    for link in (*_LINKS, "a:", "mx:"):
        if term.startswith(link) and "%" not in term:
            return term.removeprefix(link).partition("/")[0].lower().removesuffix(".")
    return ""


def _as_sender(term: str) -> str:
    """A term as `spf:` of a system takes it: a redirect authorises as an include of the same name does."""
    return f"include:{term.removeprefix('redirect=')}" if term.startswith("redirect=") else term


def _of_name(term: str, name: str) -> str:
    """A term as it is to be read elsewhere: `a` and `mx` alone are those of the name that has the record."""
    head, slash, length = term.partition("/")
    return f"{head}:{dotless(name)}{slash}{length}" if head in ("a", "mx") else term


def _stem(domain: str) -> str:
    """What to call the systems of a domain."""
    word = "".join(each if each.isascii() and each.isalnum() else "-" for each in domain.rstrip(".").lower())
    return word.strip("-")[:40].strip("-") or "system"


def _free_key(system: DraftSystem, taken: set[str]) -> str:
    told = "-".join(value for _, value in system.parameters)
    wanted = [system.stem, f"{system.stem}-{_stem(told)}"] if told else [system.stem]
    numbered = (f"{system.stem}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (*wanted, *numbered) if key not in taken)


def _by_domain(name: str) -> tuple[str, ...]:
    return tuple(reversed(name.split(".")))
