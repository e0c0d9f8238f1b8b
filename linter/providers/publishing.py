"""How a zone's DNS providers publish it: what the targets of its octoDNS configuration say, and the user's own word."""

from collections.abc import Iterable, Mapping
from functools import reduce

from linter.source.frozen import Frozen
from linter.source.plain import PlainValue, node_at
from linter.source.scalar_type import value_of
from linter.source.tree import Scalar
from linter.source.typed import TYPE_CHECKING
from linter.zone.model import Record
from linter.zone.shape import MOST_SECONDS

if TYPE_CHECKING:
    from linter.zone.octodns_config import Provider

    from .publishers import Publisher, SoaDefault

APEX, ALL = "apex", "all"
_FLATTENING = ("", APEX, ALL)


class Publishing(Frozen):
    """What the DNS providers that publish a zone make of it, as far as that is known.

    `target_dots` and `cname_flattening` are the user's own word, `dns:` in the configuration: "" and None where nothing
    is said there; it counts before all else. `publishers` are what the targets are called, none where one of them is
    not known; the other fields are as in Publisher and hold for all of them. `least_ttl` is in seconds.
    `leaves_out` is whether octoDNS leaves out what is not among `types` (`strict_supports: false`). `is_lenient` is
    whether octoDNS publishes what it would else refuse.
    `soa` is what the SOA of a zone says by default, None where that is not known.
    """

    target_dots: str = ""
    cname_flattening: bool | None = None
    publishers: tuple[str, ...] = ()
    absolute: frozenset[str] = frozenset()
    flattens: str = ""
    proxy_key: str = ""
    as_txt: frozenset[str] = frozenset()
    least_ttl: int = 0
    automatic_ttls: frozenset[int] = frozenset()
    automatic_flag: str = ""
    types: frozenset[str] = frozenset()
    leaves_out: bool = False
    is_lenient: bool = False
    soa: "SoaDefault | None" = None

    @property
    def is_known(self) -> bool:
        """Whether it is known who publishes the zone."""
        return bool(self.publishers)

    def told(self, word: "Publishing") -> "Publishing":
        """The same with the user's word."""
        return self._replace(target_dots=word.target_dots, cname_flattening=word.cname_flattening)

    def takes_as_absolute(self, kind: str) -> bool:
        """Whether the target of a record of a type is absolute without its final dot."""
        return self.target_dots == "optional" or (not self.target_dots and kind in self.absolute)

    def flattens_at(self, is_apex: bool) -> bool:
        """Whether a CNAME is served as the addresses it leads to: at the zone's own name, or at any other."""
        if self.cname_flattening is not None:
            return self.cname_flattening
        return self.flattens == ALL or (is_apex and self.flattens == APEX)

    def refuses(self, records: Iterable[Record]) -> bool:
        """Whether octoDNS stops at a fault between some records: neither the zone nor one of them is `lenient`."""
        return self.is_known and not self.is_lenient and not any(_is_lenient(record) for record in records)

    @property
    def may_proxy(self) -> bool:
        """Whether a record that is marked so may be answered by a web proxy."""
        return not self.publishers or bool(self.proxy_key)


def _is_lenient(record: Record) -> bool:
    settings = record.settings
    lenient = node_at(settings, ("lenient",))[0] if settings is not None else None
    return isinstance(lenient, Scalar) and value_of(lenient) is True


class _Target(Frozen):
    """One target as it is configured."""

    publisher: "Publisher"
    settings: Mapping[str, PlainValue]


def publishing_of(targets: Iterable[str], providers: "Mapping[str, Provider]", is_lenient: bool = False) -> Publishing:
    """What holds for all targets, named as under `providers:`; copies that nothing is served from do not count."""
    from .publishers import publishers  # only zones that octoDNS publishes need them

    known = publishers().by_class
    found: list[_Target] = []
    for name in targets:
        provider = providers.get(name)
        publisher = known.get(provider.kind) if provider is not None else None
        if provider is None or publisher is None:
            return Publishing(is_lenient=is_lenient)
        if not publisher.is_copy:
            found.append(_Target(publisher, provider.settings))
    if not found:
        return Publishing(is_lenient=is_lenient)
    return reduce(_both, map(_published, found))._replace(is_lenient=is_lenient)


def _published(target: _Target) -> Publishing:
    publisher, settings = target
    written = settings.get(publisher.ttl.setting) if publisher.ttl.setting else None
    is_ttl = isinstance(written, int) and not isinstance(written, bool) and 0 <= written <= MOST_SECONDS
    is_off = bool(publisher.proxy_off) and settings.get(publisher.proxy_off) is True
    return Publishing(
        publishers=(publisher.title,),
        absolute=publisher.absolute,
        flattens=publisher.flattens,
        proxy_key="" if is_off else publisher.proxy_key,
        as_txt=publisher.as_txt,
        least_ttl=written if is_ttl and isinstance(written, int) else publisher.ttl.least,
        automatic_ttls=frozenset(publisher.ttl.automatic),
        automatic_flag=publisher.ttl.flag,
        types=publisher.types,
        leaves_out=settings.get("strict_supports") is False and bool(publisher.types),
        soa=publisher.soa,
    )


def _both(one: Publishing, other: Publishing) -> Publishing:
    """What holds for two."""
    is_same_proxy = one.proxy_key == other.proxy_key
    return Publishing(
        publishers=tuple(dict.fromkeys((*one.publishers, *other.publishers))),
        absolute=one.absolute & other.absolute,
        flattens=min(one.flattens, other.flattens, key=_FLATTENING.index),
        proxy_key=one.proxy_key if is_same_proxy else "",
        as_txt=one.as_txt & other.as_txt,
        least_ttl=min(one.least_ttl, other.least_ttl),
        automatic_ttls=one.automatic_ttls & other.automatic_ttls,
        automatic_flag=one.automatic_flag if is_same_proxy else "",
        types=one.types | other.types,
        leaves_out=one.leaves_out and other.leaves_out,
        soa=max(one.soa, other.soa, key=lambda soa: soa.negative) if one.soa and other.soa else None,
    )
