"""What must not be merged together: the planner's laws, as far as a change shows what they are about.

A review sees two moments of DNS and no more: that a new system accepts mail, or that an old one sends nothing any more,
is not in them. So a law counts where the change itself does both things between which caches lie.
"""

from collections.abc import Callable, Iterator

from linter.plan.laws import LAWS
from linter.plan.laws.law import QUICK, Broken, Law
from linter.records.hosts.services import service_of
from linter.records.spf.record import is_spf, parse
from linter.records.text.fault import few, quoted
from linter.records.text.name import shown

from .compared import Compared
from .keys import OPEN, VERIFIES, key_state
from .model import Apart, Hunk
from .subjects import CLIENTS, DKIM, FINDERS, HOST, SPF, TLSA
from .transport import policy_id

_LEFT_OUT = frozenset({"L7", "L8", "L12", "L20"})
"""Laws about mailboxes, reports and tenants, of which two moments of DNS tell nothing."""


def together(compared: Compared) -> tuple[Apart, ...]:
    """Each thing once, in the order of the laws."""
    judge = _Judge(compared)
    found: dict[tuple[str, str], Apart] = {}
    for law in (each for each in LAWS if each.number not in _LEFT_OUT):
        for broken in judge.of(law):
            apart = Apart(law.number, law.title, law.source, broken.name, broken.message, broken.insert)
            found.setdefault((law.number, broken.message), apart)
    return tuple(found.values())


