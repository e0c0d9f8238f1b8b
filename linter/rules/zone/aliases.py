"""CNAME records: what may be beside one, and where it leads."""

from collections.abc import Iterator

from linter.facts.witnesses import of_lookups
from linter.lookup.answer import FOUND, Resolver
from linter.records.text.fault import one_of
from linter.records.text.name import dotless
from linter.source.frozen import Frozen
from linter.source.text import Span
from linter.zone.model import Record, Target
from linter.zone.shape import is_dns_type
from mailzone import CNAME, ERROR, ODD_NAMES, At, Complaint, Facts, Related, complaint, rule

from .entries import are_refused

_BESIDE = ("CNAME", "RRSIG", "NSEC", "KEY")
"""What may stand beside a CNAME (RFC 4035 section 2.5)."""


@rule("cname-and-other-data", ERROR, "RFC 2181 section 10.1", when=CNAME)
def cname_and_other_data(facts: Facts) -> Iterator[Complaint]:
    """Names with a CNAME, but the apex, of which `cname-at-apex` speaks."""
    severity = "warning" if facts.publishing.flattens_at(is_apex=False) else ""
    for name in dict.fromkeys(record.name for record in facts.records("CNAME")):
        if name == facts.zone.name:
            continue
        types = facts.index.names[name]
        if len(types) == 1 and len(types["CNAME"]) == 1 and len(types["CNAME"][0].values) < 2:
            continue  # as nearly all
        if all(record.is_proxied for record in types["CNAME"]):
            continue  # the proxy's addresses are served in its place
        others = [records[0] for kind, records in types.items() if kind not in _BESIDE and is_dns_type(kind)]
        if not others and len(types["CNAME"]) > 1 and are_refused(facts.zone, *types["CNAME"]):
            continue  # record-declared-twice
        made = _beside(name, types["CNAME"][0], others) if others else _several(name, types["CNAME"])
        if made and others and facts.publishing.refuses([*types["CNAME"], *others]):
            made = made._replace(message=f"{made.message}: octoDNS does not publish the zone")
        if made:
            yield made._replace(severity=severity)


def _beside(name: str, alias: Record, others: list[Record]) -> Complaint:
    kinds = one_of([record.type for record in others]).replace(" or ", " and ").replace("`", "")
    message = f"`{dotless(name)}` is a CNAME and has {kinds} as well; a CNAME must be the only record"
    way_out = "move the other records to its target, or replace it by A and AAAA"
    related = tuple(Related(record.span, f"{record.type} of the same name") for record in others)
    return complaint(alias.span, message, help=way_out, at=At(name, "CNAME"), related=related)


def _several(name: str, aliases: list[Record]) -> Complaint | None:
    """Two different targets; of the same one twice, `record-duplicate` speaks."""
    first: Target | None = None
    for target in [value for record in aliases for value in record.values if isinstance(value, Target)]:
        if first is None:
            first = target
        elif target.name != first.name:
            message = f"a second CNAME for `{dotless(name)}`; a name can be an alias of one name only"
            return complaint(
                target.span, message, help="keep one", at=At(name, "CNAME"), related=(Related(first.span, "the first"),)
            )
    return None


@rule("cname-at-apex", ERROR, "RFC 1912 section 2.4", when=CNAME)
def cname_at_apex(facts: Facts) -> Iterator[Complaint]:
    """The CNAME of the apex, unless the provider flattens it."""
    name = facts.zone.name
    aliases = facts.index.records(name, "CNAME")
    if any(not alias.is_proxied for alias in aliases) and not facts.publishing.flattens_at(is_apex=True):
        message = f"a CNAME is not allowed at the zone's own name `{dotless(name)}`, beside SOA and NS"
        way_out = "use ALIAS if your provider has it, or A and AAAA"
        yield complaint(aliases[0].span, message, help=way_out, at=At(name, "CNAME"))


@rule("cname-target-not-a-host", ERROR, "RFC 1035 section 3.3.1", when=ODD_NAMES)
def cname_target_not_a_host(facts: Facts) -> Iterator[Complaint]:
    """Values of aliases that are not names."""
    for record in facts.records("CNAME", "DNAME", "ALIAS"):
        for target in record.values:
            if isinstance(target, Target) and target.fault:
                fault = target.fault
                span = target.part(fault.start, fault.end)
                way_out = fault.help or _way_out(target)
                yield complaint(span, f"{record.type}: {fault.message}", help=way_out, at=record)


def _way_out(target: Target) -> str:
    if target.is_address:
        kind = "AAAA" if ":" in target.written else "A"
        return f"make it an {kind} record"
    return "make it a TXT record" if "=" in target.written else ""


class _Alias(Frozen):
    """One CNAME on the way: its owner (the wildcard's name where one answers), and where it points."""

    owner: str
    target: str
    span: Span | None


@rule("cname-loop", ERROR, "RFC 1034 section 3.6.2", when=CNAME)
def cname_loop(facts: Facts) -> Iterator[Complaint]:
    """Every loop once, at the first of its CNAMEs in this zone."""
    done: set[str] = set()
    for record in facts.records("CNAME"):
        for target in record.values[:1]:
            if not isinstance(target, Target) or record.name in done:
                continue
            if _next(target.name, facts.resolver) is None:
                done.add(record.name)  # as nearly all: it leads to a host, or out of what is known here
            else:
                loop = _loop(_Alias(record.name, target.name, target.span), facts.resolver, done)
                if loop:
                    yield _complaint(facts, loop, record)


def _loop(alias: _Alias, resolver: Resolver, done: set[str]) -> list[_Alias]:
    """The loop that a CNAME leads into, unless it has been walked before; all names on the way are done then."""
    way: list[_Alias] = []
    following: _Alias | None = alias
    while following is not None:
        if following.owner in done:
            start = next((place for place, each in enumerate(way) if each.owner == following.owner), len(way))
            return way[start:]
        done.add(following.owner)
        way.append(following)
        following = _next(following.target, resolver)
    return []


def _next(name: str, resolver: Resolver) -> _Alias | None:
    answer = resolver.lookup(name, "CNAME")
    target = answer.values[0] if answer.status == FOUND and answer.values and not answer.steps else None
    if not isinstance(target, str):
        return None
    return _Alias(answer.owner, target, answer.spans[0] if answer.spans else None)


def _complaint(facts: Facts, loop: list[_Alias], record: Record) -> Complaint:
    own = [place for place, alias in enumerate(loop) if facts.index.records(alias.owner, "CNAME") and alias.span]
    start = own[0] if own else 0
    turned = loop[start:] + loop[:start]
    shown = dotless(turned[0].owner)
    if len(turned) == 1:
        message = f"`{shown}` is an alias of itself"
    else:
        message = f"`{shown}` is an alias that comes back to itself after {len(turned)} steps"
    related = tuple(Related(alias.span, "leads on") for alias in turned[1:] if alias.span)
    way_out = "write the name of the host itself"
    return complaint(
        turned[0].span or record.name_span,
        message,
        help=way_out,
        at=At(turned[0].owner, "CNAME"),
        related=related,
        evidence=[witness for alias in loop for witness in of_lookups(facts, alias.owner, "CNAME")],
    )
