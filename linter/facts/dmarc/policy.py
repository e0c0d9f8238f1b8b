"""Which DMARC record governs a name, and what it makes receivers of either generation apply."""

from collections.abc import Callable

from linter.facts.facts import Facts, once
from linter.lookup.answer import FOUND, NO_DATA, UNKNOWN, Resolver, Status
from linter.records.text.name import ancestors, is_under, parent
from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING

from .walk import SEVERAL, Asked, PolicyRecords

if TYPE_CHECKING:
    from linter.records.dmarc.record import Dmarc


class Governing(Frozen):
    """What receivers of one generation find for mail from `name`.

    `status` is "found" where a record governs the name, "nodata" where none does, "unknown" where that depends
    on an answer that is not known. `policy` is "none", "quarantine" or "reject", `t` and `pct` left aside;
    None where receivers apply no DMARC, which a record without usable `p` and `rua` leads to as well. `domain`
    is whose `_dmarc` name holds the `record`, `tag` the tag whose value the policy is: "p", "sp" or "np", "" where
    no tag decided. `org_domain` is the organisational domain, "" where it is unknown. `asked` are the names
    asked for this, in their order.
    """

    name: str
    status: Status
    policy: str | None = None
    domain: str = ""
    record: "Dmarc | None" = None
    tag: str = ""
    org_domain: str = ""
    asked: tuple[Asked, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Whether nobody here can say which record governs the name."""
        return self.status == UNKNOWN

    @property
    def is_enforced(self) -> bool:
        """Whether receivers quarantine or reject what fails, all of it: neither only tested nor for a share of it."""
        record = self.record
        in_force = record is not None and not record.t and record.pct in (None, 100)
        return in_force and self.policy in ("quarantine", "reject")

    @property
    def text(self) -> str:
        """The text of the record."""
        return self.record.text if self.record else ""


class DmarcPolicies:
    """Finds the record that governs a name, over any resolver; absolute lower-case names throughout.

    `public_suffix` gives the public suffix of a name. What is not known at a public suffix or above it is
    taken for nothing: hardly any registry publishes DMARC, and no declared zone could ever tell.
    """

    def __init__(
        self, resolver: Resolver, public_suffix: Callable[[str], str], parse: "Callable[[str], Dmarc]"
    ) -> None:
        self.records = PolicyRecords(resolver, parse)
        self._public_suffix = public_suffix
        self._others_above: dict[tuple[str, str], bool] = {}
        """Whether the walk from a name finds a record of another domain than that one."""

    def org_domain_by_list(self, name: str) -> str:
        """The organisational domain by the public suffix list (RFC 7489 section 3.2)."""
        suffix = self._public_suffix(name)
        return next((each for each in ancestors(name, suffix) if each == suffix or parent(each) in (suffix, ".")), name)

    def by_suffix_list(self, name: str) -> Governing:
        """What receivers of RFC 7489 find (section 6.6.3): the name's own record, or its organisational domain's."""
        org_domain = self.org_domain_by_list(name)
        asked = [self.records.at(name)]
        if asked[0].status == NO_DATA and org_domain != name:
            asked.append(self.records.at(org_domain))
        last = asked[-1]
        found = Governing(name, NO_DATA, org_domain=org_domain, asked=tuple(asked))
        if last.status in (UNKNOWN, SEVERAL, NO_DATA) or last.record is None:
            # Several records end the search: no DMARC is applied, and nobody looks further up.
            return found._replace(status=UNKNOWN if last.status == UNKNOWN else NO_DATA)
        tags = ("p",) if last.domain == name else ("sp", "p")
        return _governed(found, last, tags, ("sp",))

    def by_tree_walk(self, name: str) -> Governing:
        """What receivers of RFC 9989 find: the record of the name, its organisational domain or its registry."""
        asked = self.records.walk(name)
        org_domain = self._org_domain(name, asked)
        found = Governing(name, NO_DATA, org_domain=org_domain, asked=asked)
        if asked[0].status == FOUND:
            return _governed(found, asked[0], ("p",), ("sp", "np"))
        if not org_domain:
            return found._replace(status=UNKNOWN)
        # RFC 9989 section 4.10.1: a record at a level between is not used.
        chosen = next((step for step in asked if step.record and step.domain == org_domain), None)
        if chosen is None and asked[-1].record is not None and asked[-1].record.psd == "y":
            chosen = asked[-1]
        if chosen is None or chosen.record is None:
            return found
        exists: bool | None = True
        if chosen.record.np is not None and chosen.record.np != (chosen.record.sp or chosen.record.p):
            exists = self.records.exists(name)
        if exists is None:
            return found._replace(status=UNKNOWN)
        return _governed(found, chosen, ("sp", "p") if exists else ("np", "sp", "p"), ("sp", "np"))

    def subdomains_follow(self, domain: str) -> str:
        """The other domain whose record decides for the subdomains of `domain`, which has one of its own.

        "" where `domain` is an organisational domain for receivers of either generation, or may be one.
        """
        if not any(step.record for step in self.records.above(domain)):
            return ""  # as for nearly all; what the domain has itself need not be asked
        org_domain = self.by_tree_walk(domain).org_domain
        is_certain = org_domain not in ("", domain) and self.org_domain_by_list(domain) != domain
        return org_domain if is_certain else ""

    def known_org_domain(self, name: str) -> str:
        """The organisational domain by the tree walk; "" where an answer that it depends on is unknown."""
        return self._org_domain(name, self.records.walk(name))

    def may_differ(self, name: str, origin: str) -> bool:
        """Whether receivers of the two generations may find different records for a name of the zone `origin`.

        They agree where the name has a record, or records, of its own, and where the only one above it is that of
        the zone: most zones are organisational domains, or lie below one that is not here. Records that are broken
        have rules of their own.
        """
        above = (parent(name), origin)
        if above not in self._others_above:
            steps = self.records.above(name)
            self._others_above[above] = any(step.record is not None and step.domain != origin for step in steps)
        if not self._others_above[above]:
            return False  # as for nearly all names, whatever they have themselves
        asked = self.records.walk(name)
        if asked[0].is_meant or any(step.status == SEVERAL for step in asked):
            return False
        faults = (fault for step in asked if step.record is not None for fault in step.record.faults)
        return not any(fault.kind == "invalid-value" for fault in faults)

    def _org_domain(self, name: str, asked: tuple[Asked, ...]) -> str:
        """The organisational domain by the tree walk (RFC 9989 section 4.10.2); "" where it is unknown."""
        if self._is_open(name, asked):
            return ""
        last = asked[-1]
        if last.record is not None and last.record.psd == "n":
            return last.domain
        if last.record is not None and last.record.psd == "y" and last.domain != name:
            return _child(last.domain, name)
        return next((step.domain for step in reversed(asked) if step.record is not None), name)

    def _is_open(self, name: str, asked: tuple[Asked, ...]) -> bool:
        """Whether an answer that counts is unknown: the name's own, or one below the public suffix."""
        unknown = [step.domain for step in asked if step.status == UNKNOWN]
        if not unknown or unknown[0] == name:
            return bool(unknown)
        # The one nearest to the name is the first to lie below the suffix; only here is the list needed.
        suffix = self._public_suffix(name)
        return unknown[0] != suffix and is_under(unknown[0], suffix)


def _child(ancestor: str, name: str) -> str:
    """The name one label longer than `ancestor` on the way down to `name`."""
    return next((each for each in ancestors(name, ancestor) if parent(each) == ancestor), name)


def _governed(found: Governing, by: Asked, tags: tuple[str, ...], vital: tuple[str, ...]) -> Governing:
    """`found` with its record: the first of `tags` that the record has decides.

    Without a valid `p`, or with one of the `vital` tags invalid, the record acts as `p=none` if reports can be
    sent somewhere, else as if it were not there (RFC 9989 section 4.10.1; RFC 7489 section 6.6.3).
    """
    record = by.record
    if record is None:
        return found
    values = {"p": record.p, "sp": record.sp, "np": record.np}
    found = found._replace(status=FOUND, domain=by.domain, record=record)
    if record.p is None or any(values[tag] is None and record.tag(tag) for tag in vital):
        return found._replace(policy="none" if record.rua else None)
    tag = next(tag for tag in tags if values[tag] is not None)
    return found._replace(policy=values[tag], tag=tag)


@once
def dmarc_policies(facts: Facts) -> DmarcPolicies:
    """Which DMARC record governs a name, of this zone or any other."""
    return DmarcPolicies(facts.resolver, facts.estate.public_suffix, facts.parsers.dmarc)
