"""Drift zone by zone, as `diff` shows it, with the YAML that declares what is served and not declared."""

from collections.abc import Iterable, Iterator

from linter.facts.drift.lines import DIFFERS, SERVED, DriftLine, ZoneDrift
from linter.records.text.fault import few
from linter.records.text.name import dotless

from .required_tables import relative_name, yaml_key, yaml_value
from .shown import shown

_MOST_VALUES = 8
_LONGEST = 400
_KINDS = frozenset({"A", "AAAA", "CNAME", "MX", "NS", "PTR", "SRV", "TXT"})
"""Types whose values this file knows to write for octoDNS."""


def drift_view(zones: Iterable[ZoneDrift]) -> Iterator[str]:
    """The lines, by zone; nothing where nothing differs."""
    for zone in zones:
        if not zone.lines:
            continue
        yield shown(dotless(zone.zone))
        for line in zone.lines:
            yield from _line(line, zone.zone)
        yield from _declaring(zone)
        yield ""


def _line(line: DriftLine, zone: str) -> Iterator[str]:
    start = f"  {line.sign} {relative_name(line.name, zone) or '@'} {line.kind}"
    if line.sign == DIFFERS:
        yield shown(_cut(f"{start} {few(line.texts, _MOST_VALUES)} -> {few(line.others, _MOST_VALUES)}"))
        return
    for text in line.texts[:_MOST_VALUES]:
        yield shown(_cut(f"{start} {text}"))
    if len(line.texts) > _MOST_VALUES:
        yield shown(f"{start} and {len(line.texts) - _MOST_VALUES} more")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _declaring(zone: ZoneDrift) -> Iterator[str]:
    """The piece of a zone file that has what is only in DNS."""
    names: dict[str, dict[str, list[str]]] = {}
    for line in zone.lines:
        if line.sign == SERVED and line.is_wanted and line.kind in _KINDS and all(map(_is_plain, line.texts)):
            names.setdefault(line.name, {}).setdefault(line.kind, []).extend(line.texts)
    if names:
        yield "  to declare what is only in DNS:"
    for name, kinds in names.items():
        held = "  # beside what is declared there" if name in zone.declared else ""
        yield shown(f"    {yaml_key(relative_name(name, zone.zone))}:{held}")
        for kind, texts in kinds.items():
            values = [yaml_value(kind, text) for text in dict.fromkeys(texts)]
            yield f"      - type: {kind}"
            if len(values) == 1:
                yield f"        value: {values[0]}"
            else:
                yield "        values:"
                yield from (f"          - {value}" for value in values)


def _is_plain(text: str) -> bool:
    """Whether a value can be written as it is: what has odd characters is for nobody to copy."""
    return text.isprintable() and "\\" not in text
