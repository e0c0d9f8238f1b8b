"""Which records of a zone have nothing to say of certain other zones: none of the names in them lies there."""

from collections.abc import Callable, Iterator
from itertools import chain

from linter.source.typed import Final

from .facts import Facts
from .triggers import CNAME, DKIM_ALIAS, DMARC_REPORTS, MX_HOSTS, SRV, Trigger

_BY_TYPE: Final[dict[str, tuple[Trigger, ...]]] = {"MX": (MX_HOSTS,), "SRV": (SRV,), "CNAME": (CNAME, DKIM_ALIAS)}
FOLLOWED: Final[frozenset[Trigger]] = frozenset((DMARC_REPORTS, *chain.from_iterable(_BY_TYPE.values())))
"""The triggers whose rules, of ours, look into other zones only by the names that these records point to."""


def ending_here(facts: Facts, is_there: Callable[[str], bool]) -> frozenset[Trigger]:
    """Those of FOLLOWED whose records do not point to where an absolute name `is_there`; what is unclear may."""
    onward: set[Trigger] = set()
    for record, target in facts.targets:
        led = _BY_TYPE.get(record.type)
        if led is None or onward.issuperset(led):
            continue
        # Without the final dot a name may be another one, and nobody knows what a template makes.
        is_clear = target.fault is None and target.dotted and "{" not in target.written
        if not is_clear or is_there(target.name):
            onward.update(led)
    if any(map(is_there, _report_hosts(facts))):
        onward.add(DMARC_REPORTS)
    return FOLLOWED - onward


def _report_hosts(facts: Facts) -> Iterator[str]:
    for text in facts.texts.dmarc:
        for uri in (*text.dmarc.rua, *text.dmarc.ruf):
            yield f"{uri.host}."
