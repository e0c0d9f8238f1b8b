"""Which DKIM selectors a zone publishes that could sign for a name."""

from linter.facts.dmarc.unsigned import is_whole
from linter.facts.facts import Facts, once
from linter.records.text.name import ancestors
from linter.source.frozen import Frozen

_INNER = "._domainkey."


class ZoneKeys(Frozen):
    """All selectors that a zone publishes for a name, under its own and under aligned domains.

    `names` are absolute. `is_whole` is whether there can be no others.
    """

    names: tuple[str, ...]
    is_whole: bool


class _Selectors(Frozen):
    """The names of selectors by the domain that they sign for, and by every name that this domain lies under."""

    at: dict[str, list[str]]
    below: dict[str, list[str]]


@once
def _selectors(facts: Facts) -> _Selectors:
    found = _Selectors({}, {})
    for name in facts.index.names:
        if _INNER in name and not name.startswith("*."):
            domain = name.rpartition(_INNER)[2]
            found.at.setdefault(domain, []).append(name)
            for above in ancestors(domain, facts.zone.name):
                found.below.setdefault(above, []).append(name)
    return found


def zone_keys(facts: Facts, name: str, strictly: bool) -> ZoneKeys:
    """The selectors whose signatures would be aligned with mail from `name`; `strictly` is DMARC's `adkim=s`."""
    known, texts = _selectors(facts), facts.texts
    names = list(known.at.get(name, ()))
    if not strictly:
        above = (domain for domain in ancestors(name, facts.zone.name)[1:] if domain in known.at)
        names = [*known.below.get(name, ()), *(each for domain in above for each in known.at[domain])]
    is_clear = facts.zone.is_whole and not texts.stray_keys and not texts.host_names
    return ZoneKeys(tuple(names), is_clear and is_whole(facts, name, strictly))
