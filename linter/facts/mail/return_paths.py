"""The domain to which a vendor has bounces sent: the records that it asks for there, and what stands in their place."""

from collections.abc import Iterator

from linter.lookup.answer import FOUND, Answer, Exchange, Resolver
from linter.providers.holes import filled, holes_in
from linter.providers.needs import Need
from linter.providers.pattern import pattern_of
from linter.records.text.name import dotless
from linter.source.frozen import Frozen

from .requirement import State
from .system_needs import SystemNeeds
from .vendor_view import Vendor

_OTHERS = ("MX", "TXT", "A", "AAAA")


class ReturnRecord(Frozen):
    """One set of records of a return path: `values` are what to publish, empty where only the vendor can say it.

    `is_sure` is whether somebody confirmed that the vendor asks for it.
    """

    name: str
    type: str
    values: tuple[str, ...]
    hint: str
    answer: Answer
    state: State
    is_sure: bool


def return_path(resolver: Resolver, name: str, needs: SystemNeeds) -> Iterator[ReturnRecord]:
    """The MX or CNAME of the return path of one sender (RFC 5321 section 4.4), where its domain is known."""
    if needs.vendor is None:
        return
    groups: dict[tuple[str, str], list[Need]] = {}
    for each in needs.vendor.needs(name, needs.given).of("return-path"):
        domain, envelope = "", needs.system.envelope
        if holes_in(each.name) == ("mail-from",) and envelope is not None:
            domain = envelope.text
        elif not holes_in(each.name):
            domain = f"{each.name}.{name}"
        is_chosen = envelope is not None and domain == envelope.text
        if domain and each.type in ("MX", "CNAME") and (is_chosen or not _is_spared(resolver, domain, each)):
            groups.setdefault((domain, each.type), []).append(each)
    for (domain, kind), group in groups.items():
        answer = resolver.lookup(domain, kind)
        is_open = any(map(_is_open, group))
        values = () if is_open else tuple(_value(each) for each in group)
        shown = group[0]
        hint = f"{dotless(_value(shown))}, {shown.look_up}" if is_open else ""
        is_sure = all(each.evidence is not None and each.evidence.confirmed for each in group)
        state = _state(resolver, domain, kind, answer, group, needs.vendor)
        yield ReturnRecord(domain, kind, values, hint, answer, state, is_sure)


def _is_spared(resolver: Resolver, domain: str, need: Need) -> bool:
    """Whether a vendor does without a return path, and nothing of one is there."""
    return need.optional and all(resolver.lookup(domain, kind).status != FOUND for kind in ("CNAME", *_OTHERS))


def _is_open(need: Need) -> bool:
    """Whether only the vendor can say what to publish: not where the domain alone was to look up."""
    lacks_preference = need.type == "MX" and need.preference is None
    return bool(need.look_up) and (bool(holes_in(need.value)) or bool(need.assumes) or lacks_preference)


def _value(need: Need) -> str:
    return f"{need.preference} {need.value}." if need.preference is not None else f"{need.value}."


def _state(resolver: Resolver, domain: str, kind: str, answer: Answer, group: list[Need], vendor: Vendor) -> State:
    patterns = [pattern_of(filled(each.value, dict.fromkeys(holes_in(each.value), "*"))) for each in group]
    if answer.status == FOUND:
        hosts = [value.host if isinstance(value, Exchange) else value for value in answer.values]
        bare = [host.lower().removesuffix(".") for host in hosts]
        is_right = all(any(pattern.matches(host) for pattern in patterns) for host in bare)
        # Of a vendor with several regions, any may be the customer's until a parameter says which.
        is_of_another = any(each.assumes for each in group) and all(map(vendor.takes_bounces_at, hosts))
        return "present" if is_right or is_of_another else "differs"
    if not answer.is_empty or answer.steps:
        return "elsewhere" if answer.steps else "unknown"
    # A vendor that asks for an alias may as well be content with the records that it would lead to.
    is_otherwise = kind == "CNAME" and any(not resolver.lookup(domain, other).is_empty for other in _OTHERS)
    return "elsewhere" if is_otherwise else "missing"
