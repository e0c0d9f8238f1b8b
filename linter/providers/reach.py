"""What the sources of an octoDNS configuration that are not files may add to a zone."""

from collections.abc import Iterable, Mapping

from linter.records.text.name import absolute
from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING
from linter.zone.model import Zone
from linter.zone.octodns_config import Provider

if TYPE_CHECKING:
    from .publishers import Reach


class Added(Frozen):
    """The records that may stand beside those of files: at `pairs` of name and type, and of `anywhere` at all names.

    `is_known` is false where a source may add anything.
    """

    pairs: frozenset[tuple[str, str]] = frozenset()
    anywhere: frozenset[str] = frozenset()
    is_known: bool = True


def added_by(sources: Iterable[str], providers: Mapping[str, Provider], zone: str) -> Added:
    """What these sources, named as under `providers:`, may add to the zone of that absolute name."""
    from .publishers import ANY, CHALLENGES, publishers  # few zones have such sources

    known = publishers().reach_by_class
    pairs: set[tuple[str, str]] = set()
    anywhere: set[str] = set()
    is_known = True
    for name in sources:
        provider = providers.get(name)
        reach = known.get(provider.kind) if provider is not None else None
        if provider is None or reach is None:
            is_known = False
        elif reach.names == ANY:
            anywhere.update(_types(reach, provider))
        elif reach.names != CHALLENGES:
            owner = _owner(reach, name, provider, zone)
            is_known = is_known and bool(owner)
            pairs.update((owner, kind) for kind in _types(reach, provider) if owner)
    return Added(frozenset(pairs), frozenset(anywhere), is_known)


def _owner(reach: "Reach", name: str, provider: Provider, zone: str) -> str:
    """The one name at which a source adds records; "" where only the environment knows it."""
    from .publishers import APEX, PROVIDER, SETTING

    written = {PROVIDER: name, APEX: "", SETTING: provider.settings.get(reach.setting)}.get(reach.names)
    if not isinstance(written, str) or written.startswith("env/"):
        return ""
    owner, fault = absolute(written, zone)
    return "" if fault is not None else owner


def _types(reach: "Reach", provider: Provider) -> tuple[str, ...]:
    """The types that a source adds: those of its settings among those that it can."""
    listed = provider.settings.get(reach.types_setting) if reach.types_setting else None
    return tuple(kind for kind in reach.types if kind in listed) if isinstance(listed, list) else reach.types


def with_added(zone: Zone, added: Added) -> Zone:
    """The zone with what sources may add to it, so that nobody concludes from what is not there."""
    if not added.pairs and not added.anywhere:
        return zone
    records = tuple(
        record._replace(complete=False) if (record.name, record.type) in added.pairs else record
        for record in zone.records
    )
    return zone._replace(records=records, unmanaged=zone.unmanaged | added.pairs, left=zone.left | added.anywhere)
