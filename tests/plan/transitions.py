"""Small estates before and after one change of everything at once: what laws are to judge, and what is lost by it."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import product

from linter.intent.model import Word, intent_of
from linter.plan.estate import Behaviour, Soa, View
from linter.source.text import Source, Span

from .simulation import DAY, Moment, Net, all_losses
from .worlds import World, intent, no_rules

NAME = "a.test."
SYSTEMS = """
systems:
  web: {receives: [mx.web.test], spf: 'ip4:192.0.2.10', dkim: {k0: k0.web.test}, clients: {autodiscover: auto.web.test}}
  new: {receives: [mx.new.test], spf: 'ip4:198.51.100.7', clients: {autodiscover: auto.new.test}, verification: v=new}
  own: {receives: [mail.a.test], spf: 'ip4:192.0.2.9'}
  erp: {spf: 'ip4:192.0.2.25', dkim: {k2: k2.erp.test}}
  ghost: {spf: 'ip4:203.0.113.9', envelope: ghost.test}
  one: {provider: microsoft-365, tenant: one}
  two: {provider: microsoft-365, tenant: two}
mail:
  a.test: {receives: web, sends: [web]}
"""
TERMS = {"web": "192.0.2.10", "new": "198.51.100.7", "own": "192.0.2.9", "erp": "192.0.2.25"}
HOSTS = {"web": "mx.web.test.", "new": "mx.new.test.", "own": "mail.a.test."}
SOA = Soa(900, 900, None, "lock")
KEY = "3 1 1 "


class Estate:
    """What is published and who does what, to be changed freely; values as presented."""

    def __init__(self) -> None:
        self.sets: dict[tuple[str, str], tuple[int, list[str]]] = {
            ("", "MX"): (300, ["10 mx.web.test."]),
            ("", "TXT"): (300, ["v=spf1 ip4:192.0.2.10 -all"]),
            ("_dmarc", "TXT"): (300, ["v=DMARC1; p=none; rua=mailto:d@a.test"]),
            ("k0._domainkey", "CNAME"): (300, ["k0.web.test."]),
            ("autodiscover", "CNAME"): (300, ["auto.web.test."]),
            ("_mta-sts", "TXT"): (300, ["v=STSv1; id=1"]),
            ("mta-sts", "A"): (300, ["192.0.2.80"]),
            ("sub", "NS"): (300, ["ns.sub.test."]),
        }
        self.policy = ("enforce", ["mx.web.test"])
        self.permit = False
        self.is_signed = False
        self.sends = ["web"]
        self.receives = "web"
        self.listening = {"web"}
        self.homes = {"web"}

    def view(self) -> View:
        """The estate as laws see it."""
        mode, hosts = self.policy
        lines = ["version: STSv1", f"mode: {mode}", *(f"mx: {host}" for host in hosts), "max_age: 604800", ""]
        other = "'':\n  - {type: MX, values: [{preference: 1, exchange: mx.r.example.}]}\n"
        other += "a.test._report._dmarc: {type: TXT, value: 'v=DMARC1\\;'}\n" if self.permit else ""
        below = "'':\n  - {type: A, value: 192.0.2.1}\n" + ("  - {type: DNSKEY, value: x}\n" if self.is_signed else "")
        files = {"zones/a.test.yaml": self.text(), "zones/r.test.yaml": f"---\n{other}"}
        files["zones/sub.a.test.yaml"] = f"---\n{below}"
        world = World(files, {NAME: "\n".join(lines)}, {NAME: SOA}, no_rules())
        declared = intent(SYSTEMS)
        mail = declared.mail[NAME]
        span = Span(Source("x", ""), 0, 0)
        mail = mail._replace(receives=Word(self.receives, span), sends=tuple(Word(each, span) for each in self.sends))
        pairs = [frozenset((NAME, system) for system in held) for held in (self.listening, self.homes)]
        return View(world, {}, Behaviour(intent_of(declared.systems, {NAME: mail}), *pairs))

    def text(self) -> str:
        """The zone file."""
        names: dict[str, list[str]] = {}
        for (name, kind), (ttl, values) in self.sets.items():
            shown = ", ".join(_value(kind, value) for value in values)
            key = "value" if kind in ("CNAME",) else "values"
            names.setdefault(name, []).append(
                f"{{type: {kind}, ttl: {ttl}, {key}: {shown if key == 'value' else f'[{shown}]'}}}"
            )
        return "---\n" + "".join(
            f"'{name}':\n" + "".join(f"  - {each}\n" for each in held) for name, held in names.items()
        )


def _value(kind: str, value: str) -> str:
    parts = value.split()
    if kind == "MX":
        return f"{{preference: {parts[0]}, exchange: {parts[1]}}}"
    if kind == "TLSA":
        return f"{{certificate_usage: 3, selector: 1, matching_type: 1, certificate_association_data: '{parts[3]}'}}"
    if kind == "TXT":
        return "'" + value.replace(";", "\\;") + "'"
    return f"'{value}'"


Edit = Callable[[Estate], None]


def put(name: str, kind: str, *values: str, ttl: int = 300) -> Edit:
    """A record set as it shall be; none removes it."""

    def edit(estate: Estate) -> None:
        estate.sets.pop((name, kind), None)
        if values:
            estate.sets[name, kind] = (ttl, list(values))

    return edit


def set_to(field: str, value: object) -> Edit:
    """A field of the estate as it shall be."""
    return lambda estate: setattr(estate, field, deepcopy(value))


def spf(*systems: str) -> Edit:
    """The SPF record for some systems."""
    return put("", "TXT", f"v=spf1 {' '.join(f'ip4:{TERMS[each]}' for each in systems)} -all")


def mx(*systems: str, ttl: int = 300) -> Edit:
    """The MX for some systems."""
    return put("", "MX", *(f"10 {HOSTS[each]}" for each in systems), ttl=ttl)


def dmarc(text: str) -> Edit:
    """The DMARC record."""
    return put("_dmarc", "TXT", f"v=DMARC1; {text}")


BOTH = {"web", "new"}
CHANGES: dict[str, tuple[Edit, ...]] = {
    "nothing": (),
    "mx to new": (mx("new"), set_to("receives", "new")),
    "mx of both": (mx("web", "new"),),
    "mx to own": (mx("own"), set_to("receives", "own"), put("mail", "A", "192.0.2.9")),
    "mx ttl up": (mx("web", ttl=3600),),
    "new listens": (set_to("listening", BOTH),),
    "web is deaf": (set_to("listening", {"new"}),),
    "own listens": (set_to("listening", {"web", "own"}),),
    "new has homes": (set_to("homes", {"new"}),),
    "own host": (put("mail", "A", "192.0.2.9"),),
    "own host with key": (put("mail", "A", "192.0.2.9"), put("_25._tcp.mail", "TLSA", KEY + "aa" * 32)),
    "own key": (put("_25._tcp.mail", "TLSA", KEY + "aa" * 32),),
    "own key changes": (put("_25._tcp.mail", "TLSA", KEY + "bb" * 32),),
    "new sends": (set_to("sends", ["web", "new"]),),
    "only new sends": (set_to("sends", ["new"]),),
    "erp sends": (set_to("sends", ["web", "erp"]),),
    "ghost sends": (set_to("sends", ["web", "ghost"]),),
    "spf of both": (spf("web", "new"),),
    "spf of new": (spf("new"),),
    "spf of web": (spf("web"),),
    "spf with erp": (spf("web", "erp"),),
    "spf with own": (spf("web", "own"),),
    "two spf": (put("", "TXT", "v=spf1 ip4:192.0.2.10 -all", "v=spf1 ip4:198.51.100.7 -all"),),
    "new known": (put("", "TXT", "v=spf1 ip4:192.0.2.10 ip4:198.51.100.7 -all", "v=new"),),
    "erp key": (put("k2._domainkey", "CNAME", "k2.erp.test."),),
    "erp key gone": (put("k2._domainkey", "CNAME"),),
    "key of web goes": (put("k0._domainkey", "CNAME"),),
    "key of web changes": (put("k0._domainkey", "CNAME", "k9.web.test."),),
    "programs to new": (put("autodiscover", "CNAME", "auto.new.test."),),
    "sts of both": (
        set_to("policy", ("enforce", ["mx.web.test", "mx.new.test"])),
        put("_mta-sts", "TXT", "v=STSv1; id=2"),
    ),
    "sts without id": (set_to("policy", ("enforce", ["mx.web.test", "mx.new.test"])),),
    "sts of own": (
        set_to("policy", ("enforce", ["mx.web.test", "mail.a.test"])),
        put("_mta-sts", "TXT", "v=STSv1; id=3"),
    ),
    "sts of new": (set_to("policy", ("enforce", ["mx.new.test"])), put("_mta-sts", "TXT", "v=STSv1; id=4")),
    "sts none": (set_to("policy", ("none", ["mx.web.test"])), put("_mta-sts", "TXT", "v=STSv1; id=5")),
    "sts goes": (put("_mta-sts", "TXT"),),
    "sts host goes": (put("mta-sts", "A"),),
    "quarantine": (dmarc("p=quarantine; rua=mailto:d@a.test"),),
    "quarantine by pct": (dmarc("p=quarantine; pct=10; rua=mailto:d@a.test"),),
    "reject": (dmarc("p=reject; rua=mailto:d@a.test"),),
    "reports elsewhere": (dmarc("p=none; rua=mailto:d@r.test"),),
    "permit": (set_to("permit", True),),
    "first tenant": (set_to("listening", {"web", "one"}),),
    "second tenant": (set_to("listening", {"web", "one", "two"}),),
    "signed": (set_to("is_signed", True),),
    "unsigned": (set_to("is_signed", False),),
    "ds": (put("sub", "DS", "x"),),
}  # fmt: skip


def made(*names: str) -> Estate:
    """An estate with some changes made."""
    estate = Estate()
    for name in names:
        for edit in CHANGES[name]:
            edit(estate)
    return estate


def lost(before: View, after: View) -> list[str]:
    """What is lost when one becomes the other at once, in the worst order."""
    moments = [
        Moment(-365.0 * DAY, before, before.sending, before.behaviour.listening, before.behaviour.homes),
        Moment(
            0.0,
            after,
            before.sending | after.sending,
            before.behaviour.listening & after.behaviour.listening,
            before.behaviour.homes,
        ),
    ]
    net = Net(SOA, 300, 0)
    ghost = (NAME, "ghost")
    told = [moment._replace(sending=moment.sending - {ghost}) for moment in moments]
    begun = [told[0], told[1]._replace(listening=after.behaviour.listening)]
    found = [loss for loss in all_losses(told, net) if "strict at once" not in loss or "reject" in _policy_text(after)]
    from .simulation import unverified

    found += list(unverified(begun, net))
    return [*found, *_more(before, after, moments, net)]


def _policy_text(view: View) -> str:
    held = view.sets.get((f"_dmarc.{NAME}", "TXT"))
    return "".join(held.values) if held is not None else ""


def _more(before: View, after: View, moments: list[Moment], net: Net) -> Iterator[str]:
    """What only some laws are about."""
    strict = ["p=quarantine" in _policy_text(view) or "p=reject" in _policy_text(view) for view in (before, after)]
    if not strict[0] and strict[1]:
        if (NAME, "ghost") in before.sending | after.sending:
            yield "mail of ghost is refused"
        if before.sending != after.sending:
            yield "the policy gets strict while the senders change"
    for values in net.answers(moments, 1, NAME, "MX"):
        if "10 mail.a.test." in values:
            if () in net.answers(moments, 1, "mail.a.test.", "A"):
                yield "the host mail.a.test may be unknown"
            sets = set(net.answers(moments, 1, "_25._tcp.mail.a.test.", "TLSA"))
            if "10 mail.a.test." in before.sets[NAME, "MX"].values:
                sets.discard(())  # mail went there without TLSA until now, and still does
            if len(sets) > 1 and not set.intersection(*map(set, sets)):
                yield "the TLSA of mail.a.test may be another"
    for texts in net.answers(moments, 1, f"_dmarc.{NAME}", "TXT"):
        if "d@r.test" in "".join(texts) and not before.texts_at("a.test._report._dmarc.r.test."):
            yield "reports to r.test are lost"
    tenants = {system for _, system in before.behaviour.listening | after.behaviour.listening}
    if tenants >= {"one", "two"}:
        yield "a domain is in two tenants"
    old, new = before.sets.get((NAME, "MX")), after.sets.get((NAME, "MX"))
    if len(before.behaviour.listening) > 1 and old and new and new.seconds > max(300, old.seconds):
        yield "the MX cannot be taken back at once"
    place = f"_mta-sts.{NAME}"
    mode = before.built.policies[NAME].policy.mode
    gone = (place, "TXT") not in after.sets or ("mta-sts.a.test.", "A") not in after.sets
    if (place, "TXT") in before.sets and ("mta-sts.a.test.", "A") in before.sets and gone and mode != "none":
        yield "a policy is left that nobody can change"
    kinds = [{(kind, (f"sub.{NAME}", kind) in view.sets) for kind in ("DS", "DNSKEY")} for view in (before, after)]
    if any(("DS", True) in one and ("DNSKEY", False) in other for one, other in product(kinds, kinds)):
        yield "a signed zone without keys"
