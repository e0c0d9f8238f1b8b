"""A plan to begin with, from the zones as they are: who is recognised today, and the stages of a move to a vendor."""

from collections.abc import Iterator

from linter.facts.mail.vendor_view import Vendor, vendor_of_mx, vendor_of_spf
from linter.intent.model import Intent
from linter.records.spf.record import Mechanism, is_spf, parse
from linter.records.text.name import dotless, is_under

from .estate import View


class Drafted:
    """What is to be said of today: systems by name, each with its fields, and what the domain does."""

    def __init__(self, view: View, domain: str) -> None:
        self.systems: dict[str, dict[str, str]] = {}
        self.receives = ""
        self.sends: list[str] = []
        self._view = view
        self._domain = domain
        self._receivers()
        self._senders()

    def _receivers(self) -> None:
        hosts = self._view.hosts(self._domain)
        vendors = [vendor_of_mx(host) for host in hosts]
        first = next((vendor for vendor in vendors if vendor is not None), None)
        if first is not None:
            self.receives = self._vendor(first)
        elif hosts:
            self.receives = "current"
            self.systems["current"] = {"receives": f"[{', '.join(dotless(host) for host in hosts)}]"}
            alias = self._view.sets.get((f"autodiscover.{self._domain}", "CNAME"))
            if alias is not None and alias.values:
                self.systems["current"]["clients"] = f"{{autodiscover: {dotless(alias.values[0])}}}"

    def _vendor(self, vendor: Vendor) -> str:
        self.systems.setdefault(vendor.key, {"provider": vendor.key})
        return vendor.key

    def _senders(self) -> None:
        records = [text for text in self._view.texts_at(self._domain) if is_spf(text)]
        others = []
        for term in parse(records[0]).terms if len(records) == 1 else ():
            if term.name == "all" or not isinstance(term, Mechanism) or term.qualifier != "+":
                continue
            named = term.domain.absolute if term.domain is not None else ""
            vendor = vendor_of_spf(named) if term.name == "include" else None
            if vendor is not None:
                self.sends.append(self._vendor(vendor))
            else:
                others.append(term.text)
        if others and self.receives == "current":
            self.systems["current"]["spf"] = f"[{', '.join(_quoted(term) for term in others)}]"
            self.sends.append("current")
        elif others:
            self.systems["own-servers"] = {"spf": f"[{', '.join(_quoted(term) for term in others)}]"}
            self.sends.append("own-servers")
        self.sends = list(dict.fromkeys(self.sends))


def draft(view: View, intent: Intent, domain: str, to: str, on: str, people: int) -> Iterator[str]:
    """The lines of PLAN.yaml. `on` is a subdomain for the first people, "" for all at once; names are absolute."""
    shown = dotless(domain)
    yield f"title: {shown} to {to}"
    yield "safety: cautious"
    yield "stages:"
    declared = intent.of(domain)
    today = Drafted(view, domain)
    if declared is None or declared.is_none or declared.receives is None:
        yield "  - name: as it is today"
        yield from _systems(today.systems)
        receives = f"receives: {today.receives}, " if today.receives else ""
        yield f"    mail: {{{shown}: {{{receives}sends: [{', '.join(today.sends)}]}}}}"
        kept = [system for system in today.sends if system != today.receives]
    else:
        gone = declared.receives.text
        kept = [word.text for word in declared.sends or () if word.text != gone]
    if on:
        who = f"{people} people" if people else "the first people"
        yield f"  - name: {who} on {dotless(on)}"
        yield from _systems({to: {"provider": to}} if to not in intent.systems else {})
        yield f"    mail: {{{dotless(on)}: {{receives: {to}, sends: [{to}]}}}}"
        yield "  - name: everybody"
    else:
        yield f"  - name: {people} people" if people else "  - name: everybody"
        yield from _systems({to: {"provider": to}} if to not in intent.systems else {})
    yield f"    mail: {{{shown}: {{receives: {to}, sends: [{', '.join(dict.fromkeys((to, *kept)))}]}}}}"
    yield "# what the vendor shows goes here: mx, selector1, verification"
    yield "# values: {" + f"{to}: {{{shown}: {{mx: HOST}}}}" + "}"


def _systems(systems: dict[str, dict[str, str]]) -> Iterator[str]:
    if systems:
        yield "    systems:"
    for name, fields in systems.items():
        yield f"      {name}: {{{', '.join(f'{key}: {value}' for key, value in fields.items())}}}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def fits(domain: str, on: str) -> bool:
    """Whether a subdomain is one of the domain."""
    return not on or (is_under(on, domain) and on != domain)
