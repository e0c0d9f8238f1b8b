"""The DMARC record that a name with declared mail is to have: as declared, and not milder than the profile demands."""

from collections.abc import Iterator

from linter.facts.dmarc.policy import Governing
from linter.intent.model import POLICIES, Mail
from linter.lookup.answer import FOUND
from linter.records.dmarc.record import Dmarc, is_dmarc, parse
from linter.records.dmarc.with_tag import with_tag

from .declared_mail import DeclaredMail
from .requirement import Required
from .sender_spf import PASS
from .senders import Sender
from .signing import SIGNED

PLACEHOLDER = "rua=mailto:…"
PERMIT = "v=DMARC1;"
_WHERE = "the mailbox that receives the reports, to be declared as `dmarc: {rua: …}` under `mail:`"


def policy_records(mail: DeclaredMail, entry: Mail) -> Iterator[Required]:
    """The record that governs a name, and what those who get its reports must say to that."""
    record = _policy(mail, entry)
    yield record
    wanted = record.values[0] if record.values else record.found[0] if record.found else ""
    if entry.dmarc is not None and entry.dmarc.rua and wanted:
        yield from _permits(mail, record.name.removeprefix("_dmarc."), parse(wanted))


def _policy(mail: DeclaredMail, entry: Mail) -> Required:
    """The record; a name gets one of its own where one above it is not what is declared for it."""
    governing, name = mail.policies.by_tree_walk(entry.name.text), entry.name.text
    if governing.is_unknown:
        return Required(f"_dmarc.{name}", "TXT", "policy", "", (), "unknown")
    if governing.record is not None and governing.domain == name:
        return _own(mail, entry, governing)
    if governing.record is not None and not _is_milder(governing.policy, _declared(entry)):
        return Required(f"_dmarc.{governing.domain}", "TXT", "policy", "", (), "present", (governing.text,))
    is_own = governing.record is not None or entry.dmarc is not None
    domain = name if is_own else mail.policies.org_domain_by_list(name)
    for each in (name, domain):
        if mail.policies.records.at(each).is_meant and governing.record is None:
            return _broken(mail, f"_dmarc.{each}")
    policy = max(_declared(entry), mail.facts.demands.policy, key=POLICIES.index)
    text = f"v=DMARC1; p={policy}"
    if entry.dmarc is not None and entry.dmarc.sp is not None:
        text = f"{text}; sp={entry.dmarc.sp.text}"
    addresses = _addresses(mail, entry, domain)
    text = f"{text}; rua={','.join(addresses)}" if addresses else text
    place = Required(f"_dmarc.{domain}", "TXT", "policy", "", (text,), "missing")
    if not addresses and policy == "none":
        return place._replace(values=(), hint=f"`{text}; {PLACEHOLDER}`, with {_WHERE}")
    return _held_back(mail, entry, place, policy)


def _broken(mail: DeclaredMail, place: str) -> Required:
    """Texts that were meant as the policy, and of which receivers take none: another beside them is no help."""
    found = tuple(value for value in mail.resolver.lookup(place, "TXT").values if isinstance(value, str))
    hint = "one record that receivers take as a policy, in the place of this: `mailzone check` says why they do not"
    return Required(place, "TXT", "policy", "", (), "differs", found, hint=hint)


def _own(mail: DeclaredMail, entry: Mail, governing: Governing) -> Required:
    """The record that a name has, with what is declared in it and at least as strict as is demanded."""
    text, record = governing.text, governing.record
    place = Required(f"_dmarc.{governing.domain}", "TXT", "policy", "", (text,), "present", (text,))
    if record is None or record.p is None:
        return _broken(mail, place.name)
    declared = entry.dmarc
    p = declared.p.text if declared is not None and declared.p is not None else record.p
    p = max(p, mail.facts.demands.policy, key=POLICIES.index)
    wanted = text if p == record.p else with_tag(text, "p", p)
    sp = declared.sp.text if declared is not None and declared.sp is not None else record.sp
    if sp is not None:
        sp = max(sp, mail.facts.demands.policy, key=POLICIES.index)
        wanted = wanted if sp == record.sp else with_tag(wanted, "sp", sp)
    lacking = [each for each in _declared_addresses(entry) if each.lower() not in _held(record)]
    if lacking:
        rua = record.tag("rua")
        wanted = with_tag(wanted, "rua", ",".join((*((rua.value,) if rua is not None and rua.value else ()), *lacking)))
    if wanted == text:
        return place
    place = place._replace(values=(wanted,), state="differs")
    return _held_back(mail, entry, place, p) if _is_milder(record.p, p) else place


