"""What one dead server means for many zones, told once: it is one fault, however many zones it has."""

from collections.abc import Iterable

from linter.facts.drift.words import shown_name
from linter.finding import Finding

_RULE = "drift-lookup-failed"


def told_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in their order; of those that say the same server is lost for the same reason, the first."""
    kept: list[Finding] = []
    places: dict[str, int] = {}
    zones: dict[str, int] = {}
    for finding in findings:
        # Of a single question the finding has a name; of a whole zone it has not.
        if finding.rule != _RULE or finding.name or not finding.zone:
            kept.append(finding)
            continue
        key = finding.message.replace(shown_name(finding.zone), "", 1)
        zones[key] = zones.get(key, 0) + 1
        if key not in places:
            places[key] = len(kept)
            kept.append(finding)
    for key, place in places.items():
        more = zones[key] - 1
        if more:
            first, name = kept[place], shown_name(kept[place].zone)
            told = f"{name} and {more:,} more zone{'' if more == 1 else 's'}"
            kept[place] = first._replace(message=first.message.replace(name, told, 1))
    return tuple(kept)