class _Judge:
    """Holds the laws against one change."""

    def __init__(self, compared: Compared) -> None:
        self.compared = compared
        self.before, self.after = compared.old, compared.new
        self.keys = {each.hunk.name for each in compared.differences.of(DKIM) if each.hunk.after is not None}
        self.arriving = self._arriving()
        self._counts: dict[str, Callable[[Broken], bool]] = {
            "L1": lambda broken: broken.name in compared.switched or self._leads_elsewhere(broken.name),
            "L2": self._has_only_new_hosts,
            "L4": self._begins,
            "L5": self._begins,
            "L11": self._is_of_vendors,
            "L14": lambda broken: broken.name in self.arriving,
            "L15": lambda broken: broken.name in self.arriving,
            # Nobody can be shut out of a name that had no mail.
            "L19": lambda broken: "by `pct`" not in broken.message and broken.name in self.before.entries,
        }
        self._more = {
            "L4": self._terms_with_mx,
            "L5": self._keys_with_mx,
            "L9": self._policy_with_mx,
            "L10": self._tlsa_with_mx,
            "L14": self._old_terms_with_mx,
            "L15": self._old_keys,
            "L18": self._ttl_with_mx,
        }

    def of(self, law: Law) -> Iterator[Broken]:
        """What a law says that counts here, and what it means for records of which no declaration speaks."""
        more = list(self._more[law.number]()) if law.number in self._more else []
        counts = self._counts.get(law.number)
        judged = [
            broken
            for broken in law.judge(self.before, self.after)
            if not self.compared.is_new_zone(broken.name)
            and self.compared.knows(broken.name)
            and (counts is None or counts(broken))
        ]
        first, second = (more, judged) if law.number == "L15" else (judged, more)
        told = {broken.name for broken in first}
        yield from first
        yield from (broken for broken in second if broken.name not in told)

    def _arriving(self) -> set[str]:
        """The names to which something new comes with the change, so that nothing old may go with it."""
        found = {name for name, (_, new) in self.compared.moved.items() if new}
        found |= {name for name, _ in self.after.sending - self.before.sending}
        for each in self.compared.differences.of(CLIENTS, DKIM):
            if each.hunk.before is None:
                found.update(each.domains)
        return found

    def _leads_elsewhere(self, name: str) -> bool:
        """Whether a record by which programs find mailboxes leads them to hosts of somebody else."""
        if not (name.startswith(FINDERS) or service_of(name) is not None):
            return False
        owner = self.compared.players.client_owner
        for hunk in (each.hunk for each in self.compared.differences.of(CLIENTS) if each.hunk.name == name):
            if hunk.before is not None and hunk.after is not None:
                old, new = (
                    {owner(value.split()[-1]) for value in held.values if value} for held in (hunk.before, hunk.after)
                )
                if old.isdisjoint(new):
                    return True
        return False

    def _has_only_new_hosts(self, broken: Broken) -> bool:
        """Whether mail that flows already has nowhere to go while the names of its new hosts are not known."""
        if not broken.message.startswith("the MX of") or (broken.name, "MX") not in self.before.sets:
            return False
        lookup, hosts = self.before.resolver.lookup, self.after.hosts(broken.name)
        return bool(hosts) and all(lookup(host, kind).is_empty for host in hosts for kind in ("A", "AAAA"))

    def _begins(self, broken: Broken) -> bool:
        """Whether somebody begins to send with the change: as declared in it, or since mail goes there with it."""
        name, players = broken.name, self.compared.players
        if "begins to" not in broken.message:
            return False
        fresh = {system for held, system in self.after.sending - self.before.sending if held == name}
        receivers = set(players.receivers(self.after, name)) if name in self.compared.moved else set()
        declared = players.declared_at[self.compared.after] - players.declared_at[self.compared.before]
        if "begins to sign" in broken.message and not any(
            f"key {shown(each)} " in broken.message for each in self.keys
        ):
            return False  # it is missing afterwards as well
        meant = receivers | {system for held, system in declared if held == name}
        return any(f"`{system}`" in broken.message for system in fresh & meant)

    def _is_of_vendors(self, broken: Broken) -> bool:
        players = self.compared.players
        return all(map(players.is_vendor, players.receivers(self.after, broken.name)))

    def _spf_with_mx(self) -> Iterator[tuple[str, Hunk]]:
        """The SPF records that differ of names whose mail is led to another system."""
        for each in self.compared.differences.of(SPF):
            if each.hunk.name in self.compared.switched:
                yield each.hunk.name, each.hunk

    def _terms_with_mx(self) -> Iterator[Broken]:
        for name, hunk in self._spf_with_mx():
            terms = _terms(hunk.new) - _terms(hunk.gone)
            if terms:
                message = f"{_listed(terms)} authorise others for {shown(name)} in the change that moves mail to them"
                yield Broken("L4", message, name, "authorise them first and wait")

    def _old_terms_with_mx(self) -> Iterator[Broken]:
        for name, hunk in self._spf_with_mx():
            terms = _terms(hunk.gone) - _terms(hunk.new)
            if terms:
                message = f"SPF of {shown(name)} loses {_listed(terms)} in the change that moves its mail"
                yield Broken("L14", message, name, "wait until reports show nothing from there for 7 days")

    def _keys_with_mx(self) -> Iterator[Broken]:
        for each in self.compared.differences.of(DKIM):
            domain = each.domains[0]
            if each.hunk.before is None and domain in self.compared.switched:
                message = f"the key {shown(each.hunk.name)} comes in the change that moves the mail of {shown(domain)}"
                yield Broken("L5", message, domain, "publish the key first and wait")

    def _ttl_with_mx(self) -> Iterator[Broken]:
        for name in self.compared.switched:
            old, new = self.before.sets.get((name, "MX")), self.after.sets.get((name, "MX"))
            if old is not None and new is not None and new.seconds > max(QUICK, old.seconds):
                message = f"the TTL of MX {shown(name)} becomes {new.seconds} s in the change that moves its mail"
                yield Broken("L18", message, name, "raise it once nothing is left to go back to")

    def _policy_with_mx(self) -> Iterator[Broken]:
        """A policy that nobody here can read, and that changes with the MX."""
        for name in self.compared.switched:
            ids = policy_id(self.compared.before, name), policy_id(self.compared.after, name)
            if all(ids) and ids[0] != ids[1] and name not in self.compared.after.policies:
                message = f"the MX of {shown(name)} changes together with its MTA-STS policy: senders hold the old one"
                yield Broken("L9", message, name, "list the old and the new hosts and change the id first, then wait")

    def _tlsa_with_mx(self) -> Iterator[Broken]:
        """TLSA that go while caches still lead mail to their host."""
        changed = {each.hunk.name for each in self.compared.differences.of(HOST)}
        for each in self.compared.differences.of(TLSA):
            host = each.hunk.name.split(".", 2)[-1]
            for name in each.domains if each.hunk.after is None and each.hunk.name.startswith("_25.") else ():
                is_left = host in self.before.hosts(name) and host not in self.after.hosts(name)
                if is_left or host in changed:
                    message = f"the TLSA of {shown(host)} go while caches still lead mail for {shown(name)} there"
                    yield Broken("L10", message, name, "change the MX first, and remove them after two TTLs")

    def _old_keys(self) -> Iterator[Broken]:
        """Keys that are replaced in their place, or that go in the change that brings others."""
        selectors = {each.hunk.name: each for each in self.compared.differences.of(DKIM)}
        for name, each in selectors.items():
            domain = each.domains[0]
            old, new = (key_state(side, name) for side in (self.compared.before, self.compared.after))
            if self.compared.is_new_zone(name):
                continue
            if old.word == new.word == VERIFIES and old.key != new.key:
                message = f"the key {shown(name)} is replaced in its place: signatures by the old one are on their way"
                yield Broken("L15", message, domain, "publish the new key under another selector")
            elif old.word in (VERIFIES, OPEN) and new.word not in (VERIFIES, OPEN) and domain in self.arriving:
                message = f"the key {shown(name)} goes in the change that brings what takes its place"
                way_out = "sign with the new one first; remove the old one 5 days after its last signature"
                yield Broken("L15", message, domain, way_out)


def _terms(texts: tuple[str, ...]) -> set[str]:
    """The terms of the SPF records among some texts by which somebody may send."""
    records = [parse(text) for text in texts if is_spf(text)]
    return {term.text for record in records for term in record.terms if term.name not in ("all", "exp")}


def _listed(terms: set[str]) -> str:
    return few(quoted(term, 60) for term in sorted(terms))
