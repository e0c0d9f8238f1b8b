"""Record sets that DNS serves otherwise than they are declared."""

from collections.abc import Iterator

from linter.facts.drift.drift import drift
from linter.facts.drift.sets import Differing
from linter.facts.drift.undeclared import Undeclared
from linter.facts.drift.words import listed_values, shown_name
from linter.records.text.fault import quoted
from mailzone import ERROR, INFO, SERVED, WARNING, At, Complaint, Facts, complaint, rule

_WAY_OUT = "publish it, or remove it from the file"


@rule("drift-missing", ERROR, "RFC 2308 section 2", when=SERVED)
def missing(facts: Facts) -> Iterator[Complaint]:
    """Every declared set that was asked for."""
    compared = drift(facts)
    for _, expected, judged in compared.judged if compared else ():
        for missing in judged.missing:
            name, kind = expected.owner, expected.kind
            if missing.is_all:
                message = f"{kind} of {shown_name(name)} is not in DNS: the zone's servers answer that there is nothing"
            else:
                message = f"{listed_values(missing.values)} is not in DNS among the {kind} values of {shown_name(name)}"
            yield complaint(missing.span, message, help=_WAY_OUT, at=At(name, kind))


_LONGEST = 160


@rule("drift-differs", ERROR, "RFC 2181 section 5", when=SERVED)
def differs(facts: Facts) -> Iterator[Complaint]:
    """Every declared set that was asked for."""
    compared = drift(facts)
    for _, expected, judged in compared.judged if compared else ():
        for differing in judged.differing:
            what = f"{differing.role or expected.kind} of {shown_name(expected.owner)}"
            message = f"{what} differs from DNS: {differing.difference.words}"
            severity = "info" if differing.difference.is_spelling else ""
            way_out = _way_back(differing)
            yield complaint(
                differing.span, message, help=way_out, at=At(expected.owner, expected.kind), severity=severity
            )


def _way_back(differing: Differing) -> str:
    if differing.is_flattened:
        return "publish the CNAME; where the provider replaces CNAMEs by addresses, say `dns: {cname-flattening: true}`"
    if differing.role:
        return f"publish the file, or declare what is served: {quoted(differing.served, _LONGEST)}"
    return "publish the file, or declare what is served"


@rule("drift-undeclared", WARNING, "RFC 1034 section 4.3.2", when=SERVED)
def undeclared(facts: Facts) -> Iterator[Complaint]:
    """Everything that was found beyond the files."""
    compared = drift(facts)
    for found in compared.undeclared if compared else ():
        name, kind = found.pair
        message = f"{found.what} is in DNS at {shown_name(name)} but not declared: {found.values}"
        if found.what[:1].isdigit() and not found.what.startswith("1 "):
            message = message.replace(" is in DNS", " are in DNS", 1)
        severity = "error" if found.is_second else "info" if found.is_advice else ""
        yield complaint(
            found.span,
            message,
            help=_way_to_declare(found),
            at=At(name, kind),
            severity=severity,
            reference=_reference(found),
        )


def _way_to_declare(found: Undeclared) -> str:
    if found.is_second:
        return "remove one of them: receivers use neither while there are two"
    if found.pair[0].startswith("*."):
        return "declare the wildcard, or remove it: it answers for every name that does not exist"
    return "declare it, or remove it from DNS"


def _reference(found: Undeclared) -> str:
    if found.is_second:
        return "RFC 7208 section 4.5" if "SPF" in found.what else "RFC 9989 section 4.10"
    return "RFC 4592 section 2.2" if found.pair[0].startswith("*.") else ""


@rule("drift-ttl", INFO, "RFC 1035 section 3.2.1", when=SERVED)
def ttl(facts: Facts) -> Iterator[Complaint]:
    """Each pair of declared and served TTL once."""
    compared = drift(facts)
    for found in compared.ttls if compared else ():
        name, kind = found.pair
        more = f", as {found.number - 1} more sets are" if found.number > 2 else ", as one more set is"
        told = f"{kind} of {shown_name(name)} is declared with a TTL of {found.declared} and served with {found.served}"
        message = f"{told}{more if found.number > 1 else ''}"
        way_out = f"publish the file, or declare {found.served}; some providers allow no other TTL"
        yield complaint(found.span, message, help=way_out, at=At(name, kind))
