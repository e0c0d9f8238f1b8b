"""The DKIM keys that verifiers find for one domain, aliases followed."""

from linter.facts.texts import Parsers
from linter.finding import Witness
from linter.lookup.answer import FOUND, UNKNOWN, Resolver
from linter.lookup.zone_index import ZoneIndex
from linter.records.dkim.key import RSA
from linter.records.dkim.record import DkimKey
from linter.source.frozen import Frozen


class Keys(Frozen):
    """The keys of one domain; `is_open` where a selector leads to what nobody here knows."""

    keys: tuple[DkimKey, ...]
    is_open: bool
    witnesses: tuple[Witness, ...] = ()

    @property
    def may_have_rsa(self) -> bool:
        """Whether an RSA key stands there, broken ones included, or may stand there."""
        return self.is_open or any(key.algorithm == RSA and not key.revoked for key in self.keys)


def keys_of(domain: str, index: ZoneIndex, resolver: Resolver, parsers: Parsers) -> Keys:
    """What stands at the selectors of a domain in its zone."""
    keys: list[DkimKey] = []
    is_open = not index.zone.is_whole
    witnesses: dict[Witness, None] = {}
    for name in index.names:
        if name.endswith(f"._domainkey.{domain}"):
            answer = resolver.lookup(name, "TXT")
            witnesses.update(dict.fromkeys(answer.witnesses))
            is_open = is_open or answer.status == UNKNOWN or answer.is_failure
            if answer.status == FOUND:
                keys += [parsers.dkim(value) for value in answer.values if isinstance(value, str)]
    return Keys(tuple(keys), is_open, tuple(witnesses))
