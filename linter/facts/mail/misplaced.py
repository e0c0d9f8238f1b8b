"""Records of declared vendors that are made for another domain than the one that they are published at."""

from collections.abc import Iterator

from linter.intent.model import Mail
from linter.lookup.answer import Answer
from linter.records.spf.record import Mechanism
from linter.source.frozen import Frozen
from linter.source.text import Span

from .declared_mail import DeclaredMail
from .system_needs import SystemNeeds
from .tokens import Foreign


class Misplaced(Frozen):
    """One value: the record it is in, its text and place, whose it is, and where the vendor shows the right one."""

    name: str
    type: str
    text: str
    span: Span
    needs: SystemNeeds
    foreign: Foreign
    hint: str
    is_firm: bool = True


def misplaced(mail: DeclaredMail, entry: Mail) -> Iterator[Misplaced]:
    """Every such value of one name, in the order in which mail needs them; each once."""
    told = set()
    for found in (*_hosts(mail, entry), *_terms(mail, entry), *_keys(mail, entry), *_tokens(mail, entry)):
        if found.span not in told:
            told.add(found.span)
            yield found


def _hosts(mail: DeclaredMail, entry: Mail) -> Iterator[Misplaced]:
    flow = mail.flow(entry)
    edge = flow.edge
    if edge is None or edge.vendor is None or edge.hosts:
        return
    for host in flow.hosts:
        found = edge.host_made_for(host.name, entry.name.text, mail.ours)
        if found is not None and host.span is not None and host not in flow.strangers:
            is_firm = bool(edge.system.values) or edge.vendor.is_sure_of_host(host.name)
            hint = edge.vendor.mx_hint
            yield Misplaced(entry.name.text, "MX", host.name, host.span, edge, found, hint, is_firm)


def _terms(mail: DeclaredMail, entry: Mail) -> Iterator[Misplaced]:
    texts = mail.facts.spf_by_name.get(entry.name.text, ())
    for text in texts if len(texts) == 1 else ():
        for term in text.spf.terms:
            if not isinstance(term, Mechanism) or term.domain is None or "%" in term.domain.text:
                continue
            for needs in mail.involved(entry):
                vendor, target = needs.vendor, term.domain.text
                found = vendor.spf_made_for(target, entry.name.text, mail.ours) if vendor is not None else None
                if found is not None and vendor is not None:
                    span = text.value.place(term.domain)
                    hint = vendor.where_spf_is_shown(term.text)
                    yield Misplaced(entry.name.text, "TXT", target, span, needs, found, hint, vendor.owns_spf(target))


def _keys(mail: DeclaredMail, entry: Mail) -> Iterator[Misplaced]:
    for sender in mail.senders(entry):
        for key in sender.signing.misplaced:
            alias = mail.resolver.lookup(key.name, "CNAME")
            vendor = sender.needs.vendor
            if key.foreign is not None and vendor is not None and alias.spans and isinstance(alias.values[0], str):
                target, hint = alias.values[0], vendor.dkim_hint
                is_firm = bool(sender.needs.system.values) or vendor.is_sure_of_target(target)
                yield Misplaced(key.name, "CNAME", target, alias.spans[0], sender.needs, key.foreign, hint, is_firm)


def _tokens(mail: DeclaredMail, entry: Mail) -> Iterator[Misplaced]:
    """Texts that prove ownership of another domain, as the vendor shows them."""
    answer: Answer | None = None
    for needs in mail.involved(entry):
        if not needs.system.values:
            continue
        answer = answer or mail.resolver.lookup(entry.name.text, "TXT")
        for value, span in zip(answer.values, answer.spans, strict=False):
            other = needs.shown_for_another("verification", str(value), entry.name.text)
            if other:
                found = Foreign(str(value), other, True)
                yield Misplaced(entry.name.text, "TXT", str(value), span, needs, found, "")
