"""octoDNS itself, with our processor and our validator in its configuration."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from octodns.manager import Manager
from octodns.processor.base import ProcessorException
from octodns.record import Record
from octodns.record.exception import RecordException
from octodns.zone import Zone

from mailzone.octodns import Checks, Validator

GOOD: dict[str, Any] = {
    "": [
        {"type": "MX", "value": {"preference": 10, "exchange": "mx.example.net."}},
        {"type": "TXT", "values": ["v=spf1 mx ip4:192.0.2.1 -all", "verification=1\\;2"]},
    ],
    "_dmarc": {"type": "TXT", "value": "v=DMARC1\\; p=reject\\; rua=mailto:dmarc@example.com"},
    "s1._domainkey": {"type": "CNAME", "value": "s1.keys.example.net."},
}
BROKEN = {**GOOD, "": [GOOD[""][0], {"type": "TXT", "values": ["v=spf1 mx nclude:example.net -all"]}]}


class Repository:
    """A repository of octoDNS whose target is a folder too."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.target = folder / "target"
        self.target.mkdir()
        (folder / "zones").mkdir()
        self.zone(BROKEN)

    def zone(self, records: object) -> None:
        (self.folder / "zones" / "example.com.yaml").write_text(yaml.safe_dump(records))

    def sync(
        self, processors: dict[str, Any] | None = None, zone: dict[str, Any] | None = None, **more: object
    ) -> None:
        """All that `octodns-sync --doit` does."""
        provider = {"class": "octodns.provider.yaml.YamlProvider", "escaped_semicolons": True}
        config = {
            "providers": {
                "config": {**provider, "directory": str(self.folder / "zones"), "enforce_order": False},
                "target": {**provider, "directory": str(self.target), "supports_root_ns": False},
            },
            "processors": processors or {"mailzone": {"class": "mailzone.octodns.Checks"}},
            "manager": {"processors": list(processors or {"mailzone": 0})},
            "zones": {"example.com.": {"sources": ["config"], "targets": ["target"], **(zone or {})}},
            **more,
        }
        path = self.folder / "octodns.yaml"
        path.write_text(yaml.safe_dump(config))
        Manager(str(path)).sync(dry_run=False)

    @property
    def written(self) -> list[str]:
        """What has arrived at the target."""
        return sorted(path.name for path in self.target.iterdir())


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    monkeypatch.chdir(tmp_path)
    yield Repository(tmp_path)
    Record.validators.reset_active()
    Zone.validators.reset_active()


@pytest.mark.parametrize("zone", [{}, {"lenient": True}], ids=["strict", "lenient"])
def test_a_plan_with_a_broken_record_is_refused_before_anything_is_changed(
    repository: Repository, zone: dict[str, Any]
) -> None:
    with pytest.raises(ProcessorException) as caught:
        repository.sync(zone=zone)
    said = str(caught.value)
    assert "example.com. is refused" in said
    assert "spf-unknown-mechanism" in said or "spf-syntax" in said
    assert "include" in said
    assert repository.written == []


def test_a_good_zone_passes_and_is_not_changed(repository: Repository) -> None:
    repository.zone(GOOD)
    repository.sync()
    (path,) = repository.target.iterdir()
    assert yaml.safe_load(path.read_text())["_dmarc"]["value"] == GOOD["_dmarc"]["value"]


@pytest.mark.parametrize(
    ("settings", "is_refused"),
    [
        ({"ignore": ["spf"]}, False),
        ({"select": ["dkim"]}, False),
        ({"lenient": True}, False),
        ({"fail_on": "warning", "ignore": ["spf"]}, False),
        ({"config": "own.yaml"}, False),
    ],
)
def test_settings_say_what_counts(repository: Repository, settings: dict[str, object], is_refused: bool) -> None:
    (repository.folder / "own.yaml").write_text("rules: {spf: off}\n")
    repository.sync({"mailzone": {"class": "mailzone.octodns.Checks", **settings}})
    assert repository.written == ["example.com.yaml"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"fail_on": "never"}, "fail_on: expected one of"),
        ({"config": "gone.yaml"}, "gone.yaml"),
        ({"profile": "strictt"}, "strict"),
        ({"select": ["spff"]}, "spff"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(
    repository: Repository, settings: dict[str, object], words: str
) -> None:
    with pytest.raises(Exception, match="mailzone") as caught:  # octoDNS wraps some, and lets others pass
        repository.sync({"mailzone": {"class": "mailzone.octodns.Checks", **settings}})
    chain = [caught.value, caught.value.__cause__, caught.value.__context__]
    assert any(words in str(error) for error in chain if error), chain
    assert repository.written == []


def test_what_is_milder_is_logged(repository: Repository, caplog: pytest.LogCaptureFixture) -> None:
    repository.zone({**GOOD, "_dmarc": {"type": "TXT", "value": "v=DMARC1\\; p=none\\; rua=mailto:d@example.com"}})
    with caplog.at_level(logging.WARNING, logger="Checks[mailzone]"):
        repository.sync()
    assert any("dmarc-policy-none" in record.getMessage() for record in caplog.records)


def test_the_validator_gives_reasons(repository: Repository) -> None:
    with pytest.raises(Exception, match="nclude"):
        repository.sync(
            {"none": {"class": "octodns.processor.filter.IgnoreRootNsFilter"}},
            validators={"mailzone": {"class": "mailzone.octodns.Validator"}},
        )
    assert repository.written == []


def test_both_are_what_octodns_asks_for() -> None:
    zone = Zone("example.com.", [])
    assert Validator("mailzone").validate(zone) == []
    assert Checks("mailzone").process_source_zone(zone, []) is zone
    assert RecordException  # the error that octoDNS ends with where a validator objects
