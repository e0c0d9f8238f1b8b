"""What the processors of an octoDNS configuration do to a zone before it is published, as far as that is known."""

from linter.source.frozen import Frozen
from linter.source.plain import PlainValue

NOTHING = "nothing"
UNKNOWN = "unknown"
TEMPLATING = "templating"
_CORE = "octodns.processor."

EFFECTS = {
    f"{_CORE}templating.Templating": TEMPLATING,
    f"{_CORE}clamp.TtlClampProcessor": "clamp",
    f"{_CORE}trailing_dots.EnsureTrailingDots": "dots",
    f"{_CORE}filter.TypeAllowlistFilter": "keep types",
    f"{_CORE}filter.TypeRejectlistFilter": "drop types",
    f"{_CORE}filter.NameAllowlistFilter": "keep names",
    f"{_CORE}filter.NameRejectlistFilter": "drop names",
    f"{_CORE}filter.ValueAllowlistFilter": "keep values",
    f"{_CORE}filter.ValueRejectlistFilter": "drop values",
    f"{_CORE}filter.NetworkValueAllowlistFilter": "keep networks",
    f"{_CORE}filter.NetworkValueRejectlistFilter": "drop networks",
    f"{_CORE}filter.IgnoreRootNsFilter": "drop root NS",
    f"{_CORE}filter.ExcludeRootNsChanges": NOTHING,
    f"{_CORE}filter.ZoneNameFilter": NOTHING,
    f"{_CORE}ownership.OwnershipProcessor": "keep what is there",
    f"{_CORE}acme.AcmeManagingProcessor": NOTHING,
    f"{_CORE}acme.AcmeMangingProcessor": NOTHING,
    f"{_CORE}arpa.AutoArpa": NOTHING,
    f"{_CORE}meta.MetaProcessor": NOTHING,
    f"{_CORE}restrict.TtlRestrictionFilter": NOTHING,
    f"{_CORE}spf.SpfDnsLookupProcessor": NOTHING,
    "octodns_spf.SpfDnsLookupProcessor": NOTHING,
    "octodns_spf.processor.SpfDnsLookupProcessor": NOTHING,
}
"""By class, from the sources of octoDNS 1.22 and octodns-spf 1.0.

NOTHING is for those that only refuse, or touch what is not mail: `_acme-challenge`, `meta` and reverse names. Any other
class may change whatever it likes.
"""
_MADE_BY_OCTODNS = ("auto-arpa", "meta")
"""Processors that need not be configured."""


class Processor(Frozen):
    """One processor: its name in the configuration, its effect, and its settings with octoDNS's own defaults.

    `listed` is what a filter keeps or drops. `leaves` is whether the provider keeps what it has of that, which is then
    unknown; else octoDNS deletes it there. `bounds` are those of TTLs in seconds. `context` are the fields that
    templates may name besides octoDNS's own; None is the value of one that only the environment knows.
    `trailing_dots` is whether names are filled in with their final dot.
    """

    name: str
    effect: str
    listed: tuple[str, ...] = ()
    leaves: bool = True
    bounds: tuple[int, int] = (300, 86400)
    context: tuple[tuple[str, str | None], ...] = ()
    trailing_dots: bool = True


def read_processors(table: dict[str, PlainValue], secrets: set[str]) -> dict[str, Processor]:
    """The processors that a configuration declares, by name; `secrets` are the words before the `/` of secrets."""
    found = {name: Processor(name, NOTHING) for name in _MADE_BY_OCTODNS}
    found |= {name: _processor(name, held, secrets) for name, held in table.items() if isinstance(held, dict)}
    return found


def named(names: PlainValue, known: dict[str, Processor]) -> tuple[Processor, ...]:
    """The processors of a list; what is not declared is of unknown effect."""
    listed = names if isinstance(names, list) else []
    return tuple(known.get(name) or Processor(name, UNKNOWN) for name in listed if isinstance(name, str))


def _processor(name: str, settings: dict[str, PlainValue], secrets: set[str]) -> Processor:
    kind = settings.get("class")
    effect = EFFECTS.get(kind, UNKNOWN) if isinstance(kind, str) else UNKNOWN
    listed = settings.get("allowlist" if effect.startswith("keep") else "rejectlist")
    least, most = settings.get("min_ttl", 300), settings.get("max_ttl", 86400)
    context = settings.get("context")
    return Processor(
        name,
        effect,
        tuple(each for each in listed if isinstance(each, str)) if isinstance(listed, list) else (),
        settings.get("include_target") is not False or effect.endswith("networks"),
        (least, most) if isinstance(least, int) and isinstance(most, int) else (0, 2**31 - 1),
        tuple((key, _told(value, secrets)) for key, value in context.items()) if isinstance(context, dict) else (),
        settings.get("trailing_dots") is not False,
    )


def _told(value: PlainValue, secrets: set[str]) -> str | None:
    """What a field is filled in with; None where only the environment knows, or Python would make more of it."""
    if isinstance(value, str):
        return None if value.partition("/")[0] in secrets and "/" in value else value
    return str(value) if isinstance(value, bool | int) else None
