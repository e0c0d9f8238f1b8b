"""mailzone within octoDNS 1.22 and later: a processor that refuses plans, and a validator for its registry.

    processors:
      mailzone:
        class: mailzone.octodns.Checks
        config: .mailzone.yaml   # optional: the configuration whose rules and profile count
        profile: strict          # optional
        fail_on: error           # optional: warning, info

    manager: {processors: [mailzone]}

A zone is judged as octoDNS is about to publish it: all sources together, after the processors before this one. With a
finding as bad as `fail_on` the processor raises before anything is changed, `lenient` zones included. Of other zones
only what the lock beside the configuration holds is known. Promised are `Checks` and `Validator` with their settings.
"""

import os
from collections.abc import Iterable, Iterator
from logging import getLogger
from typing import Any

import yaml
from octodns.processor.base import BaseProcessor, ProcessorException
from octodns.zone.validator import ValidationReason, ZoneValidator

from linter.config.settings import ActiveRules
from linter.finding import SEVERITIES, Finding
from linter.report.shown import shown
from linter.run.given_text import judged_alone
from linter.run.plugins import load_plugins
from linter.run.policy import policy_for
from linter.run.refused import Refused
from linter.source.file import Unreadable
from linter.source.text import Source

__all__ = ["Checks", "Validator"]
_MOST_SHOWN = 20
_plugged: list[bool] = []


class _Given:
    """The options of a command line, as far as they are settings of a processor."""

    def __init__(self, config: str | None, profile: str | None, select: Iterable[str], ignore: Iterable[str]) -> None:
        self.config, self.no_config, self.profile = config, False, profile
        self.select, self.ignore = list(select), list(ignore)


class _Judge:
    """Judges zones of octoDNS by one configuration. Raises ValueError for settings that cannot be used."""

    def __init__(self, given: _Given, fail_on: str) -> None:
        if fail_on not in SEVERITIES[:3]:
            raise ValueError(f"fail_on: expected one of {', '.join(SEVERITIES[:3])}, not {shown(fail_on)}")
        self._bad = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        try:
            if not _plugged:
                load_plugins()
                _plugged.append(True)
            self._policy = policy_for(given, os.path.dirname(given.config or ""))
        except (Refused, Unreadable) as error:
            raise ValueError(shown(str(error))) from error

    @property
    def rules(self) -> ActiveRules:
        """The rules that run."""
        return self._policy.rules

    def found(self, zone: Any) -> tuple[list[str], list[str]]:
        """What is wrong with a zone, in lines: what stops it, and the rest. Raises ValueError if that is not known."""
        name = f"{zone.name}yaml"
        try:
            outcome = judged_alone(name, Source(name, _as_yaml(zone)), self._policy)
        except (Refused, Unreadable) as error:
            raise ValueError(shown(str(error))) from error
        if outcome.problems or outcome.crashes:
            raise ValueError(f"{zone.name} could not be judged: {shown(str((*outcome.problems, *outcome.crashes)))}")
        contexts = _contexts(zone)
        bad = [_line(each, contexts) for each in outcome.findings if each.severity in self._bad]
        return bad, [_line(each, contexts) for each in outcome.findings if each.severity not in self._bad]


def _as_yaml(zone: Any) -> str:
    """A zone as octoDNS would write it into a file."""
    held: dict[str, list[dict[str, Any]]] = {}
    for record in sorted(zone.records):
        held.setdefault(record.name, []).append({"type": record._type, "ttl": record.ttl, **_plain(record.data)})
    return yaml.safe_dump(held, allow_unicode=True, width=1 << 20) if held else "{}\n"


def _plain(value: Any) -> Any:
    """Values of octoDNS as YAML has them: its own strings, lists and dicts may be subclasses."""
    if isinstance(value, dict):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(held) for held in value]
    if isinstance(value, bool | int | float) or value is None:
        return value
    return str(value)


def _contexts(zone: Any) -> dict[tuple[str, str], str]:
    """Where octoDNS has read records, by absolute name and type, as far as it says that."""
    return {
        (record.fqdn, record._type): str(record.context) for record in zone.records if getattr(record, "context", None)
    }


def _line(finding: Finding, contexts: dict[tuple[str, str], str]) -> str:
    place = contexts.get((finding.name, finding.type), "")
    way_out = f" ({finding.help})" if finding.help else ""
    return shown(f"{finding.severity}[{finding.rule}]: {finding.message}{way_out}{f', {place}' if place else ''}")


def _listed(lines: list[str]) -> Iterator[str]:
    yield from lines[:_MOST_SHOWN]
    if len(lines) > _MOST_SHOWN:
        yield f"and {len(lines) - _MOST_SHOWN} more; `mailzone check` lists them"


class Checks(BaseProcessor):  # type: ignore[misc]  # octoDNS has no types
    """A gate: raises ProcessorException for a zone with findings as bad as `fail_on`, before anything is changed."""

    def __init__(
        self,
        name: str,
        config: str | None = None,
        profile: str | None = None,
        fail_on: str = "error",
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(name, **kwargs)
        self.log = getLogger(f"Checks[{name}]")
        try:
            self._judge = _Judge(_Given(config, profile, select, ignore), fail_on)
        except ValueError as error:
            raise ProcessorException(f"{name}: {error}") from error

    def process_source_zone(self, desired: Any, sources: Any, lenient: bool = False) -> Any:
        """The zone as it is; `lenient` does not open the gate, a processor of its own `lenient` does."""
        try:
            bad, others = self._judge.found(desired)
        except ValueError as error:
            raise ProcessorException(f"{self.id}: {error}") from error
        for line in _listed(others):
            self.log.warning("%s %s", desired.name, line)
        if bad and self.lenient:
            for line in _listed(bad):
                self.log.error("%s %s", desired.name, line)
        elif bad:
            raise ProcessorException("\n".join((f"{self.id}: {desired.name} is refused", *_listed(bad))))
        return desired


class Validator(ZoneValidator):  # type: ignore[misc]  # octoDNS has no types
    """The same for the registry of validators: one reason for each finding as bad as `fail_on`.

    octoDNS only warns of what validators say about `lenient` zones; the processor is the gate.
    """

    def __init__(
        self,
        id: str,
        config: str | None = None,
        profile: str | None = None,
        fail_on: str = "error",
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        sets: Iterable[str] | None = None,
    ) -> None:
        super().__init__(id, sets)
        self._judge = _Judge(_Given(config, profile, select, ignore), fail_on)

    def validate(self, zone: Any) -> list[Any]:
        """The reasons against a zone, none where there is none."""
        try:
            lines = list(_listed(self._judge.found(zone)[0]))
        except ValueError as error:
            lines = [str(error)]
        return [ValidationReason(line, validator_id=self.id) for line in lines]
