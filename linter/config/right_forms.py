"""The right form of each entry of a configuration, for whoever has written another."""

from collections.abc import Iterable

from linter.source.plain import entry_of
from linter.source.schema import SchemaFault
from linter.source.tree import Mapping, Node, located, unalias

FORMS = {
    "zones": "zones: [zones/*.yaml]",
    "exclude": "exclude: [charts, tests/*.yaml]",
    "views": "views: {internal: [inside/*.yaml], external: [outside/*.yaml]}",
    "internal": "internal: [corp.example.com]",
    "compare": 'compare: {servers: {"*.example.com": [192.0.2.53]}}',
    "profile": "profile: strict",
    "extends": "extends: recommended",
    "rules": "rules: {spf-ptr: off, dkim-key-too-short: {severity: error, options: {minimum-bits: 2048}}}",
    "lock": "lock: dns/mailzone.lock",
    "dns": "dns: {target-dots: optional, cname-flattening: true}",
    "mta-sts": "mta-sts: {example.com: sts/example.com.txt}",
    "systems": "systems: {office: {provider: microsoft-365}, own: {receives: [mx.example.com], spf: mx}}",
    "mail": "mail: {example.com: {receives: office, sends: [office, own]}, example.org: none}",
}


def with_right_forms(root: Node, faults: Iterable[SchemaFault]) -> tuple[SchemaFault, ...]:
    """The faults of a document, each without a way out with the right form of the entry that it lies in."""
    return tuple(fault if fault.help else fault._replace(help=_form(root, fault)) for fault in faults)


def _form(root: Node, fault: SchemaFault) -> str:
    """The form of the entry at the top that a fault lies in; of the whole where that is no mapping."""
    if not isinstance(root, Mapping):
        return f"the right form is `{FORMS['zones']}` on a separate line, and so on"
    for key, form in FORMS.items():
        entry = entry_of(root, key)
        if entry is None:
            continue
        span = located(unalias(entry[1])[0])
        if span.start <= fault.span.start <= span.end and span.start < span.end:
            return f"the right form is `{form}`"
    return ""
