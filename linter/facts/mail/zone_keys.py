"""Which DKIM selectors a zone publishes that could sign for a name."""

from linter.facts.dkim.signers import can_sign
from linter.facts.dmarc.unsigned import is_whole
from linter.facts.facts import Facts
from linter.source.frozen import Frozen

_INNER = "._domainkey."


class ZoneKeys(Frozen):
    """All selectors that a zone publishes for a name, under its own and under aligned domains.

    `names` are absolute. `is_whole` is whether there can be no others.
    """

    names: tuple[str, ...]
    is_whole: bool


def zone_keys(facts: Facts, name: str, strictly: bool) -> ZoneKeys:
    """The selectors whose signatures would be aligned with mail from `name`; `strictly` is DMARC's `adkim=s`."""
    names = tuple(
        each
        for each in facts.index.names
        if _INNER in each and not each.startswith("*.") and can_sign((each.rpartition(_INNER)[2],), name, strictly)
    )
    texts = facts.texts
    is_clear = facts.zone.is_whole and not texts.stray_keys and not texts.host_names
    return ZoneKeys(names, is_clear and is_whole(facts, name, strictly))