def _held_back(mail: DeclaredMail, entry: Mail, place: Required, policy: str) -> Required:
    """A policy that stops mail is not a record to publish yet while a declared sender may not pass it."""
    stopped = list(_not_passing(mail, entry)) if policy != "none" else []
    if not stopped:
        hint = "" if "rua=" in place.values[0] else f"no reports: `{PLACEHOLDER}` would be {_WHERE}"
        return place._replace(hint=hint)
    names = ", ".join(stopped[:3])
    hint = f"`{place.values[0]}`, once every sender passes; not known to pass: {names} (`mailzone senders`)"
    return place._replace(values=(), hint=hint)


def _not_passing(mail: DeclaredMail, entry: Mail) -> Iterator[str]:
    """The declared senders that will not be known to pass DMARC when SPF is as it is asked for."""
    senders = mail.senders(entry)
    known = {sender.needs.name for sender in senders}
    yield from (f"`{word.text}`" for word in entry.sends or () if word.text not in known)
    yield from (sender.needs.label for sender in senders if not _will_pass(sender))


def _will_pass(sender: Sender) -> bool:
    if sender.signing.state == SIGNED and sender.dkim_aligned is True:
        return True
    spf = sender.spf
    if spf is None or sender.spf_aligned is not True:
        return False
    return spf.state == PASS or (bool(sender.needs.terms) and not sender.needs.spf_to_look_up)


def _declared(entry: Mail) -> str:
    return entry.dmarc.p.text if entry.dmarc is not None and entry.dmarc.p is not None else "none"


def _is_milder(policy: str | None, wanted: str) -> bool:
    return POLICIES.index(policy or "none") < POLICIES.index(wanted)


def _held(record: Dmarc) -> set[str]:
    return {f"mailto:{uri.address}".lower() for uri in record.rua}


def _declared_addresses(entry: Mail) -> tuple[str, ...]:
    """The addresses that somebody declared, as URIs."""
    words = entry.dmarc.rua if entry.dmarc is not None else ()
    return tuple(word.text if ":" in word.text else f"mailto:{word.text}" for word in words)


def _addresses(mail: DeclaredMail, entry: Mail, domain: str) -> tuple[str, ...]:
    """Where reports go: as declared for the name, else as for others, or as most zones here have it; never invented."""
    found = _declared_addresses(entry)
    if not found:
        others = [_declared_addresses(each) for each in mail.intent.mail.values()]
        published = [tuple(text.split(",")) for text in mail.facts.estate.report_addresses if _is_valid(text)]
        usable = (each for each in (*others, *published) if each and not any(_refusals(mail, domain, each)))
        found = next(usable, ())
    is_whole = mail.policies.org_domain_by_list(domain) == domain
    demanded = [f"mailto:{address}" for address in mail.facts.demands.reports if is_whole]
    return tuple(dict.fromkeys((*found, *demanded)))


def _is_valid(addresses: str) -> bool:
    """Whether a value of `rua` that was found somewhere is one to write down again."""
    record = parse(f"v=DMARC1; p=none; rua={addresses}")
    return not record.faults and bool(record.rua)


def _refusals(mail: DeclaredMail, domain: str, addresses: tuple[str, ...]) -> Iterator[str]:
    """The names of permits that are known not to be there (RFC 9990 section 4)."""
    record = parse(f"v=DMARC1; p=none; rua={','.join(addresses)}")
    for uri in record.rua:
        host = f"{uri.host}."
        if uri.scheme != "mailto" or mail.policies.org_domain_by_list(host) == mail.policies.org_domain_by_list(domain):
            continue
        place = f"{domain}_report._dmarc.{host}"
        answer = mail.resolver.lookup(place, "TXT")
        is_there = any(isinstance(value, str) and is_dmarc(value) for value in answer.values)
        if not is_there and (answer.is_empty or answer.status == FOUND):
            yield place


def _permits(mail: DeclaredMail, domain: str, record: Dmarc) -> Iterator[Required]:
    """What the domains of declared report addresses lack to get them."""
    texts = tuple(f"mailto:{uri.address}" for uri in record.rua if uri.scheme == "mailto")
    for place in _refusals(mail, domain, texts):
        yield Required(place, "TXT", "report", "", (PERMIT,), "missing")
