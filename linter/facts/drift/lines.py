"""What a zone's files and its servers have, line against line, as `diff` shows two files."""

from collections.abc import Container, Iterator

from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING

from .sets import Differing
from .values import TEXT_TYPES

if TYPE_CHECKING:
    from .drift import Drift
    from .expected import Expected

DECLARED, SERVED, DIFFERS = "-", "+", "~"
_RULES = {DECLARED: "drift-missing", SERVED: "drift-undeclared", DIFFERS: "drift-differs"}
_SPLIT = "drift-nameservers-disagree"
TELLING = (*_RULES.values(), _SPLIT)
"""The rules that tell of what the lines show."""


class DriftLine(Frozen):
    """One line: "-" for what is declared only, "+" for what is only in DNS, "~" for what differs.

    `name` is absolute; `texts` are values as files have them, of "~" the declared ones, and `others` what is served in
    their place. `is_wanted` is whether what is only in DNS may be declared as it is.
    """

    sign: str
    name: str
    kind: str
    texts: tuple[str, ...]
    others: tuple[str, ...] = ()
    is_wanted: bool = False


class ZoneDrift(Frozen):
    """The lines of one zone, and the names at which its files have records already."""

    zone: str
    lines: tuple[DriftLine, ...]
    declared: frozenset[str] = frozenset()


def zone_drift(drift: "Drift", rules: Container[str], most: int) -> ZoneDrift:
    """The lines of a zone, at most so many, as far as the rules that tell of them are switched on."""
    lines: list[DriftLine] = []
    for line, rule in _lines(drift):
        if rule in rules:
            lines.append(line)
        if len(lines) >= most:
            break
    names = drift.expectations.index.names
    return ZoneDrift(drift.served.zone, tuple(lines), frozenset(line.name for line in lines if line.name in names))


def _lines(drift: "Drift") -> Iterator[tuple[DriftLine, str]]:
    for _, expected, judged in drift.judged:
        for missing in judged.missing:
            yield DriftLine(DECLARED, expected.owner, expected.kind, missing.values), _RULES[DECLARED]
        for differing in judged.differing:
            if not differing.difference.is_spelling:
                texts = _declared(expected, differing)
                yield DriftLine(DIFFERS, expected.owner, expected.kind, texts, (differing.served,)), _RULES[DIFFERS]
    for found in drift.disagreements:
        for each in (found, *found.others):
            views = tuple(f"{' and '.join(servers[:3])}: {words}" for servers, words in each.views)
            yield DriftLine(DIFFERS, *each.pair, views[:1], views[1:]), _SPLIT
    for extra in drift.undeclared:
        is_wanted = bool(extra.texts) and not extra.is_second
        yield DriftLine(SERVED, *extra.pair, extra.texts or (extra.values,), (), is_wanted), _RULES[SERVED]


def _declared(expected: "Expected", differing: Differing) -> tuple[str, ...]:
    """The declared values that differ: of texts the one, of everything else the set."""
    if expected.kind not in TEXT_TYPES:
        return expected.texts
    return tuple(text for text, value in expected.values if value.span == differing.span) or expected.texts
